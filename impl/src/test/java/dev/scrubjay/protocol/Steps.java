package dev.scrubjay.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.message.ClientReply;
import dev.scrubjay.message.ClientRequest;
import dev.scrubjay.message.Message;
import dev.scrubjay.message.Message.Answer;
import dev.scrubjay.message.Message.Granted;
import dev.scrubjay.message.Message.Heartbeat;
import dev.scrubjay.message.Message.Prepare;
import dev.scrubjay.message.Message.Promised;
import dev.scrubjay.message.Message.Question;
import dev.scrubjay.message.Operation;
import dev.scrubjay.node.GroupState;
import dev.scrubjay.state.MemoryStateStore;
import dev.scrubjay.state.MemoryStateStore.Flush;
import dev.scrubjay.trace.TraceEvent;
import dev.scrubjay.value.Ballot;
import dev.scrubjay.value.Entry;
import dev.scrubjay.value.LogRecord;
import dev.scrubjay.value.ReplicaId;
import dev.scrubjay.value.Reply;
import dev.scrubjay.value.Request;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Nodes that take steps only when a story says so: no message is delivered, no sync returns and no time
/// passes by itself.
///
/// Time passes for all of them, each by a clock of its own; but only who takes a step notices. Who is to
/// stand for leader is ticked; the others are not, and so never stand.
final class Steps {
    static final long GROUP = 1;

    /// How long a lease is minded, and counted too: the clocks of most stories do not drift.
    static final long LEASE = 80;

    /// Whole numbers of nanoseconds, so that stories can count. Nothing is left to chance. A lease is over
    /// before anybody stands.
    static final Settings SETTINGS = StepSettings.USUAL;

    /// A message under way.
    record Sent(long group, long order, ReplicaId from, ReplicaId to, Message message) {
        boolean is(Class<? extends Message> kind, String sender, String receiver) {
            return kind.isInstance(message)
                    && from.node().equals(sender)
                    && to.node().equals(receiver);
        }
    }

    /// What a client was told.
    record Told(long group, long id, ClientReply reply) {}

    /// The session in which clients write to a group, and how many writes they have asked for.
    private static final class Session {
        private long number;
        private long writes;
    }

    private final SortedMap<Long, List<ReplicaId>> groups = new TreeMap<>();
    private final SortedMap<Long, Session> sessions = new TreeMap<>();
    private final Map<String, Machine> machines = new LinkedHashMap<>();
    private final List<Sent> underWay = new ArrayList<>();
    private final List<Told> told = new ArrayList<>();
    private final Set<String> cutOff = new HashSet<>();
    private final Settings settings;

    /// What the archive holds, and what it was asked.
    final ArchiveInSteps archive = new ArchiveInSteps((node, answer) -> {
        if (machine(node).isOn()) {
            machine(node).step(answer);
        }
    });

    private long now;
    private long requests;
    private Operation lastOperation = new Operation.Read("nothing");

