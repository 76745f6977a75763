package dev.scrubjay.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;

/// Ten seconds of a group as they might have been: three leaders, a partition, a power-off, three clients. It
/// is for looking at, and for tests that want a picture as people will have them. Nothing here is a protocol.
final class ExamplePicture {
    private static final long SECOND = 1_000_000_000;
    private static final long MILLI = 1_000_000;
    private static final List<String> NODES = List.of("a1", "b1", "c1", "a2", "b2");
    private static final List<String> VOTERS = List.of("a1", "b1", "c1");
    private static final List<String> CLIENTS = List.of("client-1", "client-2", "client-3");

    private final Random random = new Random(42);
    private final List<Span> spans = new ArrayList<>();
    private final List<Mark> marks = new ArrayList<>();
    private final List<Arrow> arrows = new ArrayList<>();
    private final List<Level> levels = new ArrayList<>();
    private final List<Line> story = new ArrayList<>();
    private int slot;
    private int twice;
    private boolean isToldTwice;

    static Picture make() {
        return new ExamplePicture().draw();
    }

    private Picture draw() {
        var lanes = List.of(
                new Lane("world", "world", "what is done to all"),
                new Lane("a1", "node", "zone-1, rack-1"),
                new Lane("b1", "node", "zone-2, rack-1"),
                new Lane("c1", "node", "zone-3, rack-1"),
                new Lane("a2", "node", "zone-1, spare, keeps the log alone"),
                new Lane("b2", "node", "zone-2, spare"),
                new Lane("client-1", "client", "writes and reads"),
                new Lane("client-2", "client", "writes and reads"),
                new Lane("client-3", "client", "reads"));
        NODES.forEach(node -> {
            level(node, 0, "role", VOTERS.contains(node) ? "follower" : "spare");
            level(node, 0, "group 1 ballot", "0");
            level(node, 0, "group 1 applied", "0");
        });
        faults();
        elect("a1", 0.188, "1.a1", false);
        elect("b1", 3.714, "2.b1", true);
        elect("c1", 6.602, "3.c1", true);
        reign("a1", 0.2, 3.2, "1.a1");
        reign("b1", 3.74, 6.2, "2.b1");
        reign("c1", 6.63, 10, "3.c1");
        operations();
        return new Picture(
                "AgreementInv: slot " + twice + " of group 1 is chosen twice",
                List.of(
                        "by the voters at ballot 1.a1, and by others at ballot 2.b1 (step 1,302, virtual time 3.8 s)",
                        "scenario failures/seed-10.scenario, seed 10: 5 nodes in 3 zones, 3 clients, 3 faults",
                        "reproduce: ./scrubjay simulate --scenario failures/seed-10.scenario --explain"),
                0,
                10 * SECOND,
                lanes,
                spans,
                marks,
                arrows,
                levels,
                story);
    }

    private void faults() {
        spans.add(new Span(
                "world", at(3.2), at(4.6), "fault", "isolation a1", "Nothing passes between a1 and all others."));
        spans.add(new Span(
                "world", at(4.1), at(4.9), "fault", "slow-disk c1 times=8", "Each write takes 8 times as long."));
        spans.add(new Span("world", at(6.2), at(7.4), "fault", "power-off b1", "It lost what it had not synced."));
        spans.add(new Span("b1", at(6.2), at(7.4), "off", "off", "its disk keeps 214 records of group 1"));
        spans.add(new Span("a2", at(8.0), at(8.7), "paused", "paused", ""));
        spans.add(new Span("world", at(8.0), at(8.7), "fault", "pause a2", ""));
        tell(3.2, "***", "isolation of a1");
        tell(6.2, "***", "power-off b1");
        tell(7.4, "***", "end of power-off b1");
        mark("b1", 6.2, "PowerOff", "power off", true);
        mark("b1", 7.4, "PowerOn", "power on", true);
    }

