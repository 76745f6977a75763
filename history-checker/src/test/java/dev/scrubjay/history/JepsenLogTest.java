package dev.scrubjay.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the lines of Jepsen's log mean.
final class JepsenLogTest {
    @Test
    void linesOfClientsAreEventsAndOthersAreNot() {
        var history = Histories.parse("""
                INFO  jepsen.core - Running test
                INFO  jepsen.util - 1\t:invoke\t:write\t3
                INFO  jepsen.util - :nemesis\t:info\t:start\tnil
                INFO  jepsen.util - 2 :invoke :cas [3 4]
                WARN  jepsen.client - 2 :invoke :read nil
                java.net.SocketTimeoutException: 1 :ok :write 3
                INFO  jepsen.util - 1\t:ok\t:write\t3
                INFO  jepsen.util - 2 nodes are left
                INFO  jepsen.util - 2\t:info\t:cas\t:timed-out
                2026-01-02 10:11:12,345{GMT}\tINFO\t[worker 3] jepsen.util: 3\t:invoke\t:read\tnil
                2026-01-02 10:11:12,345{GMT}\tINFO\t[worker 3] jepsen.util: 3\t:fail\t:read\tnil\t[:gone {:a "]"}]
                INFO  jepsen.util - 4\t:invoke\t:read
                INFO  jepsen.util - 4\t:fail\t:read\t) that "nobody can read
                """, "a.log");

        assertThat(history.operations())
                .extracting(Object::toString)
                .containsExactly(
                        "process 1 write 3 -> 3 (events 0 to 2)",
                        "process 2 cas [3 4] -> unknown (events 1 to 3)",
                        "process 3 read nil -> failed (events 4 to 5)",
                        "process 4 read nil -> failed (events 6 to 7)");
        assertThat(history.events().get(3).value()).isEqualTo(Value.text("timed-out"));
        assertThat(history.events().getLast().value()).isEqualTo(Value.text(") that \"nobody can read"));
    }

    /// Each after the invocation of a read by process 1.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            1 :okay :read 3     | a.log:2: type "okay" is none of: invoke, ok, fail, info
            1 :ok :read 3 4     | a.log:2: more than one value in '3 4'
            1 :ok :read [3      | a.log:2: not EDN: the file ends without the ']' for what begins on line 1
            1 :invoke :read nil | a.log:2: event 1: process 1 invokes 'read' while its 'read' of index 0 is not complete; a process has one operation at a time
            1 :ok :write 3      | a.log:2: event 1: process 1 completes 'write', but invoked 'read' at index 0; a completion repeats the f of its invocation
            2 :ok :read 3       | a.log:2: event 1: process 2 completes 'read', but has invoked nothing that is not complete; an 'invoke' comes first
            """)
    void whatIsNoHistoryIsRefusedInOneLine(String operation, String message) {
        assertThatThrownBy(() -> Histories.parse(
                        "INFO  jepsen.util - 1 :invoke :read nil\nINFO  jepsen.util - " + operation + "\n", "a.log"))
                .isInstanceOf(HistoryException.class)
                .hasMessage(message);
    }

    @Test
    void aLogWithoutOperationsIsNone() {
        assertThatThrownBy(() -> Histories.parse("{:type :invoke, :process 0, :f :read}\n", "a.log"))
                .hasMessage("a.log:1: no line is an operation, such as 'INFO  jepsen.util - 1 :invoke :write 3'; "
                        + "if this is no log of Jepsen, name it .edn or .jsonl");
        assertThat(Histories.parse("", "a.log").size()).isZero();
    }
}
