package dev.scrubjay.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scrubjay.protocol.Sessions.Done;
import dev.scrubjay.value.Entry;
import dev.scrubjay.value.Invariant;
import dev.scrubjay.value.MaybeValue;
import dev.scrubjay.value.Reply;
import dev.scrubjay.value.Request;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Test;

final class SessionsTest {
    private static final Request BLUE = new Request.Put("colour", "blue");
    private static final Request RED = new Request.Put("colour", "red");

    /// A put that is done once, and unmet when it is done again.
    private static final Request BLUE_IF_NONE = new Request.ConditionalPut("colour", MaybeValue.ABSENT, "blue");

    private final Sessions sessions = new Sessions();
    private long slot;

    private Reply apply(Entry entry) {
        slot++;
        return sessions.apply(slot, entry);
    }

    private Reply write(long session, long number, Request request) {
        return apply(new Entry.Write(session, number, request));
    }

    private Reply begin() {
        return apply(new Entry.Begin("nonce-" + slot));
    }

    // ---------------------------------------------------------------- stories

    @Test
    void aSessionHasTheNumberOfItsSlot() {
        assertThat(begin()).isEqualTo(new Reply.Begun(1));
        write(1, 1, BLUE);
        assertThat(begin()).isEqualTo(new Reply.Begun(3));

        assertThat(sessions.count()).isEqualTo(2);
        assertThat(sessions.last(3)).hasValue(new Done(0, 3, new Reply.Begun(3)));
        assertThat(sessions.last(2)).isEmpty();
    }

    @Test
    void aWriteThatIsRepeatedIsDoneOnceAndHasTheReplyOfTheFirstTime() {
        begin();

        assertThat(write(1, 1, BLUE_IF_NONE)).isEqualTo(Reply.DONE);
        assertThat(write(1, 1, BLUE_IF_NONE)).isEqualTo(Reply.DONE);

        assertThat(sessions.held("colour")).isEqualTo(MaybeValue.of("blue"));
        assertThat(sessions.last(1)).as("and it was done where it stands first").hasValue(new Done(1, 2, Reply.DONE));
    }

    /// Another writes in between: who only did the write again would take that back.
    @Test
    void aRepetitionDoesNotTakeBackWhatOthersWroteSince() {
        begin();
        begin();
        write(1, 1, BLUE);
        write(2, 1, RED);

        assertThat(write(1, 1, BLUE)).isEqualTo(Reply.DONE);

        assertThat(sessions.state()).isEqualTo(Map.of("colour", "red"));
    }

    /// Nobody waits for it: its session has written again, which it does only when it has a reply, or does
    /// not want it any more.
    @Test
    void aWriteThatALaterOneOfItsSessionOvertookHasNoEffect() {
        begin();
        write(1, 2, RED);

        assertThat(write(1, 1, BLUE)).isEqualTo(Reply.STALE);

        assertThat(sessions.state()).isEqualTo(Map.of("colour", "red"));
        assertThat(sessions.last(1)).hasValue(new Done(2, 2, Reply.DONE));
    }

    @Test
    void aWriteOfNoSessionHasNoEffect() {
        assertThat(write(7, 1, BLUE)).isEqualTo(Reply.NO_SESSION);
        begin();
        assertThat(apply(new Entry.End(2))).isEqualTo(Reply.ENDED);
        assertThat(write(2, 1, BLUE)).isEqualTo(Reply.NO_SESSION);

        assertThat(sessions.state()).isEmpty();
        assertThat(sessions.count()).isZero();
    }

    @Test
    void aSessionThatEndsLeavesWhatItWrote() {
        begin();
        write(1, 1, BLUE);

        assertThat(apply(new Entry.End(1))).isEqualTo(Reply.ENDED);
        assertThat(apply(new Entry.End(1))).as("asked again").isEqualTo(Reply.ENDED);

        assertThat(sessions.last(1)).isEmpty();
        assertThat(sessions.held("colour")).isEqualTo(MaybeValue.of("blue"));
    }

    /// No write has such a number; what comes from a faulty client must not stop a replica.
    @Test
    void aWriteBeforeTheFirstOfItsSessionHasNoEffect() {
        begin();

        assertThat(write(1, 0, BLUE)).isEqualTo(new Reply.Begun(1));
        assertThat(write(1, -1, BLUE)).isEqualTo(Reply.STALE);

        assertThat(sessions.state()).isEmpty();
    }

