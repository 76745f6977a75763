package dev.scrubjay.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How files become text: endings, compression, and what is no text.
final class LoadingTest {
    private static final String JSON = """
            {"type":"invoke","process":0,"f":"read"}
            {"type":"ok","process":0,"f":"read","value":"é"}
            """;
    private static final String EDN = """
            {:type :invoke, :process 0, :f :read}
            {:type :ok, :process 0, :f :read, :value "é"}
            """;
    private static final String LOG = """
            INFO  jepsen.core - Worker 0 starting
            INFO  jepsen.util - 0\t:invoke\t:read\tnil
            INFO  jepsen.util - :nemesis\t:info\t:start\tnil
            INFO  jepsen.util - 0\t:ok\t:read\t"é"
            """;

    @TempDir
    Path folder;

    /// The ending decides; without a known one, the content does.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            h.edn       | EDN
            H.EDN       | EDN
            h.edn.gz    | EDN
            h.jsonl     | JSON_LINES
            h.ndjson.gz | JSON_LINES
            h.json      | JSON_LINES
            h.log       | JEPSEN_LOG
            h.log.gz    | JEPSEN_LOG
            """)
    void theEndingSaysTheFormat(String name, Format format) throws IOException {
        var text = text(format);

        assertThat(load(bytes(text), name).format()).isEqualTo(format);
        assertThat(load(compressed(bytes(text)), name).history()).isEqualTo(Histories.parse(EDN, "h"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"EDN", "JSON_LINES", "JEPSEN_LOG"})
    void theContentSaysTheFormatWhereTheNameDoesNot(Format format) throws IOException {
        for (var name : List.of("standard input", "h.txt", "h", "h.gz")) {
            var loaded = load(bytes(" \n" + text(format)), name);

            assertThat(loaded.format()).isEqualTo(format);
            assertThat(loaded.history()).isEqualTo(Histories.parse(EDN, "h"));
            assertThat(load(compressed(bytes(text(format))), name)).isEqualTo(loaded);
        }
    }

    @Test
    void filesAreCompressedWhereTheirNamesSayIt() throws IOException {
        var history = Histories.parse(EDN, "h");
        for (var name : List.of("a.edn.gz", "a.jsonl.gz", "a.GZ")) {
            Histories.write(history, folder.resolve(name));

            assertThat(folder.resolve(name))
                    .satisfies(file -> assertThat(file).binaryContent().startsWith(0x1f, 0x8b));
            assertThat(Histories.read(folder.resolve(name))).isEqualTo(history);
        }
    }

    @Test
    void aByteOrderMarkIsNoContent() throws IOException {
        assertThat(load(bytes("\ufeff" + JSON), "h").format()).isEqualTo(Format.JSON_LINES);
    }

    /// Every place in a file is at the end of a buffer once.
    @Test
    void whatStandsAcrossBuffersIsReadAsElsewhere() throws IOException {
        var event =
                "{:type :invoke, :process 12345, :f :a-name, :value {:k \"te\\nxt\", \\newline -42, [é] #{1.5 \\a}}, "
                        + ":tag #a/b #_ no [nil ##Inf 1/3]}";
        var expected = Histories.parse(event, "h");
        for (int blanks = 0; blanks < 200; blanks++) {
            var text = "\n".repeat((1 << 15) - blanks) + event;

            assertThat(load(bytes(text), "h.edn").history()).isEqualTo(expected);
        }
    }

    @Test
    void aCompressedFileThatWasCutOffIsRefusedWhereItEnds() throws IOException {
        var whole = compressed(bytes(JSON.repeat(3)));

        for (int length = 3; length < whole.length; length++) {
            var cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> load(cut, "h.jsonl.gz"))
                    .isInstanceOf(HistoryException.class)
                    .hasMessageMatching(
                            "h.jsonl.gz:[1-7]: the file ends in the middle of what gzip wrote; copy or record it once more");
        }
    }

    @Test
    void aCompressedFileWithADamagedPlaceIsRefused() throws IOException {
        var damaged = compressed(bytes(JSON.repeat(1_000)));
        damaged[damaged.length - 6] ^= 1;

        assertThatThrownBy(() -> load(damaged, "h"))
                .hasMessage(
                        "h:2001: gzip cannot undo what it wrote (Corrupt GZIP trailer); copy or record it once more");
    }

    @ParameterizedTest
    @ValueSource(strings = {"EDN", "JSON_LINES", "JEPSEN_LOG"})
    void aFileThatIsNoTextIsRefusedWithItsLine(Format format) throws IOException {
        var good = bytes(text(format));
        int lines = (int) text(format).lines().count();

        assertThatThrownBy(() -> load(joined(good, new byte[] {'{', (byte) 0xff, '}'}), name(format)))
                .hasMessage(name(format) + ":" + (lines + 1)
                        + ": is not UTF-8; a history is a text file of JSON lines, EDN or the lines of Jepsen's log, "
                        + "and gzip may have compressed it");
        assertThatThrownBy(() -> load(joined(good, new byte[] {' ', 0, '\n'}), name(format)))
                .hasMessage(name(format) + ":" + (lines + 1)
                        + ": holds a byte of value 0, which no text has; a history is a text file of JSON lines, EDN or "
                        + "the lines of Jepsen's log");
        assertThatThrownBy(() -> load(joined(good, new byte[] {(byte) 0xc3}), name(format)))
                .hasMessageStartingWith(name(format) + ":" + (lines + 1) + ": is not UTF-8");
    }

    @Test
    void whatIsNoTextFromTheStartIsRefused() {
        assertThatThrownBy(() -> load(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0}, "program"))
                .hasMessageStartingWith("program:1: ");
        assertThatThrownBy(() -> load(new byte[] {0, 0, 0}, "zeros")).hasMessageStartingWith("zeros:1: holds a byte");
        assertThatThrownBy(() -> load(new byte[] {'P', 'K', 3, 4, (byte) 0x9c}, "h.zip"))
                .hasMessageStartingWith("h.zip:1: is not UTF-8");
    }

    /// Of each, more than a hundred million characters without an end.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            h.edn   | {:type :invoke :value "   | aaaaaaaaa
            h.edn   | ; a comment               | aaaaaaaaa
            h.edn   | {:type :invoke :value     | aaaaaaaaa
            h.edn   | {:type :invoke :value     | 999999999
            h.edn   | {:type :invoke :value [   | ~ 1234567~
            h.edn   | {:type :invoke :value #{  | ~ [] ~
            h.jsonl | {"type":"invoke","value":" | aaaaaaaaa
            h.jsonl | {"type":"invoke","value":[1 | ~,1234567~
            h.jsonl | {"type":"invoke","error":[1 | ~,1234567~
            h.log   | INFO                      | aaaaaaaaa
            h       | a                         | aaaaaaaaa
            """)
    void aLineWithoutEndIsRefused(String name, String begin, String rest) {
        var endless = new SequenceInputStream(Collections.enumeration(
                List.of(new ByteArrayInputStream(bytes(begin)), repeated(bytes(rest), 110_000_000))));

        assertThatThrownBy(() -> Histories.load(endless, name))
                .isInstanceOf(HistoryException.class)
                .hasMessage(
                        name + ":1: what begins here is longer than the 16,777,216 characters that an event may have; "
                                + "a history has one event after the other, on lines of their own");
    }

    @Test
    void manyEventsMayStandOnOneLine() throws IOException {
        var event = "{:type :invoke :f :read :process ";
        var text = new StringBuilder("[");
        for (int i = 0; i < 500_000; i++) {
            text.append(event).append(i).append("} ");
        }

        assertThat(text.length()).isGreaterThan(Source.EVENT_MAX);
        assertThat(load(bytes(text.append(']').toString()), "h").history().size())
                .isEqualTo(500_000);
    }

    private static String text(Format format) {
        return switch (format) {
            case EDN -> EDN;
            case JSON_LINES -> JSON;
            case JEPSEN_LOG -> LOG;
        };
    }

    private static String name(Format format) {
        return switch (format) {
            case EDN -> "h.edn";
            case JSON_LINES -> "h.jsonl";
            case JEPSEN_LOG -> "h.log";
        };
    }

    private static Histories.Loaded load(byte[] bytes, String name) throws IOException {
        return Histories.load(new ByteArrayInputStream(bytes), name);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] compressed(byte[] bytes) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private static byte[] joined(byte[] first, byte[] second) {
        var both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static InputStream repeated(byte[] bytes, long length) {
        return new InputStream() {
            private long at;

            @Override
            public int read() {
                return at == length ? -1 : bytes[(int) (at++ % bytes.length)];
            }

            @Override
            public int read(byte[] into, int from, int most) {
                int count = (int) Math.min(most, length - at);
                for (int i = 0; i < count; i++) {
                    into[from + i] = (byte) read();
                }
                return count == 0 && most > 0 ? -1 : count;
            }
        };
    }
}
