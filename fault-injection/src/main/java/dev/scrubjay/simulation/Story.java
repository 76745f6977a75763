package dev.scrubjay.simulation;

import dev.scrubjay.message.Frame;
import dev.scrubjay.message.Message;
import dev.scrubjay.message.Operation;
import dev.scrubjay.simulation.Chronicle.Happening;
import dev.scrubjay.simulation.Chronicle.What;
import dev.scrubjay.trace.TraceEvent;
import dev.scrubjay.value.Entry;
import dev.scrubjay.value.MaybeValue;
import dev.scrubjay.value.Reply;
import dev.scrubjay.value.Request;
import dev.scrubjay.world.Finding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// How a finding came about: of all that happened, what was done to the nodes, who led, and what became of
/// the values that the finding names, from the client that asked for them to the disk that lost them.
final class Story {
    private static final int LINES_MAX = 60;
    private static final Pattern GROUP = Pattern.compile("\\bgroup[ =](\\d+)|\\bg(\\d+)-");
    private static final Pattern VALUE = Pattern.compile("\\bclient-\\d+-\\d+(~[a-z])?");
    private static final Pattern SLOT = Pattern.compile("\\bslot[ =](\\d+)");

    private record Place(long group, long slot) {}

    private record Member(long group, String replica) {}

    /// One line, and who is in it; nobody where it is what was done to the nodes.
    record Line(long at, Set<String> who, String text) {}

    private final Set<Long> groups = new HashSet<>();
    private final Set<String> values = new HashSet<>();
    private final Set<Place> places = new HashSet<>();

    /// What each replica accepted there and has not synced yet.
    private final Map<Member, Set<Long>> unsynced = new HashMap<>();

    /// When what was done to the nodes began.
    private final Map<String, Long> begun = new HashMap<>();

    private final List<Line> lines = new ArrayList<>();

    private Story() {}

    static Story of(Finding finding, List<Happening> happenings) {
        var story = new Story();
        story.seek(finding.text());
        for (var happening : happenings) {
            story.tell(happening);
        }
        return story;
    }

    private void seek(String text) {
        for (var match : GROUP.matcher(text).results().toList()) {
            groups.add(Long.parseLong(match.group(1) == null ? match.group(2) : match.group(1)));
        }
        VALUE.matcher(text).results().forEach(match -> values.add(match.group()));
        for (var match : SLOT.matcher(text).results().toList()) {
            groups.forEach(group -> places.add(new Place(group, Long.parseLong(match.group(1)))));
        }
    }

    private void tell(Happening happening) {
        switch (happening.what()) {
            case What.Note(var text) -> {
                begun.put(text, happening.at());
                add(happening.at(), "", text);
            }
            case What.End(var text) -> {
                // What does what it does at once has no end.
                if (!Long.valueOf(happening.at()).equals(begun.get(text))) {
                    add(happening.at(), "", "end of " + text);
                }
            }
            case What.Carried _ -> {} // Who sent it said so, and who took it.
            case What.Action(var event) -> {
                if (groups.isEmpty() || groups.contains(happening.group())) {
                    action(happening, event).ifPresent(text -> add(happening.at(), happening.who(), text));
                }
            }
        }
    }

    private Optional<String> action(Happening happening, TraceEvent event) {
        long group = happening.group();
        return switch (event) {
            case TraceEvent.Lead(var ballot, var quorum) ->
                Optional.of("leads group " + group + " at ballot " + ballot + ", with the promises of " + quorum);
            case TraceEvent.HandOver(var _, var successor) ->
                Optional.of("hands group " + group + " over to " + successor);
            case TraceEvent.StepDown _ -> Optional.of("leads group " + group + " no more: it gets no lease");
            case TraceEvent.Ask(var entry)
            when isSought(entry) -> Optional.of("is asked by a client for " + words(entry));
            case TraceEvent.Propose(var _, var slot, var entry)
            when isSought(entry) || isSought(group, slot) -> {
                places.add(new Place(group, slot));
                yield Optional.of("proposes in slot " + slot + ": " + words(entry));
            }
            case TraceEvent.Accept(var ballot, var _, var slot, var _)
            when isSought(group, slot) -> {
                unsynced.computeIfAbsent(new Member(group, happening.who()), _ -> new LinkedHashSet<>())
                        .add(slot);
                yield Optional.of("accepts slot " + slot + " at ballot " + ballot + ", not synced yet");
            }
            case TraceEvent.Sync _ -> synced(happening);
            case TraceEvent.Choose(var _, var slot)
            when isSought(group, slot) -> Optional.of("finds slot " + slot + " chosen");
            case TraceEvent.Acknowledge(var slot, var reply)
            when isSought(group, slot) ->
                Optional.of("tells the client what came of slot " + slot + ": " + words(reply));
            case TraceEvent.Learn(var _, var _, var slot, var entry)
            when isSought(entry) || isSought(group, slot) ->
                Optional.of("is told that in slot " + slot + " is chosen: " + words(entry));
            case TraceEvent.Repair(var _, var _, var slot, var _)
            when isSought(group, slot) -> Optional.of("writes slot " + slot + " anew, which had rotted");
            case TraceEvent.Apply(var slot, var _) when isSought(group, slot) -> Optional.of("applies slot " + slot);
            case TraceEvent.Fetch(var slot, var _)
            when isSought(group, slot) -> Optional.of("applies slot " + slot + " from the archive");
            case TraceEvent.Read(var key, var slot, var reply)
            when isSought(reply) ->
                Optional.of("answers a read of " + key + " from " + slot + " slots: " + words(reply));
            case TraceEvent.ReadEventually(var key, var _, var slot, var reply)
            when isSought(reply) ->
                Optional.of("answers an eventual read of " + key + " from " + slot + " slots: " + words(reply));
            case TraceEvent.Decay(var key, var held) ->
                Optional.of("has all of a sudden " + words(held) + " under " + key);
            case TraceEvent.Quarantine(var slot) ->
                Optional.of("hears that its state at slot " + slot + " is wrong, and begins again with nothing");
            case TraceEvent.Discard _ -> Optional.of("finds its state damaged, and begins again with nothing");
            case TraceEvent.Install(var slot) -> Optional.of("has the state of another one now, of slot " + slot);
            case TraceEvent.PowerOff(var count, var applied) -> powerOff(happening, count, applied);
            case TraceEvent.Restart _ -> Optional.of("is on again");
            case TraceEvent.Rot(var record) -> Optional.of("cannot read its record " + record + " any more");
            case TraceEvent.LoseDisk _ -> Optional.of("has lost its disk for good");
            default -> Optional.empty();
        };
    }

