package dev.scrubjay.checker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.object.KeyValueStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Long histories are decided, and the work that this takes has a bound, counted in configurations.
final class LongHistoryTest {
    private static final int SEED = 7;

    /// The last column is about twice what is needed.
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
            clients | keys | operations | values | losses | configurations
            10      | 20   | 10000      | 0      | 60     | 3000
            10      | 20   | 10000      | 5      | 60     | 3500
            5       | 1    | 1000       | 0      | 30     | 27000
            5       | 1    | 1000       | 5      | 30     | 155000
            20      | 1    | 500        | 5      | 0      | 250000
            """)
    void aLongHistoryIsDecidedWithLittleWork(
            int clients, int keys, int operations, int values, int losses, long configurations) {
        var object = new KeyValueStore();
        var checker = new Checker(object, Limits.of(configurations));

        var right = new LongHistory(SEED, clients, keys, operations, values, losses, false).record();
        var wrong = new LongHistory(SEED, clients, keys, operations, values, losses, true).record();

        var verdict = checker.check(right);
        assertThat(verdict).as(verdict.text()).isInstanceOf(Verdict.Linearizable.class);
        Certificate.check(object, right.operations(), ((Verdict.Linearizable) verdict).order(), Integer.MAX_VALUE);
        assertThat(checker.check(wrong).text()).startsWith("not linearizable").contains("never written");
    }

    @Test
    void theSameHistoryHasTheSameVerdict() {
        var plan = new LongHistory(SEED, 10, 2, 500, 3, 10, false);
        var checker = new Checker(new KeyValueStore(), Limits.standard());

        assertThat(checker.check(plan.record())).isEqualTo(checker.check(plan.record()));
    }
}
