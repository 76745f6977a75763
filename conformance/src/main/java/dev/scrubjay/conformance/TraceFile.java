package dev.scrubjay.conformance;

import dev.scrubjay.specs.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The traces of the nodes of one run, read and put into one order: in which nothing is received before it
/// was sent.
///
/// Who writes one file for all nodes knows in which order things happened, and that order counts, also
/// between events that no message ties together: whether a lease had run out when another leader began is
/// such a question. Of several files nobody knows more than what their messages tell.
///
/// What is read here is the envelope, which says whose event it is and when it came. Whether the event itself
/// may be is the specification's business.
public final class TraceFile {
    private static final int VERSION = 1;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /// One event, and where it stands.
    ///
    /// @param at file and line
    record Event(String at, long group, String replica, long count, long order, String action, String json) {
        private static final Comparator<Event> ORDER = Comparator.comparingLong(Event::order)
                .thenComparing(Event::replica)
                .thenComparingLong(Event::count);
    }

    /// What happens to a replica without its knowledge has the order of its event before.
    private static final String DECAY = "Decay";

    private record Member(long group, String replica) {}

    private final String name;
    private final SortedMap<Long, Roster> groups = new TreeMap<>();
    private final List<Event> events = new ArrayList<>();
    private final Map<Member, Event> last = new HashMap<>();
    private int files;

    private TraceFile(String name) {
        this.name = name;
    }

    /// Reads a file, or all files that end in `.ndjson` of a folder.
    public static TraceFile read(Path path) throws IOException {
        var trace = new TraceFile(path.toString());
        for (var file : files(path)) {
            try (var lines = Files.newBufferedReader(file)) {
                trace.take(file.toString(), lines.lines().iterator());
            } catch (UncheckedIOException e) {
                throw new InputException(file + ": not a trace: "
                        + (e.getCause() instanceof MalformedInputException ? "it is not UTF-8 text" : e.getMessage()));
            }
        }
        return trace.finish();
    }

    /// Takes the lines of one file as they are, under the name of whatever they come from.
    public static TraceFile of(String name, List<String> lines) {
        var trace = new TraceFile(name);
        trace.take(name, lines.iterator());
        return trace.finish();
    }

    private static List<Path> files(Path path) throws IOException {
        if (Files.isRegularFile(path)) {
            return List.of(path);
        }
        if (!Files.isDirectory(path)) {
            throw new InputException(path + ": there is no such file; name a trace, or a folder of them");
        }
        try (var entries = Files.list(path)) {
            var files = entries.filter(file -> file.toString().endsWith(".ndjson"))
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                throw new InputException(path + ": no file in it ends in .ndjson; a trace has one for each node");
            }
            return files;
        }
    }

    private void take(String file, Iterator<String> lines) {
        files++;
        var headers = 0;
        for (int number = 1; lines.hasNext(); number++) {
            var line = lines.next();
            var at = file + ":" + number;
            var node = object(at, line);
            if (node.has("trace")) {
                header(at, node);
                headers++;
            } else if (headers == 0) {
                throw new InputException(at + ": a trace begins with its header, {\"trace\":1,\"node\":...}");
            } else {
                event(at, node, line);
            }
        }
        if (headers == 0) {
            throw new InputException(file + ": empty; a trace begins with its header, {\"trace\":1,\"node\":...}");
        }
    }

    private static JsonNode object(String at, String line) {
        try {
            var node = JSON.readTree(line);
            if (node.isObject()) {
                return node;
            }
        } catch (JacksonException e) {
            throw new InputException(at + ": not JSON: "
                    + e.getOriginalMessage().lines().findFirst().orElse(""));
        }
        throw new InputException(at + ": each line of a trace is one JSON object");
    }

    private void header(String at, JsonNode header) {
        if (!header.path("trace").isInt() || header.path("trace").intValue() != VERSION) {
            throw new InputException(
                    at + ": version " + header.path("trace") + " of a trace; version " + VERSION + " is known here");
        }
        if (!header.path("groups").isObject()) {
            throw new InputException(at + ": the header lacks 'groups': who votes in each group");
        }
        var replicas = lists(at, header, "replicas");
        var logs = lists(at, header, "logs");
        lists(at, header, "groups").forEach((group, voters) -> {
            var roster = new Roster(voters, replicas.getOrDefault(group, voters), logs.getOrDefault(group, List.of()));
            if (voters.isEmpty()) {
                throw new InputException(at + ": group " + group + " has no list of replicas");
            }
            if (!roster.replicas().containsAll(voters) || !roster.replicas().containsAll(roster.logs())) {
                throw new InputException(at + ": 'replicas' of group " + group
                        + " has to name all of its replicas, and " + "is " + roster.replicas());
            }
            var before = groups.putIfAbsent(group, roster);
            if (before != null && !before.equals(roster)) {
                throw new InputException(
                        at + ": group " + group + " has the replicas " + roster + " here, and " + before + " before");
            }
        });
    }

    /// A list of replicas of each group.
    private static SortedMap<Long, List<String>> lists(String at, JsonNode header, String key) {
        var lists = new TreeMap<Long, List<String>>();
        header.path(key).properties().forEach(entry -> {
            var members = new ArrayList<String>();
            entry.getValue().forEach(member -> members.add(member.stringValue("")));
            if (members.contains("")) {
                throw new InputException(at + ": group " + entry.getKey() + " has no list of replicas");
            }
            try {
                lists.put(Long.parseLong(entry.getKey()), members);
            } catch (NumberFormatException _) {
                throw new InputException(at + ": '" + entry.getKey() + "' is no number of a group");
            }
        });
        return lists;
    }

    private void event(String at, JsonNode node, String line) {
        var event = new Event(
                at,
                number(at, node, "group"),
                word(at, node, "replica"),
                number(at, node, "count"),
                number(at, node, "order"),
                word(at, node, "action"),
                line);
        var roster = groups.get(event.group());
        if (roster == null || !roster.replicas().contains(event.replica())) {
            throw new InputException(
                    at + ": no header says that " + event.replica() + " takes part in group " + event.group());
        }
        var before = last.put(new Member(event.group(), event.replica()), event);
        long expected = before == null ? 1 : before.count() + 1;
        if (event.count() != expected) {
            throw new InputException(at + ": count " + event.count() + " of " + event.replica() + " in group "
                    + event.group() + ", expected " + expected + "; an event is missing, or stands elsewhere");
        }
        if (before != null && event.order() < before.order() + (event.action().equals(DECAY) ? 0 : 1)) {
            throw new InputException(at + ": order " + event.order() + " is not above " + before.order()
                    + ", that of the event before it of " + event.replica());
        }
        events.add(event);
    }

    private static long number(String at, JsonNode node, String key) {
        if (!node.path(key).isIntegralNumber() || !node.path(key).canConvertToLong()) {
            throw new InputException(at + ": an event needs a whole number as '" + key + "'");
        }
        return node.path(key).longValue();
    }

    private static String word(String at, JsonNode node, String key) {
        if (!node.path(key).isString()) {
            throw new InputException(at + ": an event needs a text as '" + key + "'");
        }
        return node.path(key).stringValue();
    }

    private TraceFile finish() {
        if (files > 1) {
            events.sort(Event.ORDER);
        }
        return this;
    }

    String name() {
        return name;
    }

    SortedMap<Long, Roster> groups() {
        return groups;
    }

    /// What happened in one group.
    List<Event> of(long group) {
        return events.stream().filter(event -> event.group() == group).toList();
    }
}
