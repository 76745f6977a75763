package dev.scrubjay.simulation;

import dev.scrubjay.history.Recorder;
import dev.scrubjay.message.ClientReply;
import dev.scrubjay.message.ClientRequest;
import dev.scrubjay.message.Frame;
import dev.scrubjay.message.FrameForm;
import dev.scrubjay.message.Operation;
import dev.scrubjay.value.MaybeValue;
import dev.scrubjay.value.ReplicaId;
import dev.scrubjay.value.Reply;
import dev.scrubjay.value.Request;
import dev.scrubjay.workload.Workload;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A client: one operation after another, each sent again until it is answered or given up as unknown.
///
/// Who refuses says that it did nothing by this try, so the request goes elsewhere. Who is silent may have
/// done it: the same request goes elsewhere all the same, because a write of a session counts once. A client
/// that gives a write up goes on as a new process of the history, in a new session.
final class SimulatedClient implements Links.Client {
    private static final String TABLE = "t";
    private static final long AGAIN_NANOS = 20_000_000;

    /// Now and then a client sleeps so long that the group has ended its sessions when it wakes.
    private static final long SLEEP_NANOS = 6_500_000_000L;

    private static final int SLEEPS_PER_MILLE = 2;

    /// Numbers for processes of the history, for all clients of a run.
    static final class Processes {
        private final Map<Long, String> clients = new HashMap<>();
        private long last;

        long next(String client) {
            clients.put(++last, client);
            return last;
        }

        /// Whose process this is, or was.
        String client(long process) {
            return clients.getOrDefault(process, "process " + process);
        }
    }

    private final String name;
    private final List<Long> groups;
    private final List<String> nodes;
    private final Workload workload;
    private final long sharesTotal;
    private final Timeline timeline;
    private final Randomness randomness;
    private final Links links;
    private final Recorder recorder;
    private final Processes processes;
    private final Exercised exercised;

    /// What is to be read back, each key until it is answered.
    private final ArrayDeque<Read> unread = new ArrayDeque<>();

    /// What is to be put before all else, each key until it is answered.
    private final ArrayDeque<Read> unput = new ArrayDeque<>();

    private final Map<String, MaybeValue> lastSeen = new HashMap<>();
    private final Map<Long, String> leaders = new HashMap<>();
    private final Map<Long, Session> sessions = new HashMap<>();

    /// How many slots of each group it has been told of.
    private final Map<Long, Long> seen = new HashMap<>();

    private long order;
    private long process;
    private long requests;
    private long values;
    private boolean resting;
    private @Nullable Open open;

    /// A key of a group.
    record Read(long group, String key) {}

    /// A session of a group, and the number of its last write.
    private static final class Session {
        private final long session;
        private long number;

        Session(long session) {
            this.session = session;
        }
    }

    /// The operation that is under way.
    private static final class Open {
        private final long group;
        private final String key;
        private final Optional<Request> write;
        private final int invocation;
        private ClientRequest request;
        private int tries;
        private int writesSent;

        Open(long group, String key, Optional<Request> write, int invocation, ClientRequest request) {
            this.group = group;
            this.key = key;
            this.write = write;
            this.invocation = invocation;
            this.request = request;
        }

        boolean isRecorded() {
            return invocation >= 0;
        }
    }

    SimulatedClient(
            String name,
            List<Long> groups,
            List<String> nodes,
            Workload workload,
            Timeline timeline,
            Randomness randomness,
            Links links,
            Recorder recorder,
            Processes processes,
            Exercised exercised) {
        this.name = name;
        this.groups = groups;
        this.nodes = nodes;
        this.workload = workload;
        this.sharesTotal = workload.shares().total();
        this.timeline = timeline;
        this.randomness = randomness;
        this.links = links;
        this.recorder = recorder;
        this.processes = processes;
        this.exercised = exercised;
        this.process = processes.next(name);
        links.connect(name, this);
    }

    void begin() {
        pause();
    }

    /// Ends with the operation that is under way.
    void rest() {
        resting = true;
    }

    /// Reads each of these keys until it is answered, and rests then.
    void readBack(List<Read> keys) {
        unread.addAll(keys);
        resting = false;
        pause();
    }

