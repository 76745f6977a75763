package dev.scrubjay.checker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.history.Histories;
import dev.scrubjay.object.Family;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the engines of collections say, by example.
final class CollectionEngineTest {
    private static final String INSERT_1_AND_2 = """
            {:process 0 :type :invoke :f :insert :value 1}
            {:process 0 :type :ok     :f :insert}
            {:process 0 :type :invoke :f :insert :value 2}
            {:process 0 :type :ok     :f :insert}
            """;

    @Test
    void aQueueGivesBackFirstWhatWentInFirst() {
        assertThat(order(Family.QUEUE, INSERT_1_AND_2 + remove(1) + remove(2)))
                .containsExactly("insert 1", "insert 2", "remove 1", "remove 2");
        assertThat(why(Family.QUEUE, INSERT_1_AND_2 + remove(2) + remove(1)))
                .isEqualTo("process 0 insert 1 -> nil (events 0 to 1) was over before process 0 insert 2 -> nil"
                        + " (events 2 to 3) began, and yet process 1 remove nil -> 2 (events 4 to 5) was over before"
                        + " process 1 remove nil -> 1 (events 6 to 7) began");
    }

    @Test
    void aValueThatNobodyTakesOutStaysInFront() {
        assertThat(why(Family.QUEUE, INSERT_1_AND_2 + remove(2)))
                .isEqualTo("process 0 insert 1 -> nil (events 0 to 1) was over before process 0 insert 2 -> nil"
                        + " (events 2 to 3) began, and yet process 1 remove nil -> 2 (events 4 to 5) took out the"
                        + " second when nobody can have taken out the first");
    }

    @Test
    void anOpenRemovalMayHaveTakenTheValueInFront() {
        var open = """
                {:process 9 :type :invoke :f :remove}
                {:process 9 :type :info   :f :remove}
                """;

        assertThat(order(Family.QUEUE, INSERT_1_AND_2 + open + remove(2)))
                .containsExactly("insert 1", "insert 2", "remove ?", "remove 2");
        assertThat(why(Family.QUEUE, INSERT_1_AND_2 + remove(2) + open))
                .contains("nobody can have taken out the first");
    }

    /// A removal that nobody knows of is one because others with the same request removed something.
    @Test
    void anOpenRequestThatNoOtherOperationMadeIsDeclined() {
        assertThat(declines(Family.QUEUE, INSERT_1_AND_2 + """
                {:process 9 :type :invoke :f :remove}
                """))
                .isEqualTo("it is not known what process 9 remove nil -> unknown (event 4) did");
    }

    @ParameterizedTest
    @CsvSource({"QUEUE", "STACK", "PRIORITY_QUEUE"})
    void nothingIsFoundOnlyWhereNothingCanHaveBeenIn(Family family) {
        var overlapping = """
                {:process 2 :type :invoke :f :insert :value 2}
                {:process 0 :type :invoke :f :insert :value 1}
                {:process 0 :type :ok     :f :insert}
                {:process 1 :type :invoke :f :remove}
                %s
                {:process 3 :type :invoke :f :remove}
                %s
                {:process 3 :type :ok     :f :remove :value 1}
                {:process 1 :type :ok     :f :remove :value nil}
                """;
        var inserted = "{:process 2 :type :ok     :f :insert}";

        assertThat(why(family, overlapping.formatted(inserted, "")))
                .isEqualTo("process 1 remove nil -> nil (events 3 to 7) found nothing, but something was in all the"
                        + " time while it ran: 1, 2");
        assertThat(order(family, overlapping.formatted("", inserted)))
                .containsExactly("insert 1", "remove 1", "remove nil", "insert 2");
    }

    @Test
    void aStackGivesBackFirstWhatWentInLast() {
        assertThat(order(Family.STACK, INSERT_1_AND_2 + remove(2) + remove(1)))
                .containsExactly("insert 1", "insert 2", "remove 2", "remove 1");
        assertThat(why(Family.STACK, INSERT_1_AND_2 + remove(1) + remove(2)))
                .isEqualTo("process 0 insert 1 -> nil (events 0 to 1) was over before process 0 insert 2 -> nil"
                        + " (events 2 to 3) began, and yet process 1 remove nil -> 1 (events 4 to 5) took out the"
                        + " first while the second was still on top of it");
    }

    /// Any two of them have an order: 2 is below 1, and 3 is below 2. But then 3 is below 1, and went in
    /// later.
    @Test
    void ofThreeValuesOnAStackOneIsAtTheBottom() {
        assertThat(why(Family.STACK, """
                {:process 2 :type :invoke :f :insert :value 2}
                {:process 0 :type :invoke :f :insert :value 1}
                {:process 0 :type :ok     :f :insert}
                {:process 3 :type :invoke :f :insert :value 3}
                {:process 2 :type :ok     :f :insert}
                {:process 0 :type :invoke :f :remove}
                {:process 0 :type :ok     :f :remove :value 1}
                {:process 3 :type :ok     :f :insert}
                """ + remove(2) + remove(3)))
                .isEqualTo("one of the values 2, 1, 3 was at the bottom of the stack while any of them was on it, but"
                        + " each of them went in too late or came out too early for that");
    }

