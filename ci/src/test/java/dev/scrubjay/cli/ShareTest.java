package dev.scrubjay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

final class ShareTest {
    @Property(tries = 100)
    void allSharesTogetherAreTheWholeAndNoneIsLargerByTwo(
            @ForAll @IntRange(max = 50) int size, @ForAll @IntRange(min = 1, max = 12) int shares) {
        var all = IntStream.range(0, size).boxed().toList();
        var together = new ArrayList<Integer>();
        for (int turn = 1; turn <= shares; turn++) {
            var share = new Share(turn, shares).of(all);
            assertThat(share.size()).isBetween(size / shares, (size + shares - 1) / shares);
            together.addAll(share);
        }

        assertThat(together).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void aShareIsWrittenAsAFraction() {
        assertThat(Share.parse("3/10")).isEqualTo(new Share(3, 10));
        assertThat(Share.ALL.of(List.of("a", "b"))).containsExactly("a", "b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "3", "0/3", "4/3", "3/0", "-1/3", "a/b", "1/3/5", "99999/99999"})
    void whatIsNoneIsRefused(String text) {
        assertThatThrownBy(() -> Share.parse(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessage("'" + text + "' is no share; write K/N with K from 1 to N, such as 3/10");
    }
}
