package dev.scrubjay.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/// Objects are found by what users call them.
final class SequentialObjectsTest {
    @Test
    void everyObjectIsFoundByItsName() {
        assertThat(SequentialObjects.names()).containsExactly("key-value-store", "register");
        for (var name : SequentialObjects.names()) {
            assertThat(SequentialObjects.named(name).name()).isEqualTo(name);
        }
    }

    @Test
    void aNameThatIsNoneIsRefusedWithThoseThatAre() {
        assertThatThrownBy(() -> SequentialObjects.named("queue"))
                .hasMessage("there is no object 'queue'; there are: key-value-store, register");
        assertThatThrownBy(() -> SequentialObjects.named("register:7"))
                .hasMessage("register takes nothing after a colon; leave out ':7'");
    }
}
