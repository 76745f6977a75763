package dev.scrubjay.trace;

import dev.scrubjay.value.Ballot;
import dev.scrubjay.value.Entry;
import dev.scrubjay.value.MaybeValue;
import dev.scrubjay.value.ReplicaId;
import dev.scrubjay.value.Reply;
import dev.scrubjay.value.Request;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A trace as lines of JSON: a header for each node, then a line for each event.
public final class TraceForm {
    /// The version of this form.
    public static final int VERSION = 1;

    private TraceForm() {}

    /// The first line of a node's trace.
    ///
    /// @param groups who votes first in each group
    /// @param replicas who takes part in each group, lowest first
    /// @param logs who of them keeps the log alone
    public static String header(
            String node,
            String build,
            SortedMap<Long, List<ReplicaId>> groups,
            SortedMap<Long, List<ReplicaId>> replicas,
            SortedMap<Long, List<ReplicaId>> logs) {
        return "{\"trace\":" + VERSION + key("node", text(node)) + key("build", text(build))
                + key("groups", groups(groups)) + key("replicas", groups(replicas)) + key("logs", groups(logs)) + "}";
    }

    private static String groups(SortedMap<Long, List<ReplicaId>> groups) {
        return groups.entrySet().stream()
                .map(group -> text(group.getKey().toString()) + ":" + replicas(group.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
    }

    /// One event.
    ///
    /// @param count its number among the events of this replica and group, from 1 on
    public static String line(long group, ReplicaId replica, long count, long order, long now, TraceEvent event) {
        return "{\"group\":" + group + ",\"replica\":" + replica(replica) + ",\"count\":" + count
                + ",\"order\":" + order + ",\"now\":" + now + ",\"action\":" + text(event.action()) + keys(event)
                + "}";
    }

    private static String keys(TraceEvent event) {
        return switch (event) {
            case TraceEvent.Ask(var entry) -> key("entry", entry(entry));
            case TraceEvent.Stand(var ballot, var released) -> candidacy(ballot, released);
            case TraceEvent.Prepare(var ballot) -> key("ballot", ballot(ballot));
            case TraceEvent.Lead(var ballot, var quorum) ->
                key("ballot", ballot(ballot)) + key("quorum", replicas(quorum));
            case TraceEvent.Propose(var ballot, var slot, var entry) -> proposal(ballot, slot, entry);
            case TraceEvent.Choose(var ballot, var slot) -> key("ballot", ballot(ballot)) + key("slot", slot);
            case TraceEvent.Acknowledge(var slot, var reply) -> key("slot", slot) + key("reply", reply(reply));
            case TraceEvent.Promise(var ballot, var released) -> candidacy(ballot, released);
            case TraceEvent.Promised(var ballot, var trimmed, var accepted, var corrupt) ->
                key("ballot", ballot(ballot))
                        + key("trimmed", trimmed)
                        + key("accepted", list(accepted.stream().map(TraceForm::ballot)))
                        + key("corrupt", list(corrupt.stream().map(slot -> Long.toString(slot))));
            case TraceEvent.AskLease(var ballot) -> key("ballot", ballot(ballot));
            case TraceEvent.Grant(var ballot) -> key("ballot", ballot(ballot));
            case TraceEvent.Hold(var ballot, var from) -> key("ballot", ballot(ballot)) + key("from", replica(from));
            case TraceEvent.RunOut() -> "";
            case TraceEvent.HandOver(var ballot, var successor) ->
                key("ballot", ballot(ballot)) + key("successor", replica(successor));
            case TraceEvent.StepDown(var ballot) -> key("ballot", ballot(ballot));
            case TraceEvent.Read(var key, var slot, var reply) ->
                key("key", text(key)) + key("slot", slot) + key("reply", reply(reply));
            case TraceEvent.ReadEventually(var key, var atLeast, var slot, var reply) ->
                key("key", text(key)) + key("atLeast", atLeast) + key("slot", slot) + key("reply", reply(reply));
            case TraceEvent.Accept(var ballot, var generation, var slot, var entry) ->
                told(ballot, generation, slot, entry);
            case TraceEvent.Accepted(var ballot, var slot) -> key("ballot", ballot(ballot)) + key("slot", slot);
            case TraceEvent.Learn(var ballot, var generation, var slot, var entry) ->
                told(ballot, generation, slot, entry);
            case TraceEvent.Repair(var ballot, var generation, var slot, var entry) ->
                told(ballot, generation, slot, entry);
            case TraceEvent.Tell(var ballot, var slot) -> key("ballot", ballot(ballot)) + key("slot", slot);
            case TraceEvent.Apply(var slot, var reply) -> key("slot", slot) + key("reply", reply(reply));
            case TraceEvent.Fetch(var slot, var reply) -> key("slot", slot) + key("reply", reply(reply));
            case TraceEvent.Snapshot(var slot) -> key("slot", slot);
            case TraceEvent.Install(var slot) -> key("slot", slot);
            case TraceEvent.Trim(var slot) -> key("slot", slot);
            case TraceEvent.Archive(var slot) -> key("slot", slot);
            case TraceEvent.Verify(var slot) -> key("slot", slot);
            case TraceEvent.Hash(var slot) -> key("slot", slot);
            case TraceEvent.Quarantine(var slot) -> key("slot", slot);
            case TraceEvent.Discard() -> "";
            case TraceEvent.Decay(var key, var held) -> key("key", text(key)) + key("held", maybe(held));
            case TraceEvent.Sync(var count) -> key("synced", count);
            case TraceEvent.PowerOff(var count, var applied) -> key("synced", count) + key("applied", applied);
            case TraceEvent.Rot(var record) -> key("record", record);
            case TraceEvent.LoseDisk() -> "";
            case TraceEvent.Restart() -> "";
        };
    }

    private static String candidacy(Ballot ballot, Ballot released) {
        return key("ballot", ballot(ballot)) + key("released", ballot(released));
    }

    private static String proposal(Ballot ballot, long slot, Entry entry) {
        return key("ballot", ballot(ballot)) + key("slot", slot) + key("entry", entry(entry));
    }

    private static String told(Ballot ballot, long generation, long slot, Entry entry) {
        return key("ballot", ballot(ballot))
                + key("generation", generation)
                + key("slot", slot)
                + key("entry", entry(entry));
    }

    private static String key(String name, long value) {
        return key(name, Long.toString(value));
    }

    private static String key(String name, String json) {
        return "," + text(name) + ":" + json;
    }

    private static String replicas(Collection<ReplicaId> replicas) {
        return list(replicas.stream().map(TraceForm::replica));
    }

    private static String list(Stream<String> json) {
        return json.collect(Collectors.joining(",", "[", "]"));
    }

    private static String replica(ReplicaId replica) {
        return text(replica.toString());
    }

    private static String ballot(Ballot ballot) {
        return "{\"round\":" + ballot.round() + ",\"replica\":" + replica(ballot.replica()) + "}";
    }

    private static String entry(Entry entry) {
        return switch (entry) {
            case Entry.Write(var session, var number, var request) ->
                "{\"kind\":\"write\",\"session\":" + session + ",\"number\":" + number + ",\"request\":"
                        + request(request) + "}";
            case Entry.Begin(var nonce) -> "{\"kind\":\"begin\",\"nonce\":" + text(nonce) + "}";
            case Entry.End(var session) -> "{\"kind\":\"end\",\"session\":" + session + "}";
            case Entry.Reconfigure(var generation, var voters) ->
                "{\"kind\":\"reconfigure\",\"generation\":" + generation + ",\"voters\":" + replicas(voters) + "}";
            case Entry.NoOp() -> "{\"kind\":\"no-op\"}";
            case Entry.ScrubMark() -> "{\"kind\":\"scrub-mark\"}";
        };
    }

    private static String request(Request request) {
        return switch (request) {
            case Request.Get(var key) -> "{\"kind\":\"get\",\"key\":" + text(key) + "}";
            case Request.Put(var key, var value) ->
                "{\"kind\":\"put\",\"key\":" + text(key) + ",\"value\":" + text(value) + "}";
            case Request.Delete(var key) -> "{\"kind\":\"delete\",\"key\":" + text(key) + "}";
            case Request.ConditionalPut(var key, var expected, var value) ->
                "{\"kind\":\"conditional-put\",\"key\":" + text(key) + ",\"expected\":" + maybe(expected)
                        + ",\"value\":" + text(value) + "}";
        };
    }

    private static String reply(Reply reply) {
        return switch (reply) {
            case Reply.Done() -> "{\"outcome\":\"done\"}";
            case Reply.Found(var held) -> "{\"outcome\":\"done\",\"held\":" + maybe(held) + "}";
            case Reply.Unmet(var held) -> "{\"outcome\":\"unmet\",\"held\":" + maybe(held) + "}";
            case Reply.Begun(var session) -> "{\"outcome\":\"begun\",\"session\":" + session + "}";
            case Reply.Ended() -> "{\"outcome\":\"ended\"}";
            case Reply.NoSession() -> "{\"outcome\":\"no-session\"}";
            case Reply.Stale() -> "{\"outcome\":\"stale\"}";
        };
    }

    private static String maybe(MaybeValue value) {
        return switch (value) {
            case MaybeValue.Absent() -> "[]";
            case MaybeValue.Present(var held) -> "[" + text(held) + "]";
        };
    }

    private static String text(String text) {
        var json = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) {
                json.append("\\u").append(HexFormat.of().toHexDigits(c).toLowerCase(Locale.ROOT));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
