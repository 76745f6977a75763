package dev.scrubjay.value;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/// Values of every kind, for properties.
public final class Values {
    private static final List<String> WORDS =
            List.of("", "colour", "blue", "\u0131\u0130\u015F", "\uD83D\uDC26", "\uFFFD", "\u0000", "\"\\\n");

    private Values() {}

    /// Text that is Unicode: whatever a client may say.
    public static Arbitrary<String> texts() {
        var points = Arbitraries.integers().between(0, Character.MAX_CODE_POINT).filter(point -> !isSurrogate(point));
        var any = points.list()
                .ofMaxSize(12)
                .map(all -> all.stream().map(Character::toString).collect(Collectors.joining()));
        return Arbitraries.oneOf(Arbitraries.of(WORDS), any);
    }

    private static boolean isSurrogate(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }

    /// Numbers, extreme ones too.
    public static Arbitrary<Long> numbers() {
        return Arbitraries.longs();
    }

    /// Places in a log, from the first on.
    public static Arbitrary<Long> slots() {
        return Arbitraries.longs().greaterOrEqual(1);
    }

    public static Arbitrary<ReplicaId> replicas() {
        return Combinators.combine(texts(), Arbitraries.integers()).as(ReplicaId::new);
    }

    public static Arbitrary<Ballot> ballots() {
        return Combinators.combine(numbers(), replicas()).as(Ballot::new);
    }

    static Arbitrary<MaybeValue> maybes() {
        return Arbitraries.oneOf(Arbitraries.just(MaybeValue.ABSENT), texts().map(MaybeValue::of));
    }

    public static Arbitrary<Request> requests() {
        return Arbitraries.oneOf(
                texts().map(Request.Get::new),
                Combinators.combine(texts(), texts()).as(Request.Put::new),
                texts().map(Request.Delete::new),
                Combinators.combine(texts(), maybes(), texts()).as(Request.ConditionalPut::new));
    }

    public static Arbitrary<Reply> replies() {
        return Arbitraries.oneOf(
                Arbitraries.of(Reply.DONE, Reply.ENDED, Reply.NO_SESSION, Reply.STALE),
                maybes().map(Reply.Found::new),
                maybes().map(Reply.Unmet::new),
                slots().map(Reply.Begun::new));
    }

    public static Arbitrary<Site> sites() {
        return Combinators.combine(Arbitraries.of(ReplicaKind.values()), texts(), texts())
                .as(Site::new);
    }

    public static Arbitrary<Entry> entries() {
        return Arbitraries.oneOf(
                Combinators.combine(slots(), slots(), requests()).as(Entry.Write::new),
                texts().map(Entry.Begin::new),
                slots().map(Entry.End::new),
                Combinators.combine(slots(), replicas().set().ofMinSize(1).ofMaxSize(3))
                        .as((generation, voters) -> new Entry.Reconfigure(generation, new TreeSet<>(voters))),
                Arbitraries.of(Entry.NO_OP, Entry.SCRUB_MARK));
    }
}
