package dev.scrubjay.scenario;

import dev.scrubjay.nemesis.Cast;
import dev.scrubjay.nemesis.Fault;
import dev.scrubjay.nemesis.Shape;
import dev.scrubjay.nemesis.Who;
import dev.scrubjay.scenario.Scenario.Place;
import dev.scrubjay.world.World.Rot;
import dev.scrubjay.world.World.Trouble;
import dev.scrubjay.world.World.Weather;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Faults as words: what goes wrong, whom it strikes, and how bad it is.
final class FaultForm {
    private static final int ANY = Integer.MAX_VALUE;
    private static final String ZONE = "zone=";

    /// All nodes of the zone of whoever leads.
    static final String LEADER_ZONE = "leader-zone";

    private interface Making {
        Fault of(Line line, Cast cast);
    }

    /// How a fault is written.
    ///
    /// @param least how many nodes have to be named
    /// @param most how many may be
    /// @param zonesFrom from which of them on it may be a zone instead; the first is 0
    private record Form(int least, int most, int zonesFrom, Making making) {
        Form(int least, int most, Making making) {
            this(least, most, ANY, making);
        }
    }

    private static final SequencedMap<String, Form> FORMS = forms();

    /// The nodes that there are.
    private final List<String> nodes;

    private final SortedSet<String> zones;

    FaultForm(List<Place> places) {
        this.nodes = places.stream().map(Place::name).toList();
        this.zones = places.stream().map(place -> place.site().zone()).collect(Collectors.toCollection(TreeSet::new));
    }

    private static SequencedMap<String, Form> forms() {
        var forms = new LinkedHashMap<String, Form>();
        forms.put("power-off", new Form(1, ANY, 0, (_, cast) -> new Fault.PowerOff(cast)));
        forms.put("leave", one((_, cast) -> new Fault.Leave(cast)));
        forms.put("upgrade", one((_, cast) -> new Fault.Upgrade(cast)));
        forms.put("downgrade", one((_, cast) -> new Fault.Downgrade(cast)));
        forms.put("pause", one((_, cast) -> new Fault.Pause(cast)));
        for (var shape : Shape.values()) {
            int least = switch (shape) {
                case LINK, ONE_WAY, BRIDGE -> 2;
                case RING -> 4;
                case ISOLATION, SPLIT, MUTE, DEAF -> 1;
            };
            int most = switch (shape) {
                case LINK, ONE_WAY -> 2;
                case SPLIT, BRIDGE, RING -> ANY;
                case ISOLATION, MUTE, DEAF -> 1;
            };
            int zonesFrom = switch (shape) {
                case ISOLATION, SPLIT -> 0;
                case BRIDGE -> 1;
                case LINK, ONE_WAY, RING, MUTE, DEAF -> ANY;
            };
            forms.put(word(shape.word()), new Form(least, most, zonesFrom, (_, cast) -> new Fault.Cut(shape, cast)));
        }
        forms.put("slow-link", new Form(2, 2, (line, cast) -> new Fault.Slow(false, cast, weather(line))));
        forms.put("slow-node", one((line, cast) -> new Fault.Slow(true, cast, weather(line))));
        forms.put("storm", none(line -> new Fault.Storm(weather(line))));
        forms.put("lost-replies", one((_, cast) -> new Fault.LostReplies(cast)));
        forms.put(
                "clock-drift",
                one((line, cast) -> new Fault.ClockDrift(cast, line.required(line.shareOption("speed"), "speed"))));
        forms.put(
                "clock-jump",
                one((line, cast) -> new Fault.ClockJump(cast, line.required(line.timeOption("by"), "by"))));
        forms.put("failing-sync", one((_, cast) -> new Fault.FailingSync(cast)));
        forms.put(
                "slow-disk",
                one((line, cast) -> new Fault.SlowDisk(cast, line.required(line.numberOption("times", 1), "times"))));
        forms.put("stuck-disk", one((_, cast) -> new Fault.StuckDisk(cast)));
        forms.put("full-disk", one((_, cast) -> new Fault.FullDisk(cast)));
        forms.put("read-errors", one((_, cast) -> new Fault.ReadErrors(cast)));
        forms.put("bit-rot", one((line, cast) -> new Fault.BitRot(cast, rot(line))));
        forms.put("state-rot", one((_, cast) -> new Fault.StateRot(cast)));
        forms.put("decay", new Form(1, 2, (_, cast) -> new Fault.Decay(cast, false)));
        forms.put("wrong-apply", one((_, cast) -> new Fault.Decay(cast, true)));
        for (var trouble : Trouble.values()) {
            forms.put("archive-" + trouble.word(), none(_ -> new Fault.ArchiveTrouble(trouble)));
        }
        forms.put("dropped-syncs", one((_, cast) -> new Fault.DroppedSyncs(cast)));
        forms.put("wiped-disk", one((_, cast) -> new Fault.WipedDisk(cast)));
        forms.put("lost-node", none(_ -> new Fault.LostNode()));
        return forms;
    }

    private static Form one(Making making) {
        return new Form(1, 1, making);
    }

    private interface Alone {
        Fault of(Line line);
    }

    private static Form none(Alone making) {
        return new Form(0, 0, (line, _) -> making.of(line));
    }

    private static Weather weather(Line line) {
        int lost = line.shareOption("lost").orElse(0);
        int repeated = line.shareOption("repeated").orElse(0);
        long from = line.timeOption("delay", 0).orElse(0L);
        long to = line.timeOption("delay-to", 0).orElse(from);
        if (to < from) {
            throw line.bad("delay-to=" + Quantity.time(to), "is less than delay", "a longer time");
        }
        return new Weather(lost, repeated, from, to - from);
    }

