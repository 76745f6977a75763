package dev.scrubjay.checker;

import dev.scrubjay.history.History;
import dev.scrubjay.history.Value;
import dev.scrubjay.object.Reading;
import dev.scrubjay.object.Readings;
import dev.scrubjay.object.SequentialObject;
import dev.scrubjay.object.SequentialObjects;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/// The checker agrees with trying everything, on every object and under every reading.
final class ObjectsAgreementTest {
    @Property(tries = 30_000, edgeCases = EdgeCasesMode.NONE)
    void theCheckerAgreesWithBruteForceOnEveryObject(
            @ForAll("names") String name,
            @ForAll("readings") Reading reading,
            @ForAll("turns") List<SmallHistories.Turn> turns) {
        var clients = new Forgetful(Clients.of(name, reading));
        agree(SequentialObjects.named(name, reading), SmallHistories.play(turns, clients));
    }

    /// Nothing joins the values then.
    @Property(tries = 3_000, edgeCases = EdgeCasesMode.NONE)
    void theCheckerAgreesWithBruteForceOnASetThatNobodyReads(@ForAll("turns") List<SmallHistories.Turn> turns) {
        agree(
                SequentialObjects.named("set"),
                SmallHistories.play(turns, Clients.ofASet("add", "remove", "contains", "contains")));
    }

    private static void agree(SequentialObject<?> object, History history) {
        var isLinearizable = Agreement.check(object, history);
        Statistics.label(object.name())
                .collect(isLinearizable)
                .coverage(coverage -> coverage.check(true).percentage(share -> share > 5 && share < 95));
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.of(Clients.all().keySet());
    }

    @Provide
    Arbitrary<Reading> readings() {
        return Readings.all(Value.absent(), Value.number(0));
    }

    @Provide
    Arbitrary<List<SmallHistories.Turn>> turns() {
        return SmallHistories.turns();
    }

    /// Clients some of which do not note what they read.
    private record Forgetful(Clients clients) implements Clients {
        private static final Set<String> READS = Set.of("read", "get", "txn");

        @Override
        public int calls() {
            return clients.calls();
        }

        @Override
        public String f(int call) {
            return clients.f(call);
        }

        @Override
        public Value argument(int call) {
            return clients.argument(call);
        }

        @Override
        public Optional<Value> make(int call) {
            return clients.make(call);
        }

        /// What these operations are given says nothing of what there is, and looks as if it were given back.
        @Override
        public Value lie(int call, int choice) {
            return choice % 4 == 0 && READS.contains(f(call)) && !isMapping(argument(call))
                    ? argument(call)
                    : clients.lie(call, choice);
        }

        private static boolean isMapping(Value argument) {
            return argument instanceof Value.Mapping
                    || (argument instanceof Value.Sequence(var both)
                            && both.size() == 2
                            && both.getLast() instanceof Value.Mapping);
        }
    }
}