    private Steps(Settings settings, List<Long> groups, String... nodes) {
        this.settings = settings;
        for (long group : groups) {
            this.groups.put(group, Arrays.stream(nodes).map(Steps::replica).toList());
            sessions.put(group, new Session());
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

    static Steps ofThree(Settings settings) {
        return new Steps(settings, List.of(GROUP), "a", "b", "c");
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

    static Ballot ballot(long round, String node) {
        return new Ballot(round, replica(node));
    }

    // ---------------------------------------------------------------- what may happen

    /// So much time passes that all leases are over, and that whoever has not heard of a leader asks its
    /// peers. This node notices; they have not heard of one either, and it stands.
    Steps stands(String node) {
        asksPeers(node).deliverAll(Question.class, node);
        take(sent -> sent.message() instanceof Answer && sent.to().node().equals(node));
        assertThat(view(node).role()).as("role of " + node).isEqualTo(Role.CANDIDATE);
        return this;
    }

    /// So much time passes that this node asks its peers whether they hear a leader.
    Steps asksPeers(String node) {
        return tick(node, settings.electionNanosMin() + settings.electionNanosSpread());
    }

    private Steps deliverAll(Class<? extends Message> kind, String from) {
        take(sent -> kind.isInstance(sent.message()) && sent.from().node().equals(from));
        return this;
    }

    private void take(Predicate<Sent> which) {
        var all = underWay.stream().filter(which).toList();
        underWay.removeAll(all);
        all.forEach(sent -> receive(sent.to().node(), sent));
    }

    /// Time passes, and nobody notices yet.
    Steps pass(long nanos) {
        now += nanos;
        return this;
    }

    Steps tick(String node, long nanos) {
        pass(nanos);
        machine(node).step(new Input.Tick());
        return this;
    }

    /// This node's clock jumps.
    Steps jump(String node, long nanos) {
        machine(node).clock.jump(nanos);
        return this;
    }

    /// This node's clock runs faster from now on than true time, or slower, by so many parts of a thousand.
    Steps drift(String node, int perMille) {
        machine(node).clock.drift(now, perMille);
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

    /// It stands, and this one other of three promises and grants it a lease. What the third is told stays
    /// under way.
    Steps electWith(String node, String other) {
        stands(node).sync(node);
        deliver(Prepare.class, node, other).sync(other).deliver(Promised.class, other, node);
        return deliver(Heartbeat.class, node, other).deliver(Granted.class, other, node);
    }

    /// This node is about to stop.
    Steps leave(String node) {
        machine(node).step(new Input.Leave());
        return this;
    }

    /// A session in each group that this node leads, for what clients write from now on. It takes a slot.
    Steps begin(String node) {
        sessions.forEach((group, session) -> {
            request(node, group, new Operation.Begin("nonce " + requests));
            settle();
            assertThat(answers()).as("what clients were answered").isNotEmpty();
            session.number = ((Reply.Begun) answers().getLast()).session();
        });
        told.clear();
        return this;
    }

    /// A client asks for this.
    Steps request(String node, Operation operation) {
        return request(node, GROUP, operation);
    }

    private Steps request(String node, long group, Operation operation) {
        requests++;
        lastOperation = operation;
        return requestOnce(node, group);
    }

    /// The client has not heard of what it asked for last, and asks for it again, here.
    Steps again(String node) {
        return requestOnce(node, GROUP);
    }

    private Steps requestOnce(String node, long group) {
        var request = new ClientRequest(requests, "t", 0, lastOperation);
        machine(node).step(new Input.Requested(group, 0, "client", request));
        return this;
    }

    Steps read(String node, String key) {
        return request(node, new Operation.Read(key));
    }

    Steps readEventually(String node, String key, long atLeast) {
        return request(node, new Operation.EventualRead(key, atLeast));
    }

    /// The next write of the session.
    Steps ask(String node, Request request) {
        return ask(node, GROUP, request);
    }

    Steps ask(String node, long group, Request request) {
        var session = sessions.getOrDefault(group, new Session());
        session.writes++;
        return request(node, group, new Operation.Write(session.number, session.writes, request));
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

    /// From now on all messages to and from this node are lost.
    Steps cutOff(String node) {
        cutOff.add(node);
        return loseAll(
                sent -> sent.from().node().equals(node) || sent.to().node().equals(node));
    }

    Steps reconnect(String node) {
        cutOff.remove(node);
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
            } else if (archive.isAsked()) {
                archive.answer();
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

    /// What this node applies in its next lives is kept when its power goes. It begins with nothing.
    Steps keepsItsStores(String node) {
        groups.keySet().forEach(group -> machine(node).stores.put(group, new KeptStore(new MemoryStore())));
        return this;
    }

    /// The same, and its states can be given to others, and taken from them.
    Steps keepsWholeStates(String node) {
        machine(node).states = new MemoryStateStore(Flush::end);
        groups.keySet()
                .forEach(group ->
                        machine(node).stores.put(group, new KeptStore(new GroupState(machine(node).states, group))));
        return this;
    }

    /// The states of this node, to be changed behind its back.
    MemoryStateStore states(String node) {
        return machine(node).states;
    }

    /// So many of its first records are not on the disk of this node any more, which is off.
    Steps forgets(String node, int records) {
        machine(node).disk.forget(records);
        return this;
    }

    /// The last that this node, which is off, accepted there can be read no more.
    Steps rot(String node, long slot) {
        machine(node).disk.rot(slot);
        return this;
    }

    /// What this node said that a person has to know.
    List<String> alarms(String node) {
        return List.copyOf(machine(node).alarms);
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
        return machine(node).disk.all();
    }

    /// What this node's clock shows.
    long clock(String node) {
        return machine(node).clock();
    }

    /// Whether this node leads and holds a lease, by its own clock.
    boolean holdsLease(String node) {
        return view(node).holdsLease(clock(node));
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

    /// A node and its disk.
    private final class Machine implements Effects {
        private final ReplicaId self;
        private final DiskInSteps disk;
        private final List<String> alarms = new ArrayList<>();
        private final List<TraceEvent> traced = new ArrayList<>();
        private final ArrayDeque<Integer> syncing = new ArrayDeque<>();
        private final SortedMap<Long, Store> stores = new TreeMap<>();
        private MemoryStateStore states = new MemoryStateStore(Flush::end);
        private long order;
        private Optional<Node> node = Optional.empty();
        private final DriftingClock clock = new DriftingClock();

        Machine(String name) {
            self = replica(name);
            disk = new DiskInSteps(name);
        }

        void on() {
            assertThat(isOn()).as(self + " is on").isFalse();
            var start = new Node.Start(groups, disk.byGroup(), stores, order, order > 0);
            node = Optional.of(new Node(new Seat(self), settings, bound -> bound - 1, start, clock(), this));
        }

        void off(int unsyncedKept) {
            node = Optional.empty();
            syncing.clear();
            disk.off(unsyncedKept);
            order++;
        }

        boolean isOn() {
            return node.isPresent();
        }

        Node node() {
            return node.orElseThrow(() -> new AssertionError(self + " is off"));
        }

        void step(Input input) {
            node().step(clock(), input, this);
        }

        long clock() {
            return clock.shows(now);
        }

        boolean isSyncing() {
            return !syncing.isEmpty();
        }

        void syncReturns() {
            assertThat(isSyncing()).as(self + " is syncing").isTrue();
            int records = syncing.remove();
            disk.synced(records);
            step(new Input.Synced(records));
        }

        @Override
        public void send(long group, long order, ReplicaId from, ReplicaId to, Message message) {
            assertThat(from).isEqualTo(self);
            if (!cutOff.contains(from.node()) && !cutOff.contains(to.node())) {
                underWay.add(new Sent(group, order, from, to, message));
            }
        }

        @Override
        public void append(long group, LogRecord record) {
            disk.append(group, record);
        }

        @Override
        public void sync() {
            assertThat(isSyncing())
                    .as("a sync of " + self + " is under way already")
                    .isFalse();
            syncing.add(disk.size());
        }

        @Override
        public void reply(long group, long order, String client, long id, ClientReply reply) {
            assertThat(client).isEqualTo("client");
            told.add(new Told(group, id, reply));
        }

        @Override
        public void archive(long group, long order, long after, List<Entry> entries) {
            archive.put(self.node(), group, after, entries);
        }

        @Override
        public void fetch(long group, long after, int most) {
            archive.get(self.node(), group, after, most);
        }

        @Override
        public void refer(long group, long slot) {
            archive.refer(self.node(), group, slot);
        }

        @Override
        public void alarm(long group, ReplicaId replica, String what) {
            alarms.add(replica + ": " + what);
        }

        @Override
        public void trace(long group, long order, ReplicaId replica, TraceEvent event) {
            assertThat(order).as("order of " + event).isGreaterThan(this.order);
            this.order = order;
            traced.add(event);
        }
    }
}
