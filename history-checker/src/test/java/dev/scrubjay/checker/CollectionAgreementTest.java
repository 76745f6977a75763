package dev.scrubjay.checker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.history.Event;
import dev.scrubjay.history.History;
import dev.scrubjay.object.Family;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;

/// The engines of collections agree with trying everything, and can show what they say.
final class CollectionAgreementTest {
    private static final int TRIES = 50_000;

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void theQueueEngineAgreesWithBruteForce(@ForAll long seed) {
        agree(new QueueEngine(), Family.QUEUE, seed);
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void theLogEngineAgreesWithBruteForce(@ForAll long seed) {
        agree(new LogEngine(), Family.LOG, seed);
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void theSetEngineAgreesWithBruteForce(@ForAll long seed) {
        agree(new SetEngine(), Family.SET, seed);
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void thePriorityQueueEngineAgreesWithBruteForce(@ForAll long seed) {
        agree(new PriorityQueueEngine(TestCollection.BY_SIZE), Family.PRIORITY_QUEUE, seed);
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void theStackEngineAgreesWithBruteForce(@ForAll long seed) {
        agree(new StackEngine(), Family.STACK, seed);
    }

    private static void agree(Engine engine, Family family, long seed) {
        var history = SmallCollections.of(family, new Random(seed));
        var object = new TestCollection(family);
        var parts = Parts.of(object, history);
        if (parts.isEmpty()) {
            return;
        }
        var part = parts.getFirst();
        var isDeclined = engine.declines(part).isPresent();
        Statistics.label("declined")
                .collect(isDeclined)
                .coverage(coverage -> coverage.check(true).percentage(share -> share < 10));
        if (isDeclined) {
            return;
        }
        var isLinearizable = agree(engine, object, history, part);
        Statistics.label("linearizable")
                .collect(isLinearizable)
                .coverage(coverage -> coverage.check(true).percentage(share -> share > 20 && share < 80));
    }

    /// Whether there is an order, as both say.
    static boolean agree(Engine engine, TestCollection object, History history, Part<?> part) {
        var outcome = engine.decide(part, new Budget(Limits.standard()));
        assertThat(outcome instanceof Outcome.Found)
                .as(() -> lines(history) + "\n" + outcome)
                .isEqualTo(BruteForce.isLinearizable(object, history.operations()));
        switch (outcome) {
            case Outcome.Found(var order) ->
                Certificate.check(object, history.operations(), part.operations(order), Integer.MAX_VALUE);
            case Outcome.Contradicted(var operations, var why) -> {
                assertThat(BruteForce.isLinearizable(object, part.operations(operations)))
                        .as(() -> lines(history) + "\n" + why)
                        .isFalse();
            }
            case Outcome.Refused refused -> throw new AssertionError(refused);
            case Outcome.Stopped stopped -> throw new AssertionError(stopped);
        }
        return outcome instanceof Outcome.Found;
    }

    private static String lines(History history) {
        return history.events().stream().map(Event::toString).collect(Collectors.joining("\n"));
    }
}
