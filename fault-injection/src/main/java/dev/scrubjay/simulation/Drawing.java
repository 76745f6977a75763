package dev.scrubjay.simulation;

import dev.scrubjay.history.Event;
import dev.scrubjay.history.Operation;
import dev.scrubjay.history.Value;
import dev.scrubjay.message.Frame;
import dev.scrubjay.picture.Arrow;
import dev.scrubjay.picture.Lane;
import dev.scrubjay.picture.Level;
import dev.scrubjay.picture.Line;
import dev.scrubjay.picture.Mark;
import dev.scrubjay.picture.Picture;
import dev.scrubjay.picture.Span;
import dev.scrubjay.scenario.Scenario;
import dev.scrubjay.simulation.Chronicle.Happening;
import dev.scrubjay.simulation.Chronicle.What;
import dev.scrubjay.trace.TraceEvent;
import dev.scrubjay.value.Ballot;
import dev.scrubjay.world.Finding;
import dev.scrubjay.world.Run;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongFunction;
import java.util.regex.Pattern;

/// Draws a run: what was done to the nodes, what they did and sent, who led and was off, and what clients
/// asked.
final class Drawing {
    private static final String FAULTS = "faults";
    private static final Pattern SLOT = Pattern.compile("\\bslot=(\\d+)");

    /// Who did something, and when.
    private record Moment(long at, String who) {}

    /// Something that goes on.
    private record Begun(String lane, long from, String kind, String label) {}

    private final Run run;
    private final Optional<Story> story;
    private final Set<Moment> told = new HashSet<>();
    private long end;
    private final Set<String> nodes = new LinkedHashSet<>();
    private final Set<String> clients = new TreeSet<>();
    private final List<Span> spans = new ArrayList<>();
    private final List<Mark> marks = new ArrayList<>();
    private final List<Arrow> arrows = new ArrayList<>();
    private final List<Level> levels = new ArrayList<>();

    /// What goes on at the time that is reached, by what tells it from others.
    private final Map<List<Object>, Begun> going = new HashMap<>();

    private Drawing(Scenario scenario, Run run, Optional<Story> story) {
        this.run = run;
        this.story = story;
        for (var line : story.map(Story::lines).orElse(List.of())) {
            line.who().forEach(who -> told.add(new Moment(line.at(), who)));
        }
        scenario.nodes().forEach(place -> nodes.add(place.name()));
    }

    static Picture of(
            Scenario scenario,
            Run run,
            LongFunction<String> clientOf,
            List<Happening> happenings,
            Optional<Finding> finding,
            List<String> summary) {
        var story = finding.map(found -> Story.of(found, happenings));
        var drawing = new Drawing(scenario, run, story);
        drawing.end = run.exercised().getOrDefault("virtual milliseconds", 0L) * 1_000_000 + 1_000_000;
        happenings.forEach(drawing::draw);
        drawing.clients(clientOf);
        List.copyOf(drawing.going.keySet()).forEach(what -> drawing.ends(what, drawing.end));
        return new Picture(
                finding.map(found -> found.check() + ": " + found.text()).orElse("A run in which nothing was found"),
                summary,
                0,
                drawing.end,
                drawing.lanes(scenario),
                drawing.spans,
                drawing.marks,
                drawing.arrows,
                drawing.levels,
                drawing.lines());
    }

    private List<Lane> lanes(Scenario scenario) {
        var lanes = new ArrayList<Lane>();
        lanes.add(new Lane(FAULTS, Lane.WORLD, "what is done to the nodes"));
        for (var place : scenario.nodes()) {
            lanes.add(new Lane(
                    place.name(),
                    Lane.NODE,
                    place.site().zone()
                            + (place.keepsState() ? "" : ", keeps the log alone")
                            + (place.votes() ? "" : ", a spare at first")));
        }
        clients.forEach(client -> lanes.add(new Lane(client, Lane.CLIENT, "")));
        return lanes;
    }

    // ---------------------------------------------------------------- what nodes did

    private void draw(Happening happening) {
        switch (happening.what()) {
            case What.Note(var text) -> begins(List.of(FAULTS, text), FAULTS, happening.at(), "fault", text);
            case What.End(var text) -> ends(List.of(FAULTS, text), happening.at());
            case What.Carried(var to, var frame, var sentAt, var hasArrived) ->
                message(happening, to, frame, sentAt, hasArrived);
            case What.Action(var event) -> action(happening, event);
        }
    }

    private void begins(List<Object> what, String lane, long from, String kind, String label) {
        ends(what, from);
        going.put(what, new Begun(lane, from, kind, label));
    }

    private void ends(List<Object> what, long at) {
        var begun = going.remove(what);
        if (begun != null) {
            spans.add(new Span(begun.lane(), begun.from(), at, begun.kind(), begun.label(), ""));
        }
    }

    private static String node(String replica) {
        return replica.substring(0, replica.lastIndexOf('.'));
    }

