package dev.scrubjay.object;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.history.Histories;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which object a history is about is taken from its operations only where they leave no doubt.
final class GuessTest {
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', nullValues = "-", textBlock = """
            operations                              | object
            write 1; cas [1 2]                      | register
            write [1 2]; read nil                   | register
            write [:k 1]; read [:k nil]             | independent:register
            cas [1 2]                               | register
            get {:key 1}                            | key-value-store
            get [1 nil]                             | append-store
            get nil                                 | -
            txn [[:read :x nil]]                    | multi-register
            add 1                                   | -
            add 1; read nil => 1                    | counter
            add 1; read nil => [1]                  | set
            add 1; contains 1 => true               | set
            append 1; read nil => [1]               | log
            enqueue 1; dequeue nil => 1             | queue
            push 1                                  | stack
            insert 1; delete-min nil => 1           | priority-queue
            acquire nil                             | mutex
            acquire "a"; release "a"                | lock
            acquire "a"; release ["a" 1]            | fenced-lock
            acquire "a"                             | -
            read nil                                | -
            fly 1                                   | -
            """)
    void anObjectIsGuessed(String operations, String object) {
        var text = new StringBuilder();
        for (var operation : operations.split(";", -1)) {
            var argumentAndResult = operation.trim().split(" => ", -1);
            var words = argumentAndResult[0].split(" ", 2);
            var result = argumentAndResult.length == 1 ? words[1] : argumentAndResult[1];
            text.append("{:process 0, :type :invoke, :f :%s, :value %s}\n".formatted(words[0], words[1]));
            text.append("{:process 0, :type :ok, :f :%s, :value %s}\n".formatted(words[0], result));
        }

        assertThat(Guess.name(Histories.parse(text.toString(), "h.edn")).orElse("-"))
                .isEqualTo(object == null ? "-" : object);
    }
}