    private void elect(String leader, double when, String ballot, boolean isKey) {
        long start = at(when);
        var others = VOTERS.stream()
                .filter(node -> !node.equals(leader) && !isOff(node, start))
                .toList();
        mark(leader, when, "Stand", "Stand at ballot " + ballot, isKey);
        level(leader, start, "role", "candidate");
        level(leader, start, "group 1 ballot", ballot);
        for (var other : others) {
            long there = send(leader, start + 200_000, other, "Prepare", "Prepare " + ballot, isKey);
            if (there < 0) {
                continue;
            }
            marks.add(new Mark(other, there, "Promise", "Promise " + ballot, "and nothing below it", isKey));
            levels.add(new Level(other, there, "group 1 ballot", ballot));
            levels.add(new Level(other, there, "role", "follower"));
            long back = send(other, there + 1_400_000, leader, "Promised", "Promised " + ballot, isKey);
            if (other.equals(others.get(others.size() - 1)) || isKey) {
                marks.add(new Mark(
                        leader, back, "Lead", "Lead at ballot " + ballot, "with " + leader + ", " + other, true));
                levels.add(new Level(leader, back, "role", "leader"));
                story.add(new Line(
                        back,
                        leader,
                        "leads group 1 at ballot " + ballot + ", with the promises of [" + leader + ", " + other
                                + "]"));
                if (isKey) {
                    break;
                }
            }
        }
    }

    private void reign(String leader, double from, double to, String ballot) {
        double end = Math.min(to + (leader.equals("a1") ? 0.4 : 0), 10);
        spans.add(new Span(leader, at(from), at(end), "leads", "leads at " + ballot, "group 1"));
        spans.add(new Span(
                leader, at(from + 0.01), at(end), "lease", "lease", "granted by a quorum, renewed each 200 ms"));
        for (double when = from + 0.02; when < to; when += 0.2) {
            for (var other : VOTERS) {
                if (!other.equals(leader)) {
                    long there = send(leader, at(when), other, "AskLease", "AskLease " + ballot, false);
                    if (there >= 0) {
                        send(other, there + 100_000, leader, "Grant", "Grant " + ballot, false);
                    }
                }
            }
        }
    }

    private void operations() {
        var next = new double[] {0.25, 0.27, 0.31};
        var number = new int[CLIENTS.size()];
        while (true) {
            int client = 0;
            for (int i = 1; i < next.length; i++) {
                client = next[i] < next[client] ? i : client;
            }
            if (next[client] > 9.9) {
                return;
            }
            number[client]++;
            double end = operation(CLIENTS.get(client), number[client], next[client]);
            next[client] = end + 0.02 + random.nextDouble() * 0.09;
        }
    }

