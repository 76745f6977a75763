package dev.scrubjay.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.message.ClientReply;
import dev.scrubjay.message.ClientRequest;
import dev.scrubjay.message.Message;
import dev.scrubjay.trace.TraceEvent;
import dev.scrubjay.value.LogRecord;
import dev.scrubjay.value.ReplicaId;
import dev.scrubjay.value.Reply;
import dev.scrubjay.value.Request;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Nodes that take steps only when a story says so: no message is delivered, no sync returns and no time
/// passes by itself.
///
/// Who is to stand for leader is ticked; the others are not, and so never stand.
final class Steps {
    static final long GROUP = 1;

    /// Whole numbers of nanoseconds, so that stories can count. Nothing is left to chance.
    static final Settings SETTINGS = new Settings(10, 10, 100, 1, 4, 3);

    /// A message under way.
    record Sent(long group, long order, ReplicaId from, ReplicaId to, Message message) {
        boolean is(Class<? extends Message> kind, String sender, String receiver) {
            return kind.isInstance(message)
                    && from.node().equals(sender)
                    && to.node().equals(receiver);
        }
    }

    /// What a client was told.
    record Told(long group, long number, ClientReply reply) {}

    private final SortedMap<Long, List<ReplicaId>> groups = new TreeMap<>();
    private final Map<String, Machine> machines = new LinkedHashMap<>();
    private final List<Sent> underWay = new ArrayList<>();
    private final List<Told> told = new ArrayList<>();
    private final Settings settings;
    private long now;
    private long requests;

    private Steps(Settings settings, List<Long> groups, String... nodes) {
        this.settings = settings;
        for (long group : groups) {
            this.groups.put(group, Arrays.stream(nodes).map(Steps::replica).toList());
        }
        for (var node : nodes) {
            var machine = new Machine(node);
            machines.put(node, machine);
            machine.on();
        }
    }

    static Steps of(String... nodes) {
        return new Steps(SETTINGS, List.of(GROUP), nodes);
    }

    static Steps ofThree() {
        return of("a", "b", "c");
    }

    static Steps ofGroups(Long... groups) {
        return new Steps(SETTINGS, List.of(groups), "a", "b", "c");
    }

    static ReplicaId replica(String node) {
        return new ReplicaId(node, 1);
    }

    // ---------------------------------------------------------------- what may happen

    /// So much time passes that whoever has not heard of a leader stands; this node notices.
    Steps stands(String node) {
        return tick(node, settings.electionNanosMin() + settings.electionNanosSpread());
    }

    Steps tick(String node, long nanos) {
        now += nanos;
        machine(node).step(new Input.Tick());
        return this;
    }

    /// It stands, and all that are on help.
    Steps elect(String node) {
        stands(node).settle();
        if (view(node).role() != Role.LEADER) {
            // Another had promised a higher ballot, and said so.
            stands(node).settle();
        }
        assertThat(view(node).role()).as("role of " + node).isEqualTo(Role.LEADER);
        return this;
    }

    /// A client asks for this; its number tells it from others.
    Steps ask(String node, Request request) {
        return ask(node, GROUP, request);
    }

    Steps ask(String node, long group, Request request) {
        requests++;
        machine(node).step(new Input.Requested(group, 0, "client", new ClientRequest(1, requests, "t", 0, request)));
        return this;
    }

    Steps put(String node, String key, String value) {
        return ask(node, new Request.Put(key, value));
    }

    /// Delivers the first such message that is under way.
    Steps deliver(Class<? extends Message> kind, String from, String to) {
        receive(to, remove(kind, from, to));
        return this;
    }

    /// Delivers such a message, and another copy of it stays under way.
    Steps deliverCopy(Class<? extends Message> kind, String from, String to) {
        receive(to, find(kind, from, to));
        return this;
    }

    /// Delivers the last such message first, then the others.
    Steps deliverLastFirst(Class<? extends Message> kind, String from, String to) {
        var all = underWay.stream().filter(sent -> sent.is(kind, from, to)).toList();
        underWay.removeAll(all);
        all.reversed().forEach(sent -> receive(to, sent));
        return this;
    }

    /// Something comes that no node of this story sent.
    Steps receive(String node, ReplicaId from, ReplicaId to, Message message) {
        receive(node, new Sent(GROUP, 0, from, to, message));
        return this;
    }

    Steps lose(Class<? extends Message> kind, String from, String to) {
        remove(kind, from, to);
        return this;
    }

    /// All messages between these are lost, in both directions.
    Steps loseAll(Predicate<Sent> which) {
        underWay.removeIf(which);
        return this;
    }

    Steps loseAll() {
        underWay.clear();
        return this;
    }

    /// The sync that is under way returns.
    Steps sync(String node) {
        machine(node).syncReturns();
        return this;
    }

    /// The disk says that so many records are synced, whether it is true or not.
    Steps syncReturns(String node, long records) {
        machine(node).step(new Input.Synced(records));
        return this;
    }

    /// Delivers everything and lets all syncs return, until nothing is left to happen.
    Steps settle() {
        while (true) {
            var syncing = machines.values().stream().filter(Machine::isSyncing).findFirst();
            if (!underWay.isEmpty()) {
                var sent = underWay.removeFirst();
                receive(sent.to().node(), sent);
            } else if (syncing.isPresent()) {
                syncing.get().syncReturns();
            } else {
                return this;
            }
        }
    }

