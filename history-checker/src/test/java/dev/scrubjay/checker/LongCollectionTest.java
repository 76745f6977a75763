package dev.scrubjay.checker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.object.Family;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Long histories of collections are decided, and the work that this takes has a bound, counted in steps.
final class LongCollectionTest {
    private static final int OPERATIONS = 10_000;
    private static final int SEED = 7;

    /// The third column is about twice the steps that are needed, the last how many operations show what is
    /// wrong with a wrong history.
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
            family         | clients | held | steps | operations
            QUEUE          | 5       | 50   | 10000 | 4
            QUEUE          | 20      | 150  | 10000 | 4
            QUEUE          | 20      | 2000 | 10000 | 4
            STACK          | 5       | 50   | 5000  | 4
            STACK          | 20      | 150  | 3000  | 3
            STACK          | 20      | 2000 | 4000  | 3
            PRIORITY_QUEUE | 5       | 50   | 10000 | 4
            PRIORITY_QUEUE | 20      | 150  | 10000 | 3
            PRIORITY_QUEUE | 20      | 2000 | 10000 | 3
            SET            | 20      | 0    | 100   | 2
            LOG            | 20      | 0    | 1     | 2
            """)
    void aLongHistoryIsDecidedWithLittleWork(Family family, int clients, int held, long steps, int operations) {
        var object = new TestCollection(family);
        var engine = object.engine();
        var right = new LongCollection(family, SEED, clients, OPERATIONS, held, 100).record();
        var wrong = new LongCollection(family, SEED, clients, OPERATIONS, held, 90).record();

        var order = decide(engine, Parts.of(object, right).getFirst(), steps);
        var contradiction = decide(engine, Parts.of(object, wrong).getFirst(), steps);

        assertThat(order).isInstanceOf(Outcome.Found.class);
        assertThat(((Outcome.Found) order).order().size()).isEqualTo(OPERATIONS);
        assertThat(contradiction).isInstanceOf(Outcome.Contradicted.class);
        assertThat(((Outcome.Contradicted) contradiction).operations().size()).isEqualTo(operations);
    }

    private static Outcome decide(Engine engine, Part<?> part, long steps) {
        assertThat(engine.declines(part)).isEmpty();
        return engine.decide(part, new Budget(Limits.of(steps)));
    }

    /// The certificate is replayed on a shorter one, because a plain collection takes its time.
    @ParameterizedTest
    @EnumSource(names = {"QUEUE", "STACK", "PRIORITY_QUEUE", "SET", "LOG"})
    void theOrderOfALongHistoryIsOne(Family family) {
        var object = new TestCollection(family);
        for (int held : new int[] {2, 20, 200}) {
            var history = new LongCollection(family, SEED, 10, 2_000, held, 100).record();
            var part = Parts.of(object, history).getFirst();

            var found = (Outcome.Found) object.engine().decide(part, new Budget(Limits.standard()));

            Certificate.check(object, history.operations(), part.operations(found.order()), Integer.MAX_VALUE);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"QUEUE", "STACK", "PRIORITY_QUEUE", "SET"})
    void aBudgetThatDoesNotLastStopsAnEngine(Family family) {
        var object = new TestCollection(family);
        var history = new LongCollection(family, SEED, 5, 1_000, 50, 100).record();

        var outcome = object.engine().decide(Parts.of(object, history).getFirst(), new Budget(Limits.of(7)));

        assertThat(outcome).isInstanceOf(Outcome.Stopped.class);
        assertThat(((Outcome.Stopped) outcome).why()).isEqualTo("configurations explored: 7, which is the limit");
    }
}