    private void action(Happening happening, TraceEvent event) {
        var node = node(happening.who());
        long group = happening.group();
        long at = happening.at();
        var slot = SLOT.matcher(event.toString());
        var label = event.action() + (slot.find() ? " " + slot.group(1) : "");
        marks.add(new Mark(
                node,
                at,
                event.action(),
                label,
                "group " + group + ": " + event,
                told.contains(new Moment(at, happening.who()))));
        switch (event) {
            case TraceEvent.Lead(var ballot, var _) -> {
                begins(List.of(node, "leads", group), node, at, "leads", "leads group " + group + " at " + ballot);
                level(node, at, group, "role", "leader");
                level(node, at, group, "ballot", ballot);
            }
            case TraceEvent.Stand(var ballot, var _) -> {
                level(node, at, group, "role", "candidate");
                level(node, at, group, "ballot", ballot);
            }
            case TraceEvent.Promise(var ballot, var _) -> {
                ends(List.of(node, "leads", group), at);
                level(node, at, group, "role", "follower");
                level(node, at, group, "ballot", ballot);
            }
            case TraceEvent.HandOver _, TraceEvent.StepDown _ -> {
                ends(List.of(node, "leads", group), at);
                level(node, at, group, "role", "follower");
            }
            case TraceEvent.Grant(var ballot) -> grants(node, at, group, ballot);
            case TraceEvent.RunOut _ -> ends(List.of(node, "lease", group), at);
            case TraceEvent.Choose(var _, var chosen) -> level(node, at, group, "chosen", chosen);
            case TraceEvent.Learn(var _, var _, var chosen, var _) -> level(node, at, group, "chosen", chosen);
            case TraceEvent.Apply(var applied, var _) -> level(node, at, group, "applied", applied);
            case TraceEvent.Fetch(var applied, var _) -> level(node, at, group, "applied", applied);
            case TraceEvent.Install(var applied) -> level(node, at, group, "applied", applied);
            case TraceEvent.Trim(var trimmed) -> level(node, at, group, "trimmed", trimmed);
            case TraceEvent.Sync(var records) -> level(node, at, group, "records synced", records);
            case TraceEvent.Quarantine _, TraceEvent.Discard _ -> level(node, at, group, "applied", 0);
            case TraceEvent.PowerOff(var records, var applied) -> {
                off(node, at, group);
                level(node, at, group, "applied", applied);
                level(node, at, group, "records synced", records);
            }
            case TraceEvent.LoseDisk _ -> off(node, at, group);
            case TraceEvent.Restart _ -> {
                ends(List.of(node, "off"), at);
                level(node, at, group, "role", "follower");
            }
            default -> {}
        }
    }

    private void off(String node, long at, long group) {
        ends(List.of(node, "leads", group), at);
        ends(List.of(node, "lease", group), at);
        level(node, at, group, "role", "off");
        if (!going.containsKey(List.<Object>of(node, "off"))) {
            begins(List.of(node, "off"), node, at, "off", "off");
        }
    }

    /// Said again and again, it is one grant.
    private void grants(String node, long at, long group, Ballot ballot) {
        var what = List.<Object>of(node, "lease", group);
        var label = "grants group " + group + " to " + ballot;
        var begun = going.get(what);
        if (begun == null || !begun.label().equals(label)) {
            begins(what, node, at, "lease", label);
        }
    }

    private void level(String node, long at, long group, String name, Object value) {
        levels.add(new Level(node, at, "group " + group + " " + name, value.toString()));
    }

    private void message(Happening happening, String to, Frame frame, long sentAt, boolean hasArrived) {
        addLane(happening.who());
        addLane(to);
        var kind = kind(frame);
        var slot = SLOT.matcher(frame.toString());
        arrows.add(new Arrow(
                happening.who(),
                sentAt,
                to,
                hasArrived ? OptionalLong.of(happening.at()) : OptionalLong.empty(),
                kind,
                kind + (slot.find() ? " " + slot.group(1) : ""),
                story.filter(told -> told.isAbout(frame)).isPresent()));
    }

    /// Of a client that says nothing there is no lane.
    private void addLane(String name) {
        if (!nodes.contains(name)) {
            clients.add(name);
        }
    }

    private static String kind(Frame frame) {
        return switch (frame) {
            case Frame.Between between -> between.message().getClass().getSimpleName();
            case Frame.Asked asked ->
                "asks: " + asked.request().operation().getClass().getSimpleName();
            case Frame.Told told -> "told: " + told.reply().getClass().getSimpleName();
        };
    }

    // ---------------------------------------------------------------- what clients saw

    /// A history knows processes, and no clients: one that does not know what became of an operation goes on
    /// as another process.
    private void clients(LongFunction<String> clientOf) {
        for (var operation : run.history().operations()) {
            var lane = clientOf.apply(operation.process());
            clients.add(lane);
            long from = operation.invocation().time();
            long to = operation.completion().map(Event::time).orElse(end);
            spans.add(new Span(lane, from, to, "operation", words(operation), operation.toString()));
        }
    }

    private static String words(Operation operation) {
        var argument = operation.argument().toString().replaceAll("[{}\"]|:key |:value ", "");
        var result = operation.result().map(Value::toString).orElse(operation.isFailed() ? "failed" : "unknown");
        return operation.f() + " " + argument + " -> " + result.replaceAll("[{}\"]|:outcome |:held ", "");
    }

    private List<Line> lines() {
        return story.map(Story::lines).orElse(List.of()).stream()
                .map(line -> new Line(line.at(), String.join(", ", line.who()), line.text()))
                .toList();
    }
}