    /// The power goes. Of what was not synced, so many records are on the disk all the same.
    Steps powerOff(String node, int unsyncedKept) {
        machine(node).off(unsyncedKept);
        return this;
    }

    Steps powerOn(String node) {
        machine(node).on();
        return this;
    }

    // ---------------------------------------------------------------- what can be seen

    ReplicaView view(String node) {
        return view(node, GROUP);
    }

    ReplicaView view(String node, long group) {
        return machine(node).node().view(group);
    }

    /// The messages of this kind that are under way from one to another.
    List<Message> underWay(Class<? extends Message> kind, String from, String to) {
        return underWay.stream()
                .filter(sent -> sent.is(kind, from, to))
                .map(Sent::message)
                .toList();
    }

    /// The messages of this kind that are under way.
    List<Sent> underWay(Class<? extends Message> kind) {
        return underWay.stream().filter(sent -> kind.isInstance(sent.message())).toList();
    }

    /// All that clients were told until now.
    List<Told> told() {
        return List.copyOf(told);
    }

    /// What the last of them was told.
    ClientReply lastTold() {
        assertThat(told).as("what clients were told").isNotEmpty();
        return told.getLast().reply();
    }

    /// What clients were answered, refusals left out.
    List<Reply> answers() {
        return told.stream()
                .map(Told::reply)
                .filter(ClientReply.Answered.class::isInstance)
                .map(reply -> ((ClientReply.Answered) reply).reply())
                .toList();
    }

    /// What a node wrote since it was there for the first time, as far as its disk kept it.
    List<LogRecord> written(String node) {
        return machine(node).disk.stream().map(Written::record).toList();
    }

    boolean isSyncing(String node) {
        return machine(node).isSyncing();
    }

    /// What a node says it did, all groups and lives together.
    List<TraceEvent> traced(String node) {
        return List.copyOf(machine(node).traced);
    }

    /// The Lamport count of the last event that a node traced.
    long order(String node) {
        return machine(node).order;
    }

    // ---------------------------------------------------------------- helpers

    private Machine machine(String node) {
        return Optional.ofNullable(machines.get(node)).orElseThrow();
    }

    private void receive(String node, Sent sent) {
        var machine = machine(node);
        if (machine.isOn()) {
            machine.step(new Input.Received(sent.group(), sent.order(), sent.from(), sent.to(), sent.message()));
        }
    }

    private Sent find(Class<? extends Message> kind, String from, String to) {
        return underWay.stream()
                .filter(sent -> sent.is(kind, from, to))
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        "no " + kind.getSimpleName() + " from " + from + " to " + to + " is under way: " + underWay));
    }

    private Sent remove(Class<? extends Message> kind, String from, String to) {
        var sent = find(kind, from, to);
        underWay.remove(sent);
        return sent;
    }

    private record Written(long group, LogRecord record) {}

    /// A node and its disk.
    private final class Machine implements Effects {
        private final ReplicaId self;
        private final List<Written> disk = new ArrayList<>();
        private final List<TraceEvent> traced = new ArrayList<>();
        private final ArrayDeque<Integer> syncing = new ArrayDeque<>();
        private int synced;
        private long order;
        private Optional<Node> node = Optional.empty();

        Machine(String name) {
            self = replica(name);
        }

        void on() {
            assertThat(isOn()).as(self + " is on").isFalse();
            var records = new TreeMap<Long, List<LogRecord>>();
            disk.forEach(written -> records.computeIfAbsent(written.group(), _ -> new ArrayList<>())
                    .add(written.record()));
            var start = new Node.Start(groups, records, order, order > 0);
            node = Optional.of(new Node(self, settings, bound -> bound - 1, start, now, this));
        }

        void off(int unsyncedKept) {
            assertThat(unsyncedKept).isBetween(0, disk.size() - synced);
            node = Optional.empty();
            syncing.clear();
            disk.subList(synced + unsyncedKept, disk.size()).clear();
            synced = disk.size();
            order++;
        }

        boolean isOn() {
            return node.isPresent();
        }

        Node node() {
            return node.orElseThrow(() -> new AssertionError(self + " is off"));
        }

        void step(Input input) {
            node().step(now, input, this);
        }

        boolean isSyncing() {
            return !syncing.isEmpty();
        }

        void syncReturns() {
            assertThat(isSyncing()).as(self + " is syncing").isTrue();
            synced = syncing.remove();
            step(new Input.Synced(synced));
        }

        @Override
        public void send(long group, long order, ReplicaId from, ReplicaId to, Message message) {
            assertThat(from).isEqualTo(self);
            underWay.add(new Sent(group, order, from, to, message));
        }

        @Override
        public void append(long group, LogRecord record) {
            disk.add(new Written(group, record));
        }

        @Override
        public void sync() {
            assertThat(isSyncing())
                    .as("a sync of " + self + " is under way already")
                    .isFalse();
            syncing.add(disk.size());
        }

        @Override
        public void reply(long group, long order, String client, long session, long number, ClientReply reply) {
            assertThat(client).isEqualTo("client");
            told.add(new Told(group, number, reply));
        }

        @Override
        public void trace(long group, long order, ReplicaId replica, TraceEvent event) {
            assertThat(order).as("order of " + event).isGreaterThan(this.order);
            this.order = order;
            traced.add(event);
        }
    }
}
