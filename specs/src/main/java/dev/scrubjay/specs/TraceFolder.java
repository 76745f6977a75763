package dev.scrubjay.specs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tlc2.value.impl.Value;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/// What the process of TLC and its parent tell each other about traces, in files of a run's folder.
///
/// Not over standard output: TLC prints there in whatever encoding it finds, and its lines are for people.
///
/// @param path the folder of the run
record TraceFolder(Path path) {
    private static final JsonFactory JSON =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    /// How far a trace was explained.
    ///
    /// @param run the number of the trace, counted from 1
    /// @param explained how many of its events; -1 if not even a first state was found
    /// @param gapless whether every smaller number was noted too
    /// @param state the state after those events, as TLC prints it
    record Note(int run, int explained, boolean gapless, String state) {}

    /// What the child reads. The texts are JSON, looked at before.
    void writeInput(String parameters, List<List<String>> traces) throws IOException {
        Files.writeString(parametersFile(), parameters);
        Files.writeString(
                tracesFile(),
                traces.stream()
                        .map(events -> "[" + String.join(",\n", events) + "]")
                        .collect(Collectors.joining(",\n", "[", "]")));
    }

    Value parameters() throws IOException {
        return read(parametersFile());
    }

    Value traces() throws IOException {
        return read(tracesFile());
    }

    private static Value read(Path file) throws IOException {
        try (var json = JSON.createParser(ObjectReadContext.empty(), file)) {
            json.nextToken();
            var value = TlaJson.value(json);
            // Workers share it, and TLC sorts the fields of a record when it first needs them sorted.
            value.deepNormalize();
            return value;
        }
    }

    void writeNotes(List<Note> notes) throws IOException {
        try (var json = JSON.createGenerator(ObjectWriteContext.empty(), notesFile(), JsonEncoding.UTF8)) {
            json.writeStartArray();
            for (var note : notes) {
                json.writeStartArray();
                json.writeNumber(note.run());
                json.writeNumber(note.explained());
                json.writeBoolean(note.gapless());
                json.writeString(note.state());
                json.writeEndArray();
            }
            json.writeEndArray();
        }
    }

    /// What the child noted. A file that is not whole is no JSON, and an exception.
    List<Note> notes() {
        var notes = new ArrayList<Note>();
        try (var json = JSON.createParser(ObjectReadContext.empty(), notesFile())) {
            json.nextToken();
            while (json.nextToken() == JsonToken.START_ARRAY) {
                notes.add(new Note(
                        json.nextIntValue(-1),
                        json.nextIntValue(-1),
                        Boolean.TRUE.equals(json.nextBooleanValue()),
                        String.valueOf(json.nextStringValue())));
                json.nextToken();
            }
        }
        return notes;
    }

    private Path parametersFile() {
        return path.resolve("parameters.json");
    }

    private Path tracesFile() {
        return path.resolve("traces.json");
    }

    private Path notesFile() {
        return path.resolve("explained.json");
    }
}
