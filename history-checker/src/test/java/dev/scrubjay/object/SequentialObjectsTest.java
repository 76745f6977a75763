package dev.scrubjay.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scrubjay.checker.Clients;
import org.junit.jupiter.api.Test;

/// Objects are found by what users call them.
final class SequentialObjectsTest {
    @Test
    void everyObjectIsFoundByItsName() {
        assertThat(SequentialObjects.names())
                .containsExactly(
                        "append-store",
                        "cas-register",
                        "clojure",
                        "counter",
                        "fenced-lock",
                        "independent",
                        "java",
                        "key-value-store",
                        "lock",
                        "log",
                        "multi-register",
                        "mutex",
                        "priority-queue",
                        "queue",
                        "register",
                        "set",
                        "stack");
        for (var name : Clients.all().keySet()) {
            assertThat(SequentialObjects.named(name).name()).isEqualTo(name);
        }
    }

    @Test
    void aNameThatIsNoneIsRefusedWithThoseThatAre() {
        assertThatThrownBy(() -> SequentialObjects.named("heap"))
                .hasMessage("there is no object 'heap'; there are: " + String.join(", ", SequentialObjects.names()));
        assertThatThrownBy(() -> SequentialObjects.named("register:7"))
                .hasMessage("register takes nothing after a colon; leave out ':7'");
    }
}
