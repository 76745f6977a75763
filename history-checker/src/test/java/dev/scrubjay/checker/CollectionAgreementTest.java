package dev.scrubjay.checker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.history.Event;
import dev.scrubjay.history.History;
import dev.scrubjay.history.Operation;
import dev.scrubjay.history.Value;
import dev.scrubjay.object.Family;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The engines of collections agree with trying everything, and can show what they say.
final class CollectionAgreementTest {
    private static final int TRIES = 50_000;

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void theQueueEngineAgreesWithBruteForce(@ForAll long seed) {
        agree(Family.QUEUE, seed);
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void theLogEngineAgreesWithBruteForce(@ForAll long seed) {
        agree(Family.LOG, seed);
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void theSetEngineAgreesWithBruteForce(@ForAll long seed) {
        agree(Family.SET, seed);
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void thePriorityQueueEngineAgreesWithBruteForce(@ForAll long seed) {
        agree(Family.PRIORITY_QUEUE, seed);
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void theStackEngineAgreesWithBruteForce(@ForAll long seed) {
        agree(Family.STACK, seed);
    }

    /// What it takes to keep a value in grows with the operations, and so do the ways to get it wrong: so
    /// here are more of them than can be tried in every order.
    @Property(tries = TRIES / 2, edgeCases = EdgeCasesMode.NONE)
    void theEnginesAgreeWithTheSearch(@ForAll("givingBack") Family family, @ForAll long seed) {
        var history = SmallCollections.disturbed(family, new Random(seed));
        var object = new TestCollection(family);
        for (var part : Parts.of(object, history)) {
            if (object.engine().declines(part).isPresent()) {
                continue;
            }
            var outcome = object.engine().decide(part, new Budget(Limits.standard()));
            var isFound = outcome instanceof Outcome.Found;
            Statistics.label("linearizable")
                    .collect(isFound)
                    .coverage(coverage -> coverage.check(true).percentage(share -> share > 20 && share < 80));
            assertThat(isFound).as(() -> lines(history) + "\n" + outcome).isEqualTo(isFound(object, history));
            if (outcome instanceof Outcome.Contradicted(var numbers, var why)) {
                var named = part.operations(numbers);
                Statistics.label("operations named").collect(Math.min(named.size(), 6));
                assertThat(isFound(object, history(named)))
                        .as(() -> lines(history) + "\n" + why)
                        .isFalse();
            } else if (outcome instanceof Outcome.Found(var order)) {
                Certificate.check(object, history.operations(), part.operations(order), Integer.MAX_VALUE);
            }
        }
    }

    @Provide
    Arbitrary<Family> givingBack() {
        return Arbitraries.of(Family.QUEUE, Family.STACK, Family.PRIORITY_QUEUE);
    }

    private static boolean isFound(TestCollection object, History history) {
        var verdict = new Checker(object.unnamed(), Limits.standard()).check(history);
        assertThat(verdict).isNotInstanceOf(Verdict.Unknown.class);
        return verdict instanceof Verdict.Linearizable;
    }

    private static History history(List<Operation> operations) {
        return History.of(operations.stream()
                .flatMap(operation -> Stream.concat(Stream.of(operation.invocation()), operation.completion().stream()))
                .sorted(Comparator.comparingInt(Event::index))
                .toList());
    }

    /// Chance leaves nothing out here. The last columns say how many histories there are, and how many have
    /// an order: so that a loop that ran too short is seen.
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
            family         | operations | histories | right
            QUEUE          | 3          | 543       | 431
            QUEUE          | 4          | 15665     | 11057
            STACK          | 4          | 12475     | 8891
            PRIORITY_QUEUE | 4          | 68025     | 44898
            SET            | 4          | 25990     | 12433
            LOG            | 4          | 73645     | 14626
            """)
    void theEnginesAgreeWithBruteForceOnAllHistoriesOfAFewOperations(
            Family family, int operations, int histories, int right) {
        var object = new TestCollection(family);
        var counts = new int[2];
        AllCollections.visit(family, operations, history -> {
            for (var part : Parts.of(object, history)) {
                if (object.engine().declines(part).isEmpty()) {
                    counts[0]++;
                    counts[1] += agree(object, history, part) ? 1 : 0;
                }
            }
        });
        assertThat(counts).as("histories, and those with an order").containsExactly(histories, right);
    }

    private static void agree(Family family, long seed) {
        var history = SmallCollections.of(family, new Random(seed));
        var object = new TestCollection(family);
        for (var part : Parts.of(object, history)) {
            var isDeclined = object.engine().declines(part).isPresent();
            Statistics.label("declined")
                    .collect(isDeclined)
                    .coverage(coverage -> coverage.check(true).percentage(share -> share < 10));
            if (!isDeclined) {
                if (family == Family.QUEUE) {
                    Statistics.label("a removal is open")
                            .collect(history.operations().stream()
                                    .anyMatch(operation ->
                                            operation.isOpen() && !operation.f().equals("insert")))
                            .coverage(coverage -> coverage.check(true).percentage(share -> share > 10));
                }
                var isLinearizable = agree(object, history, part);
                Statistics.label("linearizable")
                        .collect(isLinearizable)
                        .coverage(coverage -> coverage.check(true).percentage(share -> share > 20 && share < 80));
            }
        }
    }

    /// Whether there is an order, as both say.
    private static boolean agree(TestCollection object, History history, Part<?> part) {
        var outcome = object.engine().decide(part, new Budget(Limits.standard()));
        var isFound = outcome instanceof Outcome.Found;
        if (isFound != BruteForce.isLinearizable(object, history.operations())) {
            throw new AssertionError(lines(history) + "\n" + outcome);
        }
        switch (outcome) {
            case Outcome.Found(var order) ->
                Certificate.check(object, history.operations(), part.operations(order), Integer.MAX_VALUE);
            case Outcome.Contradicted(var numbers, var why) -> contradict(object, part.operations(numbers), part, why);
            case Outcome.Refused refused -> throw new AssertionError(refused);
            case Outcome.Stopped stopped -> throw new AssertionError(stopped);
        }
        return isFound;
    }

    /// What is named has no order, and hides no operation on one of its values. Unless there are open
    /// removals, it has an order as soon as any of its values is left out.
    private static void contradict(TestCollection object, List<Operation> named, Part<?> part, String why) {
        assertThat(BruteForce.isLinearizable(object, named)).as(why).isFalse();
        if (object.family() == Family.SET || object.family() == Family.LOG || named.size() == 1) {
            return;
        }
        for (int i = 0; i < part.size(); i++) {
            var other = part.operation(i);
            if (named.stream().anyMatch(operation -> value(operation).equals(value(other)))) {
                assertThat(named)
                        .as(why)
                        .anyMatch(operation -> value(operation).equals(value(other))
                                && operation.f().equals(other.f()));
            }
        }
        if (named.stream()
                .noneMatch(operation -> operation.isOpen() && operation.f().equals("remove"))) {
            for (var left : named) {
                var rest = named.stream()
                        .filter(operation -> !value(operation).equals(value(left)))
                        .toList();
                assertThat(BruteForce.isLinearizable(object, rest)).as(why).isTrue();
            }
        }
    }

    /// What is the same for all operations on one value, and for no others.
    private static Object value(Operation operation) {
        return operation.f().equals("insert")
                ? operation.argument()
                : operation
                        .result()
                        .<Object>map(result -> result.equals(Value.absent()) ? operation : result)
                        .orElse(operation);
    }

    private static String lines(History history) {
        return history.events().stream().map(Event::toString).collect(Collectors.joining("\n"));
    }
}