    /// One write, from the request to the answer; when it ended.
    private double operation(String client, int number, double when) {
        long start = at(when);
        var leader = when < 3.2 ? "a1" : when < 6.2 ? "b1" : "c1";
        var ballot = when < 3.2 ? "1.a1" : when < 6.2 ? "2.b1" : "3.c1";
        var write = "put g1-k" + number % 4 + " = " + client + "-" + number;
        boolean isServed = when < 3.2 || (when > 3.75 && when < 6.2) || when > 6.65;
        if (!isServed) {
            double until = Math.min(9.95, when + 0.15);
            send(client, start, "a1", "Request", write, false);
            arrows.add(new Arrow(client, start, "b1", OptionalLong.empty(), "Request", write, false));
            spans.add(new Span(
                    client, start, at(until), "operation", write, "no answer: whether it had an effect is not known"));
            return until;
        }
        // The first after 3.12 s, and the first at the next leader, which forgot it.
        boolean isFirst = when > 3.12 && twice == 0;
        boolean isSecond = when > 3.75 && twice > 0 && slot >= twice && !isToldTwice;
        boolean isKey = isFirst || isSecond;
        isToldTwice |= isSecond;
        slot = isSecond ? twice : slot + 1;
        twice = isFirst ? slot : twice;
        long asked = send(client, start, leader, "Request", write, isKey);
        if (asked < 0) {
            return when + 0.1;
        }
        marks.add(new Mark(leader, asked, "Ask", "Ask " + write, "session " + client + ", number " + number, false));
        marks.add(new Mark(leader, asked, "Propose", "Propose slot " + slot, write, isKey));
        marks.add(new Mark(leader, asked, "Accept", "Accept slot " + slot + " at " + ballot, write, isKey));
        if (isKey) {
            story.add(new Line(asked, leader, "proposes in slot " + slot + ": " + write));
        }
        long synced = asked + 3 * MILLI + random.nextInt(3_000_000);
        marks.add(new Mark(leader, synced, "Sync", "Sync slot " + slot, "", false));
        long chosen = -1;
        for (var other : VOTERS) {
            if (other.equals(leader)) {
                continue;
            }
            long there = send(leader, asked + 150_000, other, "Accept", "Accept slot " + slot, isKey);
            if (there < 0) {
                continue;
            }
            marks.add(new Mark(other, there, "Accept", "Accept slot " + slot + " at " + ballot, write, isKey));
            long safe = there + 2 * MILLI + random.nextInt(4_000_000);
            marks.add(new Mark(other, safe, "Sync", "Sync slot " + slot, "", isKey));
            long back = send(other, safe, leader, "Accepted", "Accepted slot " + slot, isKey);
            if (isKey) {
                story.add(new Line(there, other, "accepts slot " + slot + " at ballot " + ballot + ", not synced yet"));
                story.add(new Line(safe, other, "has slot " + slot + " on its disk for good"));
            }
            if (back >= 0 && (chosen < 0 || back < chosen)) {
                chosen = Math.max(back, synced);
            }
        }
        if (chosen < 0) {
            chosen = synced + 9 * MILLI;
        }
        marks.add(new Mark(leader, chosen, "Choose", "Choose slot " + slot, write, isKey));
        if (isKey) {
            story.add(new Line(chosen, leader, "finds slot " + slot + " chosen: " + write));
        }
        marks.add(new Mark(leader, chosen, "Apply", "Apply slot " + slot, write, false));
        apply(leader, chosen);
        for (var other : NODES) {
            if (!other.equals(leader)) {
                long told = send(leader, chosen + 100_000, other, "Chosen", "Chosen slot " + slot, false);
                if (told >= 0) {
                    marks.add(new Mark(other, told, "Apply", "Apply slot " + slot, write, false));
                    apply(other, told);
                }
            }
        }
        long answered = send(leader, chosen + 60_000, client, "Reply", "done", isKey);
        long end = answered < 0 ? chosen + 50 * MILLI : answered;
        spans.add(new Span(client, start, end, "operation", write, answered < 0 ? "no answer" : "done"));
        return end / 1e9;
    }

    private void apply(String node, long when) {
        levels.add(new Level(node, when, "group 1 applied", String.valueOf(slot)));
    }

    /// Sends a message; when it arrives, or -1 where it is lost.
    private long send(String from, long sent, String to, String kind, String label, boolean isKey) {
        long there = sent + 1_500_000 + random.nextInt(5_000_000);
        boolean isCut = (from.equals("a1") || to.equals("a1")) && sent > at(3.2) && sent < at(4.6);
        boolean isLost = isCut || isOff(to, there) || isOff(from, sent) || (random.nextInt(150) == 0 && !isKey);
        arrows.add(
                new Arrow(from, sent, to, isLost ? OptionalLong.empty() : OptionalLong.of(there), kind, label, isKey));
        return isLost ? -1 : there;
    }

    private static boolean isOff(String node, long when) {
        return node.equals("b1") && when >= at(6.2) && when < at(7.4);
    }

    private void mark(String lane, double when, String kind, String label, boolean isKey) {
        marks.add(new Mark(lane, at(when), kind, label, "", isKey));
    }

    private void level(String lane, long when, String name, String value) {
        levels.add(new Level(lane, when, name, value));
    }

    private void tell(double when, String who, String text) {
        story.add(new Line(at(when), who, text));
    }

    private static long at(double seconds) {
        return Math.round(seconds * SECOND);
    }
}