    private Optional<String> synced(Happening happening) {
        var slots = unsynced.remove(new Member(happening.group(), happening.who()));
        return slots == null ? Optional.empty() : Optional.of("has " + slots(slots) + " on its disk for good");
    }

    private Optional<String> powerOff(Happening happening, long records, long applied) {
        var slots = unsynced.remove(new Member(happening.group(), happening.who()));
        return Optional.of("is off; its disk keeps " + records + " records of group " + happening.group()
                + ", and the state of slot " + applied
                + (slots == null ? "" : "; what it accepted in " + slots(slots) + " was not synced"));
    }

    private static String slots(Set<Long> slots) {
        return "slot" + (slots.size() == 1 ? " " : "s ")
                + String.join(", ", slots.stream().map(String::valueOf).toList());
    }

    private boolean isSought(long group, long slot) {
        return places.contains(new Place(group, slot));
    }

    private boolean isSought(Entry entry) {
        var text = entry.toString();
        return values.stream()
                .anyMatch(value -> text.contains("value=" + value + "]") || text.contains("value=" + value + ","));
    }

    private boolean isSought(Reply reply) {
        return values.contains(words(reply));
    }

    // ---------------------------------------------------------------- words

    private static String words(Entry entry) {
        return switch (entry) {
            case Entry.Write(var session, var number, var request) ->
                words(request) + " (write " + number + " of session " + session + ")";
            case Entry.Begin(var nonce) -> "a session (" + nonce + ")";
            case Entry.End(var session) -> "the end of session " + session;
            case Entry.Reconfigure(var _, var voters) -> "the voters " + voters;
            case Entry.NoOp _ -> "nothing";
            case Entry.ScrubMark _ -> "a scrub mark";
        };
    }

    private static String words(Request request) {
        return switch (request) {
            case Request.Get(var key) -> "get " + key;
            case Request.Put(var key, var value) -> "put " + key + " = " + value;
            case Request.Delete(var key) -> "delete " + key;
            case Request.ConditionalPut(var key, var expected, var value) ->
                "put " + key + " = " + value + " if there is " + words(expected);
        };
    }

    private static String words(MaybeValue held) {
        return held instanceof MaybeValue.Present(var value) ? value : "nothing";
    }

    private static String words(Reply reply) {
        return reply instanceof Reply.Found(var held)
                ? words(held)
                : reply.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    // ---------------------------------------------------------------- lines

    /// What several do one after the other is one line.
    private void add(long at, String who, String text) {
        if (!lines.isEmpty() && lines.getLast().text().equals(text) && !who.isEmpty()) {
            lines.getLast().who().add(who);
        } else {
            var all = new LinkedHashSet<String>();
            if (!who.isEmpty()) {
                all.add(who);
            }
            lines.add(new Line(at, all, text));
        }
    }

    List<Line> lines() {
        return List.copyOf(lines);
    }

    /// Whether a frame is about what was found.
    boolean isAbout(Frame frame) {
        return switch (frame) {
            case Frame.Between(var group, var _, var _, var _, Message.Accept accept) -> isSought(group, accept.slot());
            case Frame.Between(var group, var _, var _, var _, Message.Accepted accepted) ->
                isSought(group, accepted.slot());
            case Frame.Between(var group, var _, var _, var _, Message.Chosen chosen) -> isSought(group, chosen.slot());
            case Frame.Between _, Frame.Told _ -> false;
            case Frame.Asked(var _, var _, var _, var request) ->
                request.operation() instanceof Operation.Write(var session, var number, var asked)
                        && isSought(new Entry.Write(session, number, asked));
        };
    }

    List<String> text() {
        var all = lines.stream().map(Story::text).toList();
        if (all.size() <= LINES_MAX) {
            return all;
        }
        var some = new ArrayList<String>();
        some.add("          ... " + (all.size() - LINES_MAX) + " lines before that");
        some.addAll(all.subList(all.size() - LINES_MAX, all.size()));
        return some;
    }

    private static String text(Line line) {
        var who = line.who().isEmpty() ? "***" : String.join(", ", line.who()) + ":";
        return String.format(Locale.ROOT, "%9.3f s  %s %s", line.at() / 1e9, who, line.text());
    }
}
