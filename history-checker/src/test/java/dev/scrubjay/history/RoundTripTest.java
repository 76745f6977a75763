package dev.scrubjay.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is written is read again as it was.
final class RoundTripTest {
    @TempDir
    Path folder;

    @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE)
    void aHistoryIsReadAsItWasWritten(@ForAll("histories") History history, @ForAll("written") Format format)
            throws IOException {
        assertThat(read(written(history, format))).isEqualTo(history);
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void aHistoryMayChangeItsFormatAndBack(@ForAll("histories") History history) throws IOException {
        var edn = written(history, Format.EDN);

        assertThat(written(read(written(read(edn), Format.JSON_LINES)), Format.EDN))
                .isEqualTo(edn);
    }

    @Test
    void aFileIsWrittenInTheFormatOfItsEnding() throws IOException {
        var history = Histories.parse("{:type :invoke, :process 0, :f :get, :value {:key \"k\"}}", "a.edn");

        for (var name : new String[] {"a.edn", "a.jsonl", "a.history"}) {
            Histories.write(history, folder.resolve(name));
            assertThat(Histories.read(folder.resolve(name))).isEqualTo(history);
        }

        assertThat(folder.resolve("a.edn"))
                .content()
                .isEqualTo("{:type :invoke, :process 0, :f :get, :value {:key \"k\"}, :time 0, :index 0}\n");
        assertThat(folder.resolve("a.jsonl"))
                .content()
                .isEqualTo("{\"index\":0,\"type\":\"invoke\",\"process\":0,\"time\":0,\"f\":\"get\","
                        + "\"value\":{\"key\":\"k\"}}\n");
        assertThat(folder.resolve("a.history")).hasSameTextualContentAs(folder.resolve("a.jsonl"));
    }

    @Test
    void numbersOfTheSameWorthAreOneValue() {
        assertThat(Value.number(new BigDecimal("1.000"))).isEqualTo(Value.number(1));
        assertThat(Value.number(new BigDecimal("1e3"))).isEqualTo(Value.number(1000));
        assertThat(Value.number(new BigDecimal("0.00"))).isEqualTo(Value.number(0));
        assertThat(Value.number(new BigDecimal("2.50"))).isEqualTo(Value.number(new BigDecimal("2.5")));
        assertThat(Value.number(new BigDecimal(Long.MIN_VALUE))).isEqualTo(Value.number(Long.MIN_VALUE));
        assertThat(Value.number(new BigDecimal("9223372036854775808"))).isInstanceOf(Value.Decimal.class);
        assertThat(Value.number(new BigDecimal("1e999999999"))).isInstanceOf(Value.Decimal.class);
    }

    /// Through bytes, as files do it: a text that UTF-8 cannot hold would be lost there.
    private static String written(History history, Format format) throws IOException {
        var out = new StringWriter();
        Histories.write(history, format, out);
        return new String(out.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static History read(String text) {
        return Histories.parse(text, "history");
    }

    @Provide
    Arbitrary<Format> written() {
        return Arbitraries.of(Format.EDN, Format.JSON_LINES);
    }

    @Provide
    Arbitrary<History> histories() {
        return ArbitraryHistories.histories();
    }
}