    /// Both have the same store, and would do different things with the next entry.
    @Test
    void whoRemembersAnotherReplyHoldsSomethingElse() {
        begin();
        write(1, 1, BLUE_IF_NONE);
        var other = new Sessions();
        other.apply(1, new Entry.Begin("nonce"));
        other.apply(2, new Entry.Write(1, 1, BLUE));
        assertThat(other.table()).isEqualTo(sessions.table());

        write(1, 2, BLUE_IF_NONE);
        other.apply(3, new Entry.Write(1, 2, BLUE));

        assertThat(other.state()).isEqualTo(sessions.state());
        assertThat(other.table()).isNotEqualTo(sessions.table());
    }

    /// What is applied again, or left out, makes another state than the log says.
    @Test
    void slotsAreAppliedOneAfterTheOther() {
        begin();
        write(1, 1, BLUE);
        apply(Entry.NO_OP);
        assertThat(sessions.applied()).isEqualTo(3);

        assertThatThrownBy(() -> sessions.apply(3, Entry.NO_OP))
                .isInstanceOf(Invariant.Broken.class)
                .hasMessage("invariant broken: slot 3 after slot 3");
        assertThatThrownBy(() -> sessions.apply(5, Entry.NO_OP)).isInstanceOf(Invariant.Broken.class);
    }

    // ---------------------------------------------------------------- laws

    /// What a slot is to hold, before it is known what stands before it.
    ///
    /// @param choice which of the sessions, or of the entries to repeat
    record Draft(Kind kind, int choice, Request request) {}

    enum Kind {
        BEGIN,
        END,
        WRITE,
        REPEAT
    }

    /// A slot of a log.
    ///
    /// @param first the slot that this one repeats, or itself
    private record Placed(long slot, Entry entry, long first) {}

    /// Sessions that write one after the other. Any of their writes and ends may stand again anywhere later.
    private static List<Placed> log(List<Draft> drafts) {
        var log = new ArrayList<Placed>();
        var begun = new ArrayList<Long>();
        var numbers = new HashMap<Long, Long>();
        for (var draft : drafts) {
            long slot = log.size() + 1L;
            var repeatable = log.stream()
                    .filter(placed -> !(placed.entry() instanceof Entry.Begin))
                    .toList();
            if (draft.kind() == Kind.REPEAT && !repeatable.isEmpty()) {
                var again = repeatable.get(draft.choice() % repeatable.size());
                log.add(new Placed(slot, again.entry(), again.first()));
            } else if (draft.kind() == Kind.BEGIN || begun.isEmpty()) {
                begun.add(slot);
                log.add(new Placed(slot, new Entry.Begin("nonce-" + slot), slot));
            } else {
                long session = begun.get(draft.choice() % begun.size());
                log.add(new Placed(
                        slot,
                        draft.kind() == Kind.END
                                ? new Entry.End(session)
                                : new Entry.Write(session, numbers.merge(session, 1L, Long::sum), draft.request()),
                        slot));
            }
        }
        return log;
    }

    /// The reason for sessions. The plain log has nothing where the other one repeats something.
    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
    void repetitionsChangeNothingAndHaveTheFirstReply(@ForAll("drafts") List<Draft> drafts) {
        var plain = new Sessions();
        var repeating = new Sessions();
        var replies = new HashMap<Long, Reply>();
        boolean remembered = false;
        boolean forgotten = false;
        for (var placed : log(drafts)) {
            var reply = repeating.apply(placed.slot(), placed.entry());
            if (placed.first() == placed.slot()) {
                replies.put(placed.slot(), plain.apply(placed.slot(), placed.entry()));
                assertThat(reply).as("reply in %s", placed).isEqualTo(replies.get(placed.slot()));
                continue;
            }
            plain.apply(placed.slot(), Entry.NO_OP);
            if (isForgotten(placed.entry(), plain)) {
                assertThat(reply).as("reply in %s", placed).isIn(Reply.STALE, Reply.NO_SESSION);
                forgotten = true;
            } else {
                assertThat(reply).as("reply in %s", placed).isEqualTo(replies.get(placed.first()));
                remembered = true;
            }
        }

        assertThat(repeating.state()).isEqualTo(plain.state());
        assertThat(repeating.table()).isEqualTo(plain.table());
        Statistics.label("a first reply was given again")
                .collect(remembered)
                .coverage(coverage -> coverage.check(true).percentage(percent -> percent > 50));
        Statistics.label("a reply was forgotten")
                .collect(forgotten)
                .coverage(coverage -> coverage.check(true).percentage(percent -> percent > 50));
    }

    /// Whether the session wrote again, or ended, since this stood in the log for the first time.
    private static boolean isForgotten(Entry entry, Sessions plain) {
        return entry instanceof Entry.Write(var session, var number, var _)
                && plain.last(session).filter(last -> last.number() == number).isEmpty();
    }

