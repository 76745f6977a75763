package dev.scrubjay.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scrubjay.specs.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The reader of traces: what it puts together, and what it refuses.
final class TraceFileTest {
    private static final String HEADER =
            "{\"trace\":1,\"node\":\"a\",\"build\":\"x\",\"groups\":{\"1\":[\"a.1\",\"b.1\"]}}";

    @TempDir
    Path folder;

    private static String event(String replica, int count, int order) {
        return "{\"group\":1,\"replica\":\"" + replica + "\",\"count\":" + count + ",\"order\":" + order
                + ",\"now\":1,\"action\":\"Restart\"}";
    }

    @Test
    void theTracesOfAllNodesAreOneInTheOrderOfTheirMessages() throws IOException {
        Files.write(folder.resolve("a.ndjson"), List.of(HEADER, event("a.1", 1, 2), event("a.1", 2, 5)));
        Files.write(folder.resolve("b.ndjson"), List.of(HEADER, event("b.1", 1, 2), event("b.1", 2, 3)));
        Files.writeString(folder.resolve("notes.txt"), "not a trace");

        assertThat(TraceFile.read(folder).of(1))
                .extracting(event -> event.replica() + event.order())
                .containsExactly("a.12", "b.12", "b.13", "a.15");
        assertThat(TraceFile.read(folder).of(2)).isEmpty();
    }

    /// By their orders b's event would stand first: no message ties it to those of a.
    @Test
    void theLinesOfOneFileStayInTheOrderInWhichTheyHappened() throws IOException {
        var file = folder.resolve("all.ndjson");
        Files.write(file, List.of(HEADER, event("a.1", 1, 8), event("b.1", 1, 2), event("a.1", 2, 9)));

        assertThat(TraceFile.read(file).of(1))
                .extracting(event -> event.replica() + event.order())
                .containsExactly("a.18", "b.12", "a.19");
    }

    @Test
    void aRefusedLineIsNamedByFileAndNumber() throws IOException {
        var file = folder.resolve("t.ndjson");
        Files.write(file, List.of(HEADER, event("a.1", 1, 1), "{\"group\":1"));

        assertThatThrownBy(() -> TraceFile.read(file))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(file + ":3: not JSON: ")
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"group":1}                                                             | t:1: a trace begins with its header
                    []                                                                      | t:1: each line of a trace is one JSON object
                    {"trace":2,"node":"a","groups":{}}                                      | t:1: version 2 of a trace; version 1 is known here
                    {"trace":1,"node":"a"}                                                  | t:1: the header lacks 'groups'
                    {"trace":1,"node":"a","groups":{"1":[]}}                                | t:1: group 1 has no list of replicas
                    {"trace":1,"node":"a","groups":{"one":["a.1"]}}                         | t:1: 'one' is no number of a group
                    """)
    void aHeaderThatIsNoneIsRefused(String line, String message) {
        assertThatThrownBy(() -> TraceFile.of("t", List.of(line)))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"group":"1","replica":"a.1","count":1,"order":9,"action":"Stand"}      | t:3: an event needs a whole number as 'group'
                    {"group":1,"count":2,"order":9,"action":"Stand"}                        | t:3: an event needs a text as 'replica'
                    {"group":1,"replica":"a.1","count":2,"order":9,"action":7}              | t:3: an event needs a text as 'action'
                    {"group":1,"replica":"d.1","count":1,"order":9,"action":"Stand"}        | t:3: no header says that d.1 takes part in group 1
                    {"group":1,"replica":"a.1","count":3,"order":9,"action":"Stand"}        | t:3: count 3 of a.1 in group 1, expected 2
                    {"group":1,"replica":"a.1","count":2,"order":5,"action":"Stand"}        | t:3: order 5 is not above 5
                    """)
    void anEventThatIsNobodysIsRefused(String line, String message) {
        assertThatThrownBy(() -> TraceFile.of("t", List.of(HEADER, event("a.1", 1, 5), line)))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void whatIsNotThereOrNotTextIsRefused() throws IOException {
        var binary = Files.write(folder.resolve("x.ndjson"), new byte[] {'{', (byte) 0xff, '\n'});
        var empty = Files.createDirectory(folder.resolve("empty"));

        assertThatThrownBy(() -> TraceFile.read(binary)).hasMessage(binary + ": not a trace: it is not UTF-8 text");
        assertThatThrownBy(() -> TraceFile.read(folder.resolve("gone"))).hasMessageContaining("there is no such file");
        assertThatThrownBy(() -> TraceFile.read(empty)).hasMessageContaining("no file in it ends in .ndjson");
        assertThatThrownBy(() -> TraceFile.of("t", List.of())).hasMessageStartingWith("t: empty; a trace begins");
    }
}
