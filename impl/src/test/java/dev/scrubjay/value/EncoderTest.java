package dev.scrubjay.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scrubjay.value.Decoder.MalformedException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Encoder and decoder, one the other's opposite.
final class EncoderTest {
    @Provide
    Arbitrary<String> texts() {
        return Values.texts();
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void textIsReadAsItWasWritten(@ForAll("texts") String text) {
        assertThat(Decoder.ofFrame(new Encoder().put(text).framed()).text()).isEqualTo(text);
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void textWithoutALengthIsReadToTheEnd(@ForAll("texts") String text) {
        var bytes = new Encoder().put(true).putLast(text).bytes();
        var decoder = Decoder.of(bytes);

        assertThat(decoder.flag("a yes")).isTrue();
        assertThat(decoder.lastText()).isEqualTo(text);
        decoder.end();
        assertThat(bytes).hasSize(1 + text.getBytes(StandardCharsets.UTF_8).length);
    }

    /// UTF-8 has no bytes for half a character. Replaced by a question mark, one key would become another's.
    @ParameterizedTest
    @ValueSource(strings = {"\uD83D", "\uDC26", "a\uD83Db", "\uDC26\uD83D"})
    void halfACharacterIsRefused(String text) {
        assertThatThrownBy(() -> new Encoder().put(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("surrogate");
        assertThatThrownBy(() -> new Encoder().putLast(text)).isInstanceOf(IllegalArgumentException.class);
    }

    /// Each row is text that some reader somewhere would take: overlong, half a character, cut off, no
    /// beginning.
    @ParameterizedTest
    @CsvSource({"C0 80", "ED A0 80", "F0 9F 90", "80", "FF", "F5 80 80 80"})
    void textThatIsNotUtf8IsRefused(String hex) {
        var bytes = Damage.bytes(hex);
        var encoder = new Encoder().put(bytes.length);
        for (byte b : bytes) {
            encoder.put(b);
        }
        var decoder = Decoder.ofFrame(encoder.framed());

        assertThatThrownBy(decoder::text)
                .isExactlyInstanceOf(MalformedException.class)
                .hasMessage("text that is not UTF-8 before byte " + (Decoder.HEAD + Integer.BYTES + bytes.length));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 5})
    void aLengthThatLeadsOutsideIsRefusedBeforeAnythingIsMadeForIt(int length) {
        var bytes = new Encoder().put(length).put(0).framed();
        long before = allocated();

        assertThatThrownBy(() -> Decoder.ofFrame(bytes).text())
                .isExactlyInstanceOf(MalformedException.class)
                .hasMessage("a count of " + length + " with 4 bytes left");
        assertThat(allocated() - before).isLessThan(50_000_000);
    }

    @Test
    void aBodyThatIsSaidToBeHugeIsRefusedBeforeAnythingIsMadeForIt() {
        var bytes = new Encoder().put(1L).framed();
        bytes[0] = 0x7F;
        long before = allocated();

        assertThatThrownBy(() -> Decoder.ofFrame(bytes))
                .isExactlyInstanceOf(MalformedException.class)
                .hasMessage("a body of 2130706440 bytes said, and 8 there");
        assertThat(allocated() - before).isLessThan(50_000_000);
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    @Test
    void whatIsShorterThanAHeadIsRefused() {
        assertThatThrownBy(() -> Decoder.ofFrame(new byte[7]))
                .isExactlyInstanceOf(MalformedException.class)
                .hasMessage("a frame of 7 bytes; its head alone has 8");
    }

    /// Says both, so that whoever reads it sees which of the two was damaged.
    @Test
    void aChecksumThatIsWrongIsSaidWithTheRightOne() {
        var bytes = new Encoder().put(1L).framed();
        bytes[bytes.length - 1] = 2;

        assertThatThrownBy(() -> Decoder.ofFrame(bytes))
                .isExactlyInstanceOf(MalformedException.class)
                .hasMessageMatching("checksum [0-9a-f]+, expected [0-9a-f]+");
    }

    @Test
    void whatFollowsIsRefused() {
        var decoder = Decoder.ofFrame(new Encoder().put(1L).put(2L).framed());
        decoder.number();

        assertThatThrownBy(decoder::end)
                .isExactlyInstanceOf(MalformedException.class)
                .hasMessage("8 bytes too many at byte 16");
    }

    @Test
    void whatEndsTooEarlyIsRefused() {
        var decoder = Decoder.ofFrame(new Encoder().put(1).framed());

        assertThatThrownBy(decoder::number)
                .isExactlyInstanceOf(MalformedException.class)
                .hasMessage("ends 4 bytes short at byte 8");
    }

    /// Each row is a kind of thing and a number that means nothing there.
    @ParameterizedTest
    @CsvSource({
        "request, 0",
        "request, 5",
        "request, -1",
        "reply, 0",
        "reply, 8",
        "reply, -1",
        "entry, 0",
        "entry, 7",
        "entry, -1",
        "replica, 0",
        "replica, 3",
        "presence of a value, 2",
        "presence of a value, -1"
    })
    void aKindThatIsNotKnownIsNamed(String what, byte kind) {
        var decoder = Decoder.ofFrame(new Encoder().put(kind).framed());

        assertThatThrownBy(() -> {
                    switch (what) {
                        case "request" -> decoder.request();
                        case "reply" -> decoder.reply();
                        case "entry" -> decoder.entry();
                        case "replica" -> decoder.site();
                        default -> decoder.maybeValue();
                    }
                })
                .isExactlyInstanceOf(MalformedException.class)
                .hasMessage("kind " + kind + " of " + what + " before byte 9 is not known to this version");
    }
}