    /// The model remembers the whole log and works all else out from it. Numbers come in any order here, and
    /// one number with two requests too.
    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
    void anyLogDoesWhatThePlainestSessionsDo(@ForAll("entries") List<Entry> entries) {
        var tested = new Sessions();
        var model = new Model();
        for (int i = 0; i < entries.size(); i++) {
            assertThat(tested.apply(i + 1L, entries.get(i)))
                    .as("reply to slot %s", i + 1)
                    .isEqualTo(model.apply(i + 1L, entries.get(i)));
        }

        assertThat(tested.state()).isEqualTo(model.store.state());
        assertThat(tested.table()).isEqualTo(model.table());
        assertThat(tested.count()).isEqualTo(model.table().size());
        for (long session = 0; session <= entries.size() + 1; session++) {
            assertThat(tested.last(session))
                    .isEqualTo(Optional.ofNullable(model.table().get(session)));
        }
        for (var key : List.of("a", "b")) {
            var value = model.store.state().get(key);
            assertThat(tested.held(key)).isEqualTo(value == null ? MaybeValue.ABSENT : MaybeValue.of(value));
        }
        Statistics.label("three writes and more were done")
                .collect(model.done.size() > 2)
                .coverage(coverage -> coverage.check(true).percentage(percent -> percent > 20));
    }

    private static final class Model {
        private record Written(Entry.Write write, long slot, Reply reply) {}

        private final PlainStore store = new PlainStore();
        private final List<Long> open = new ArrayList<>();
        private final List<Written> done = new ArrayList<>();

        Reply apply(long slot, Entry entry) {
            return switch (entry) {
                case Entry.Reconfigure _, Entry.NoOp _, Entry.ScrubMark _ -> Reply.DONE;
                case Entry.Begin _ -> {
                    open.add(slot);
                    yield new Reply.Begun(slot);
                }
                case Entry.End(var session) -> {
                    open.remove(session);
                    yield Reply.ENDED;
                }
                case Entry.Write write when !open.contains(write.session()) -> Reply.NO_SESSION;
                case Entry.Write write -> {
                    var last = last(write.session());
                    if (last.isEmpty() || last.get().write().number() < write.number()) {
                        var reply = store.apply(write.request());
                        done.add(new Written(write, slot, reply));
                        yield reply;
                    }
                    yield last.get().write().number() == write.number()
                            ? last.get().reply()
                            : Reply.STALE;
                }
            };
        }

        private Optional<Written> last(long session) {
            return done.stream()
                    .filter(written -> written.write().session() == session)
                    .max(Comparator.comparingLong(written -> written.write().number()));
        }

        Map<Long, Done> table() {
            var table = new TreeMap<Long, Done>();
            for (long session : open) {
                table.put(
                        session,
                        last(session)
                                .map(written -> new Done(written.write().number(), written.slot(), written.reply()))
                                .orElse(new Done(0, session, new Reply.Begun(session))));
            }
            return table;
        }
    }

    @Provide
    Arbitrary<List<Draft>> drafts() {
        var kinds = Arbitraries.frequency(
                Tuple.of(2, Kind.BEGIN), Tuple.of(1, Kind.END), Tuple.of(6, Kind.WRITE), Tuple.of(6, Kind.REPEAT));
        return Combinators.combine(kinds, Arbitraries.integers().between(0, 1000), requests())
                .as(Draft::new)
                .list()
                .ofMaxSize(40);
    }

    /// A session begins at once; what follows is of that, of others, and of none.
    @Provide
    Arbitrary<List<Entry>> entries() {
        var begin = new Entry.Begin("nonce");
        var sessions = Arbitraries.longs().between(1, 3);
        var writes = Combinators.combine(sessions, Arbitraries.longs().between(1, 8), requests())
                .as(Entry.Write::new);
        return Arbitraries.<Entry>frequencyOf(
                        Tuple.of(4, Arbitraries.just(begin)),
                        Tuple.of(1, Arbitraries.just(Entry.NO_OP)),
                        Tuple.of(1, sessions.map(Entry.End::new)),
                        Tuple.of(12, writes))
                .list()
                .ofMaxSize(30)
                .map(entries ->
                        Stream.concat(Stream.of(begin), entries.stream()).toList());
    }

    private static Arbitrary<Request> requests() {
        var keys = Arbitraries.of("a", "b");
        var values = Arbitraries.of("x", "y");
        var maybes = Arbitraries.of(MaybeValue.ABSENT, MaybeValue.of("x"), MaybeValue.of("y"));
        return Arbitraries.oneOf(
                keys.map(Request.Get::new),
                Combinators.combine(keys, values).as(Request.Put::new),
                keys.map(Request.Delete::new),
                Combinators.combine(keys, maybes, values).as(Request.ConditionalPut::new));
    }
}
