package dev.scrubjay.object;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.history.Value;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/// Values have one order.
final class ValueOrderTest {
    @Test
    void valuesAreInOrder() {
        var inOrder = List.of(
                new Value.Truth(false),
                new Value.Truth(true),
                Value.number(-1),
                Value.number(new BigDecimal("0.5")),
                Value.number(1),
                Value.number(10),
                Value.text(""),
                Value.text("I"),
                Value.text("Ia"),
                Value.text("i"),
                Value.text("\uffee"),
                Value.text("\ud83d\ude00"),
                Value.text("\ud83d\ude01"),
                Value.text("\ud83e\udd10"),
                Value.sequence(),
                Value.sequence(Value.number(1)),
                Value.sequence(Value.number(1), Value.text("x")),
                Value.sequence(Value.number(2), Value.text("a")));

        for (int i = 0; i < inOrder.size(); i++) {
            for (int j = 0; j < inOrder.size(); j++) {
                assertThat(ValueOrder.INSTANCE.compare(inOrder.get(i), inOrder.get(j)))
                        .as("%s and %s", inOrder.get(i), inOrder.get(j))
                        .isEqualTo(Integer.compare(i, j));
            }
        }
        assertThat(ValueOrder.has(Value.absent())).isFalse();
        assertThat(ValueOrder.has(Value.sequence(Value.Mapping.of("a", Value.number(1)))))
                .isFalse();
    }

    @Property
    void textsGoByTheirCodePoints(@ForAll("texts") String one, @ForAll("texts") String other) {
        var left = one.codePoints().toArray();
        var right = other.codePoints().toArray();

        assertThat(Integer.signum(ValueOrder.INSTANCE.compare(Value.text(one), Value.text(other))))
                .isEqualTo(Integer.signum(Arrays.compare(left, right)));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of("a", "\ud83d\ude00", "\ud83d\ude01", "\ud83e\ude00", "\uffee", "\ud7ff")
                .list()
                .ofMaxSize(3)
                .map(parts -> String.join("", parts));
    }
}
