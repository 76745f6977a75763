package dev.scrubjay.protocol;

import static dev.scrubjay.protocol.Steps.ballot;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.value.Ballot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

/// What a grantor minds, held against a list of all that it ever granted.
final class GrantsTest {
    private static final Ballot NONE = ballot(0, "a");

    /// No grant is longer: so long a restart is sat out.
    private static final long LONGEST = 20;

    enum Kind {
        /// A leader of so many rounds before the promised one asks for a grant.
        GRANT,
        /// A candidate of the next round asks for a promise. Perhaps some leader before handed over to it.
        PROMISE,
        /// A sync returns.
        SYNC,
        /// So much time passes.
        PASS,
        /// The replica forgets all but what it has synced. From now on it grants for so much time.
        RESTART
    }

    record Move(Kind kind, int before, boolean heir, long nanos) {}

    private record Granted(Ballot ballot, long until) {}

    /// A grantor as `Replica` uses `Grants`, and beside it what nobody forgets.
    private static final class Grantor {
        private final List<Granted> all = new ArrayList<>();
        private final Set<Ballot> handedOver = new HashSet<>();
        private Grants grants = new Grants(NONE);
        private Ballot promised = NONE;
        private Ballot synced = NONE;
        private long length = LONGEST / 2;
        private long now;
        private int promisesToHeirs;

        void take(Move move) {
            var before = ballot(Math.max(0, promised.round() - move.before()), "b");
            if (grants.isOver(now)) {
                grants.runOut();
            }
            switch (move.kind()) {
                case GRANT -> grant(before);
                case PROMISE -> promise(ballot(promised.round() + 1, "b"), move.heir() ? before : NONE);
                case SYNC -> synced = promised;
                case PASS -> now += move.nanos();
                case RESTART -> {
                    promised = synced;
                    grants = new Grants(NONE);
                    grants.sitOut(now + LONGEST);
                    length = move.nanos();
                }
            }
        }

        private void grant(Ballot asking) {
            if (!handedOver.contains(asking)
                    && asking.equals(promised)
                    && asking.equals(synced)
                    && grants.mayGrant(asking)) {
                grants.grant(asking, now + length, false);
                all.add(new Granted(asking, now + length));
            }
        }

        /// Who handed over counts its grants no more, nor asks for others. That says nothing of any other
        /// leader.
        private void promise(Ballot asking, Ballot released) {
            boolean heir = all.removeIf(granted -> granted.ballot().equals(released) && now < granted.until());
            handedOver.add(released);
            if (promised.isBelow(asking) && grants.mayPromise(released, synced)) {
                assertThat(all)
                        .as("when %s is promised at %d", asking, now)
                        .allMatch(granted -> granted.until() <= now);
                promisesToHeirs += heir ? 1 : 0;
                promised = asking;
                grants.forget();
            }
        }
    }

    @Property(tries = 3_000)
    void noOtherBallotIsPromisedWhileAGrantRuns(@ForAll("moves") List<Move> moves) {
        var grantor = new Grantor();

        moves.forEach(grantor::take);

        Statistics.collect(grantor.promisesToHeirs > 0);
        Statistics.coverage(found -> found.check(true).percentage(share -> share > 5));
    }

    /// Who minds for ever keeps a group from ever having a leader again.
    @Property(tries = 1_000)
    void anyBallotMayBePromisedWhenAllIsOver(@ForAll("moves") List<Move> moves) {
        var grantor = new Grantor();
        moves.forEach(grantor::take);

        grantor.take(new Move(Kind.PASS, 0, false, LONGEST));
        grantor.take(new Move(Kind.PASS, 0, false, 0));

        assertThat(grantor.grants.mayPromise(NONE, grantor.synced)).isTrue();
    }

    @Provide
    Arbitrary<List<Move>> moves() {
        var kinds = Arbitraries.frequency(
                Tuple.of(6, Kind.GRANT),
                Tuple.of(5, Kind.PROMISE),
                Tuple.of(5, Kind.SYNC),
                Tuple.of(3, Kind.PASS),
                Tuple.of(1, Kind.RESTART));
        var before = Arbitraries.frequency(Tuple.of(4, 0), Tuple.of(1, 1), Tuple.of(1, 2));
        var heirs = Arbitraries.of(true, false);
        var nanos = Arbitraries.longs().between(1, LONGEST);
        return Combinators.combine(kinds, before, heirs, nanos)
                .as(Move::new)
                .list()
                .ofMinSize(5)
                .ofMaxSize(60);
    }
}