    private static Rot rot(Line line) {
        var word = line.required(line.option("kind"), "kind");
        for (var rot : Rot.values()) {
            if (word(rot.name()).equals(word)) {
                return rot;
            }
        }
        throw line.bad("kind=" + word, "is no kind of rot", "flipped, zeroed, misdirected");
    }

    static String word(String words) {
        return words.toLowerCase(Locale.ROOT).replace(' ', '-').replace('_', '-');
    }

    /// All words for faults.
    static Set<String> words() {
        return FORMS.keySet();
    }

    /// Takes a fault from a line, up to the words that belong to the step.
    Fault read(Line line) {
        var word = line.next("a fault");
        var form = FORMS.get(word);
        if (form == null) {
            throw line.bad(word, "is no fault", String.join(", ", FORMS.keySet()));
        }
        var parts = new ArrayList<Who>();
        while (line.hasNext() && line.peek().filter("for"::equals).isEmpty()) {
            boolean takesZones = parts.size() >= form.zonesFrom();
            if (takesZones && line.peek().filter(FaultForm::isZone).isPresent()) {
                parts.add(zone(line));
            } else {
                parts.add(who(line, word));
            }
        }
        if (parts.size() < form.least() || parts.size() > form.most()) {
            var what = form.zonesFrom() == ANY ? " nodes" : " nodes or zones";
            throw line.bad(word, "names " + parts.size() + what, count(form));
        }
        return form.making().of(line, new Cast(parts));
    }

    private static String count(Form form) {
        if (form.most() == ANY) {
            return form.least() + " or more";
        }
        return form.least() == form.most() ? String.valueOf(form.least()) : form.least() + " to " + form.most();
    }

    private static boolean isZone(String word) {
        return word.equals(LEADER_ZONE) || word.startsWith(ZONE);
    }

    private Who zone(Line line) {
        var word = line.next("a zone");
        if (word.equals(LEADER_ZONE)) {
            return new Who.LeaderZone();
        }
        var zone = word.substring(ZONE.length());
        if (!zones.contains(zone)) {
            throw line.bad(
                    word,
                    "is no zone of any node",
                    LEADER_ZONE + zones.stream().map(each -> ", " + ZONE + each).collect(Collectors.joining()));
        }
        return new Who.Zone(zone);
    }

    /// Takes the one node that plays a part.
    ///
    /// @param where the word for which it plays one
    Who who(Line line, String where) {
        var word = line.next("a node");
        if (word.equals("leader")) {
            return new Who.Leader();
        }
        if (word.matches("other[1-9]\\d{0,3}")) {
            if (nodes.size() == 1) {
                throw line.bad(word, "is no node where there is one alone", "leader, " + nodes.getFirst());
            }
            return new Who.Other(Integer.parseInt(word.substring("other".length())));
        }
        if (isZone(word)) {
            throw line.bad(word, "is a zone, and '" + where + "' takes one node there", anyNode());
        }
        if (!nodes.contains(word)) {
            throw line.bad(word, "is no node", anyNode());
        }
        return new Who.Named(word);
    }

    private String anyNode() {
        return "leader, other1, other2 and so on, " + String.join(", ", nodes);
    }

    static String write(Fault fault) {
        return switch (fault) {
            case Fault.PowerOff(var cast) -> words("power-off", cast);
            case Fault.Leave(var cast) -> words("leave", cast);
            case Fault.Upgrade(var cast) -> words("upgrade", cast);
            case Fault.Downgrade(var cast) -> words("downgrade", cast);
            case Fault.Pause(var cast) -> words("pause", cast);
            case Fault.Cut(var shape, var cast) -> words(word(shape.word()), cast);
            case Fault.Slow(var whole, var cast, var weather) ->
                words(whole ? "slow-node" : "slow-link", cast) + write(weather);
            case Fault.Storm(var weather) -> "storm" + write(weather);
            case Fault.LostReplies(var cast) -> words("lost-replies", cast);
            case Fault.ClockDrift(var cast, var perMille) ->
                words("clock-drift", cast) + " speed=" + Quantity.share(perMille);
            case Fault.ClockJump(var cast, var nanos) -> words("clock-jump", cast) + " by=" + Quantity.time(nanos);
            case Fault.FailingSync(var cast) -> words("failing-sync", cast);
            case Fault.SlowDisk(var cast, var times) -> words("slow-disk", cast) + " times=" + times;
            case Fault.StuckDisk(var cast) -> words("stuck-disk", cast);
            case Fault.FullDisk(var cast) -> words("full-disk", cast);
            case Fault.ReadErrors(var cast) -> words("read-errors", cast);
            case Fault.BitRot(var cast, var rot) -> words("bit-rot", cast) + " kind=" + word(rot.name());
            case Fault.StateRot(var cast) -> words("state-rot", cast);
            case Fault.Decay(var cast, var isWritten) -> words(isWritten ? "wrong-apply" : "decay", cast);
            case Fault.ArchiveTrouble(var trouble) -> "archive-" + trouble.word();
            case Fault.DroppedSyncs(var cast) -> words("dropped-syncs", cast);
            case Fault.WipedDisk(var cast) -> words("wiped-disk", cast);
            case Fault.LostNode() -> "lost-node";
        };
    }

    private static String words(String word, Cast cast) {
        return word + cast.parts().stream().map(part -> " " + part).collect(Collectors.joining());
    }

    private static String write(Weather weather) {
        long to = weather.delayNanosMin() + weather.delayNanosSpread();
        return " lost=" + Quantity.share(weather.lostPerMille()) + " repeated="
                + Quantity.share(weather.repeatedPerMille()) + " delay=" + Quantity.time(weather.delayNanosMin())
                + " delay-to=" + Quantity.time(to);
    }
}