    @Test
    void aPriorityQueueGivesBackTheLeast() {
        assertThat(order(Family.PRIORITY_QUEUE, INSERT_1_AND_2 + remove(1) + remove(2)))
                .containsExactly("insert 1", "insert 2", "remove 1", "remove 2");
        assertThat(why(Family.PRIORITY_QUEUE, INSERT_1_AND_2 + remove(2)))
                .isEqualTo("process 1 remove nil -> 2 (events 4 to 5) took out 2, but something less was in all the"
                        + " time while it ran: 1");
    }

    @Test
    void aLogShowsWhatWentInEarlierInFront() {
        assertThat(order(Family.LOG, INSERT_1_AND_2 + read("[1 2]")))
                .containsExactly("insert 1", "insert 2", "read [1 2]");
        assertThat(why(Family.LOG, INSERT_1_AND_2 + read("[2 1]")))
                .isEqualTo("process 0 insert 1 -> nil (events 0 to 1) was over before process 0 insert 2 -> nil"
                        + " (events 2 to 3) began, and yet process 1 read nil -> [2 1] (events 4 to 5) shows the"
                        + " second without the first before it");
        assertThat(why(Family.LOG, INSERT_1_AND_2 + read("[1]")))
                .isEqualTo("process 0 insert 2 -> nil (events 2 to 3) was over before process 1 read nil -> [1]"
                        + " (events 4 to 5) began, and yet is not seen");
        assertThat(why(Family.LOG, INSERT_1_AND_2 + read("[1 1]")))
                .isEqualTo("process 1 read nil -> [1 1] (events 4 to 5) shows 1 twice, which was inserted once");
    }

    @Test
    void aSetShowsValuesInAnyOrder() {
        assertThat(order(Family.SET, INSERT_1_AND_2 + read("[2 1]")))
                .containsExactly("insert 1", "insert 2", "read [2 1]");
        assertThat(why(Family.SET, INSERT_1_AND_2 + read("[1]")))
                .isEqualTo("process 0 insert 2 -> nil (events 2 to 3) was over before process 1 read nil -> [1]"
                        + " (events 4 to 5) began, and yet is not seen");
        assertThat(why(Family.SET, INSERT_1_AND_2 + read("[1]") + read("[2]")))
                .isEqualTo("process 1 read nil -> [1] (events 4 to 5) and process 1 read nil -> [2] (events 6 to 7)"
                        + " each show a value that the other does not show, by process 0 insert 1 -> nil"
                        + " (events 0 to 1) and process 0 insert 2 -> nil (events 2 to 3)");
        assertThat(declines(Family.SET, INSERT_1_AND_2 + read("[1 1]")))
                .isEqualTo("process 1 read nil -> [1 1] (events 4 to 5) shows 1 twice");
    }

    @ParameterizedTest
    @CsvSource({"QUEUE", "STACK", "PRIORITY_QUEUE", "SET", "LOG"})
    void aValueThatIsInsertedTwiceIsDeclined(Family family) {
        assertThat(declines(family, INSERT_1_AND_2 + INSERT_1_AND_2)).isEqualTo("1 is inserted twice");
    }

    @Test
    void valuesOfAPriorityQueueThatCompareAsEqualAreDeclined() {
        var engine = new PriorityQueueEngine(
                Comparator.comparing(value -> value.getClass().getName()));

        assertThat(engine.declines(part(new TestCollection(Family.PRIORITY_QUEUE), INSERT_1_AND_2)))
                .contains("1 is neither less nor greater than 2");
    }

    @Test
    void anEngineDeclinesAnObjectOfAnotherFamily() {
        var engine = new QueueEngine();

        assertThat(engine.declines(part(new TestCollection(Family.STACK), INSERT_1_AND_2)))
                .contains("the object is of another family");
    }

    @ParameterizedTest
    @CsvSource({"QUEUE", "STACK", "PRIORITY_QUEUE"})
    void whatNobodyPutInDoesNotComeOut(Family family) {
        assertThat(why(family, remove(3)))
                .isEqualTo("process 1 remove nil -> 3 (events 0 to 1) took out what nobody put in");
        assertThat(why(family, INSERT_1_AND_2 + remove(1) + remove(1)))
                .isEqualTo("process 1 remove nil -> 1 (events 4 to 5) and process 1 remove nil -> 1 (events 6 to 7)"
                        + " both took out what was put in once");
    }

    private static String remove(int value) {
        return """
                {:process 1 :type :invoke :f :remove}
                {:process 1 :type :ok     :f :remove :value %d}
                """.formatted(value);
    }

    private static String read(String values) {
        return """
                {:process 1 :type :invoke :f :read}
                {:process 1 :type :ok     :f :read :value %s}
                """.formatted(values);
    }

    private static String declines(Family family, String history) {
        var object = new TestCollection(family);
        return object.engine().declines(part(object, history)).orElseThrow();
    }

    private static String why(Family family, String history) {
        return ((Outcome.Contradicted) decide(family, history)).why();
    }

    private static List<String> order(Family family, String history) {
        var order = new ArrayList<String>();
        for (var operation : part(new TestCollection(family), history)
                .operations(((Outcome.Found) decide(family, history)).order())) {
            var shown = operation.f().equals("insert")
                    ? operation.argument().toString()
                    : operation.result().map(Object::toString).orElse("?");
            order.add(operation.f() + " " + shown);
        }
        return order;
    }

    private static Outcome decide(Family family, String history) {
        var object = new TestCollection(family);
        return object.engine().decide(part(object, history), new Budget(Limits.standard()));
    }

    private static Part<?> part(TestCollection object, String history) {
        return Parts.of(object, Histories.parse(history, "history")).getFirst();
    }
}
