package dev.scrubjay.simulation;

import dev.scrubjay.history.Recorder;
import dev.scrubjay.message.ClientReply;
import dev.scrubjay.message.ClientRequest;
import dev.scrubjay.message.Frame;
import dev.scrubjay.message.FrameForm;
import dev.scrubjay.value.MaybeValue;
import dev.scrubjay.value.Reply;
import dev.scrubjay.value.Request;
import dev.scrubjay.workload.Workload;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A client: one request after another, each sent again to another node as long as it was refused, and given
/// up as unknown when nobody answers.
///
/// A request that nobody answered is not sent again, because nothing tells the group yet that it is the same
/// one. The client goes on as a new session, and as a new process of the history.
final class SimulatedClient implements Links.Client {
    private static final String TABLE = "t";
    private static final int ATTEMPTS_MAX = 200;
    private static final long AGAIN_NANOS = 20_000_000;

    /// Numbers for sessions that were never used, for all clients of a run.
    static final class Sessions {
        private long last;

        long next() {
            return ++last;
        }
    }

    private final String name;
    private final List<Long> groups;
    private final List<String> nodes;
    private final Workload workload;
    private final Timeline timeline;
    private final Randomness randomness;
    private final Links links;
    private final Recorder recorder;
    private final Sessions sessions;
    private final Exercised exercised;

    /// What is to be read back, each key until it is answered.
    private final ArrayDeque<Read> unread = new ArrayDeque<>();

    private final Map<String, MaybeValue> lastSeen = new HashMap<>();
    private final Map<Long, String> leaders = new HashMap<>();
    private long order;
    private long session;
    private long number;
    private long values;
    private int attempts;
    private int invocation;
    private boolean resting;
    private @Nullable Open open;

    /// A key of a group.
    record Read(long group, String key) {}

    /// The request that is under way.
    private record Open(long group, ClientRequest request) {}

    SimulatedClient(
            String name,
            List<Long> groups,
            List<String> nodes,
            Workload workload,
            Timeline timeline,
            Randomness randomness,
            Links links,
            Recorder recorder,
            Sessions sessions,
            Exercised exercised) {
        this.name = name;
        this.groups = groups;
        this.nodes = nodes;
        this.workload = workload;
        this.timeline = timeline;
        this.randomness = randomness;
        this.links = links;
        this.recorder = recorder;
        this.sessions = sessions;
        this.exercised = exercised;
        this.session = sessions.next();
        links.connect(name, this);
    }

    void begin() {
        pause();
    }

    /// Ends with the request that is under way.
    void rest() {
        resting = true;
    }

    /// Reads each of these keys until it is answered, and rests then.
    void readBack(List<Read> keys) {
        unread.addAll(keys);
        pause();
    }

    boolean isDone() {
        return open == null && unread.isEmpty();
    }

    private void pause() {
        timeline.after(1 + randomness.below(2 * workload.pauseNanos()), () -> {
            if (!resting) {
                invoke();
            }
        });
    }

    private void invoke() {
        var read = unread.peek();
        long group = read == null ? randomness.oneOf(groups) : read.group();
        var asked = read == null ? request(group) : new Request.Get(read.key());
        var request = new ClientRequest(session, ++number, TABLE, 0, asked);
        open = new Open(group, request);
        attempts = 0;
        var recorded = Recording.of(request.request());
        invocation = recorder.invoke(session, timeline.now(), recorded.f(), recorded.argument());
        exercised.count("operations");
        send();
        var begun = open;
        timeline.after(workload.patienceNanos(), () -> {
            if (open != null && open.equals(begun)) {
                giveUp();
            }
        });
    }

    /// Keys have different names in different groups, so that one history can hold them all.
    static String key(long group, long number) {
        return "g" + group + "-k" + number;
    }

    private Request request(long group) {
        var key = key(group, randomness.below(workload.keys()));
        // Each value once, so that a reader can say which write it saw.
        var value = name + "-" + ++values;
        return switch ((int) randomness.below(10)) {
            case 0, 1, 2, 3 -> new Request.Get(key);
            case 4, 5, 6 -> new Request.Put(key, value);
            case 7, 8 -> new Request.ConditionalPut(key, lastSeen.getOrDefault(key, MaybeValue.ABSENT), value);
            default -> new Request.Delete(key);
        };
    }

    private void send() {
        if (open instanceof Open(var group, var request)) {
            attempts++;
            var node = leaders.computeIfAbsent(group, _ -> randomness.oneOf(nodes));
            links.send(name, node, FrameForm.encode(new Frame.Asked(group, order, name, request)));
        }
    }

    /// Nobody took the request, so it may go elsewhere; unless it was given up meanwhile.
    @Override
    public void unreachable(byte[] bytes) {
        if (FrameForm.decode(bytes) instanceof Frame.Asked asked
                && open instanceof Open(var group, var request)
                && asked.request().equals(request)) {
            leaders.put(group, randomness.oneOf(nodes));
            again();
        }
    }

    @Override
    public void accept(byte[] bytes) {
        if (FrameForm.decode(bytes)
                instanceof Frame.Told(var _, var sent, var _, var toSession, var toNumber, var reply)) {
            order = Math.max(order, sent);
            if (open instanceof Open(var group, var request) && session == toSession && number == toNumber) {
                hear(group, request, reply);
            }
        }
    }

    private void hear(long group, ClientRequest request, ClientReply reply) {
        switch (reply) {
            case ClientReply.Answered answered -> answered(request.request().key(), answered.reply());
            case ClientReply.NotLeader(var hint) -> {
                leaders.put(group, hint.map(replica -> replica.node()).orElseGet(() -> randomness.oneOf(nodes)));
                again();
            }
            case ClientReply.Throttled _, ClientReply.WrongGroup _ -> again();
        }
    }

    private void answered(String key, Reply reply) {
        switch (reply) {
            case Reply.Found(var held) -> lastSeen.put(key, held);
            case Reply.Unmet(var held) -> lastSeen.put(key, held);
            case Reply.Done() -> lastSeen.remove(key);
        }
        recorder.ok(invocation, timeline.now(), Recording.of(reply).result());
        exercised.count("operations answered");
        if (unread.poll() != null && unread.isEmpty()) {
            rest();
        }
        end();
    }

    /// Whoever refused will not change its mind, so the request may go elsewhere.
    private void again() {
        if (attempts == ATTEMPTS_MAX) {
            recorder.fail(invocation, timeline.now());
            exercised.count("operations refused for good");
            end();
        } else {
            exercised.count("requests sent again");
            var refused = open;
            timeline.after(AGAIN_NANOS, () -> {
                if (open != null && open.equals(refused)) {
                    send();
                }
            });
        }
    }

    private void giveUp() {
        recorder.info(invocation, timeline.now());
        exercised.count("operations unknown");
        leaders.clear();
        session = sessions.next();
        number = 0;
        end();
    }

    private void end() {
        open = null;
        if (!resting) {
            pause();
        }
    }
}