    /// Puts something under each of these keys, before all else.
    void putFirst(List<Read> keys) {
        unput.addAll(keys);
    }

    boolean isDone() {
        return open == null && unread.isEmpty();
    }

    private void pause() {
        boolean sleeps = unread.isEmpty() && randomness.perMille(SLEEPS_PER_MILLE);
        long nanos = 1 + randomness.below(2 * workload.pauseNanos());
        timeline.after(sleeps ? SLEEP_NANOS : nanos, () -> {
            if (!resting) {
                invoke();
            }
        });
    }

    // ---------------------------------------------------------------- one operation

    private void invoke() {
        var put = unput.peek();
        var read = unread.peek();
        if (put != null) {
            write(put.group(), new Request.Put(put.key(), value()));
        } else if (read != null) {
            read(read.group(), read.key());
        } else {
            long group = randomness.oneOf(groups);
            var key = key(group, randomness.below(workload.keys()));
            switch (workload.shares().at(randomness.below(sharesTotal))) {
                case GET -> read(group, key);
                case PUT -> write(group, new Request.Put(key, value()));
                case CONDITIONAL_PUT ->
                    write(
                            group,
                            new Request.ConditionalPut(key, lastSeen.getOrDefault(key, MaybeValue.ABSENT), value()));
                case DELETE -> write(group, new Request.Delete(key));
                case EVENTUAL_READ -> readEventually(group, key);
            }
        }
    }

    /// Keys have different names in different groups, so that one history can hold them all.
    static String key(long group, long number) {
        return "g" + group + "-k" + number;
    }

    static String coldKey(long group) {
        return "g" + group + "-cold";
    }

    /// Each value once, so that a reader can say which write it saw.
    private String value() {
        return name + "-" + ++values;
    }

    private void read(long group, String key) {
        int invocation = record(new Request.Get(key));
        start(new Open(group, key, Optional.empty(), invocation, request(new Operation.Read(key))));
    }

    /// What it is told may be old, so it is no part of the history; that it is a prefix is an invariant.
    private void readEventually(long group, String key) {
        var operation = new Operation.EventualRead(key, seen.getOrDefault(group, 0L));
        leaders.put(group, randomness.oneOf(nodes));
        start(new Open(group, key, Optional.empty(), -1, request(operation)));
    }

    private void write(long group, Request write) {
        int invocation = record(write);
        var session = sessions.get(group);
        var first = session == null ? beginSession() : request(next(session, write));
        start(new Open(group, write.key(), Optional.of(write), invocation, first));
    }

    private ClientRequest beginSession() {
        return request(new Operation.Begin(name + "/" + (requests + 1)));
    }

    private static Operation next(Session session, Request write) {
        return new Operation.Write(session.session, ++session.number, write);
    }

    private ClientRequest request(Operation operation) {
        return new ClientRequest(++requests, TABLE, 0, operation);
    }

    private int record(Request request) {
        var recorded = Recording.of(request);
        exercised.count("operations");
        return recorder.invoke(process, timeline.now(), recorded.f(), recorded.argument());
    }

    private void start(Open begun) {
        open = begun;
        send(begun);
        timeline.after(workload.patienceNanos(), () -> {
            if (begun.equals(open)) {
                giveUp(begun);
            }
        });
    }

    private void send(Open begun) {
        var node = leaders.computeIfAbsent(begun.group, _ -> randomness.oneOf(nodes));
        int attempt = ++begun.tries;
        if (begun.request.operation() instanceof Operation.Write) {
            begun.writesSent++;
        }
        links.send(name, node, FrameForm.encode(new Frame.Asked(begun.group, order, name, begun.request)));
        timeline.after(workload.retryNanos(), () -> {
            if (begun.equals(open) && begun.tries == attempt) {
                // Nobody answers: another may lead by now.
                exercised.count("requests repeated");
                leaders.put(begun.group, randomness.oneOf(nodes));
                send(begun);
            }
        });
    }

    // ---------------------------------------------------------------- what comes of it

    /// Nobody took the request.
    @Override
    public void unreachable(byte[] bytes) {
        var begun = open;
        if (FrameForm.decode(bytes) instanceof Frame.Asked asked
                && begun != null
                && asked.request().equals(begun.request)) {
            leaders.put(begun.group, randomness.oneOf(nodes));
            again(begun);
        }
    }

    @Override
    public void accept(byte[] bytes) {
        if (FrameForm.decode(bytes) instanceof Frame.Told(var _, var sent, var _, var id, var reply)) {
            order = Math.max(order, sent);
            var begun = open;
            if (begun != null && begun.request.id() == id) {
                hear(begun, reply);
            }
        }
    }

    private void hear(Open begun, ClientReply reply) {
        switch (reply) {
            case ClientReply.Answered(var answer, var slot) -> {
                seen.merge(begun.group, slot, Math::max);
                answered(begun, answer);
            }
            case ClientReply.NotLeader(var hint) -> {
                leaders.put(begun.group, hint.map(ReplicaId::node).orElseGet(() -> randomness.oneOf(nodes)));
                again(begun);
            }
            case ClientReply.Behind _ -> {
                leaders.put(begun.group, randomness.oneOf(nodes));
                again(begun);
            }
            case ClientReply.Throttled _, ClientReply.WrongGroup _ -> again(begun);
        }
    }

    private void answered(Open begun, Reply reply) {
        switch (reply) {
            case Reply.Begun(var number) -> {
                var session = new Session(number);
                sessions.put(begun.group, session);
                exercised.count("sessions begun");
                begun.request = request(next(session, begun.write.orElseThrow()));
                send(begun);
            }
            case Reply.NoSession() -> noSession(begun);
            case Reply.Found(var held) -> done(begun, reply, Optional.of(held));
            case Reply.Unmet(var held) -> done(begun, reply, Optional.of(held));
            case Reply.Done() -> done(begun, reply, Optional.empty());
            case Reply.Ended(), Reply.Stale() ->
                throw new IllegalStateException(name + " asked for " + begun.request + " and is told " + reply);
        }
    }

    /// The session was ended, since nobody had used it for long. A write that was sent once has had no effect
    /// and gets another session; of one that was sent before and never answered, nobody knows.
    private void noSession(Open begun) {
        sessions.remove(begun.group);
        exercised.count("sessions found ended");
        if (begun.writesSent == 1) {
            begun.writesSent = 0;
            begun.request = beginSession();
            send(begun);
        } else {
            giveUp(begun);
        }
    }

    private void done(Open begun, Reply reply, Optional<MaybeValue> held) {
        if (begun.isRecorded()) {
            held.ifPresentOrElse(value -> lastSeen.put(begun.key, value), () -> lastSeen.remove(begun.key));
            recorder.ok(begun.invocation, timeline.now(), Recording.of(reply).result());
            exercised.count("operations answered");
            if (begun.write.isEmpty()) {
                exercised.count("reads answered");
            }
            if (begun.writesSent > 1) {
                exercised.count("writes sent again and answered");
            }
            if (!unput.isEmpty()) {
                unput.remove();
            } else if (unread.poll() != null && unread.isEmpty()) {
                rest();
            }
        } else {
            exercised.count("eventual reads answered");
        }
        end();
    }

    private void again(Open begun) {
        exercised.count("requests sent again");
        if (begun.request.operation() instanceof Operation.Write) {
            begun.writesSent--;
        }
        int refused = begun.tries;
        timeline.after(AGAIN_NANOS, () -> {
            if (begun.equals(open) && begun.tries == refused) {
                send(begun);
            }
        });
    }

    private void giveUp(Open begun) {
        leaders.clear();
        if (begun.isRecorded()) {
            if (begun.write.isPresent() && begun.writesSent == 0) {
                recorder.fail(begun.invocation, timeline.now());
                exercised.count("operations that never began");
            } else {
                recorder.info(begun.invocation, timeline.now());
                exercised.count("operations unknown");
                process = processes.next(name);
                sessions.remove(begun.group);
            }
        }
        end();
    }

    private void end() {
        open = null;
        if (!resting) {
            pause();
        }
    }
}
