package dev.scrubjay.history;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Reads histories from files and writes them.
///
/// What is written and read again is equal, in either format and across both.
public final class Histories {
    private Histories() {}

    /// Reads a file in either format.
    ///
    /// @throws HistoryException where its content is no history; the message begins with file and line
    public static History read(Path file) throws IOException {
        try (var in = Files.newBufferedReader(file)) {
            return read(in, file.toString());
        } catch (CharacterCodingException e) {
            throw new HistoryException(file + ": is not UTF-8; a history is a text file of JSON lines or EDN");
        }
    }

    /// Reads a text in either format.
    ///
    /// @param name what messages call it; an ending such as `.edn` decides the format
    public static History parse(String text, String name) {
        try (var in = new BufferedReader(new StringReader(text))) {
            return read(in, name);
        } catch (IOException e) {
            throw new IllegalStateException("a string cannot be read", e);
        }
    }

    /// Writes a file: EDN where its name ends in `.edn`, else JSON lines.
    public static void write(History history, Path file) throws IOException {
        try (var out = Files.newBufferedWriter(file)) {
            write(history, Format.toWrite(file.toString()), out);
        }
    }

    /// Writes one event a line. The writer stays open.
    public static void write(History history, Format format, Writer out) throws IOException {
        for (var event : history.events()) {
            out.append(
                    switch (format) {
                        case JSON_LINES -> JsonLines.text(event);
                        case EDN -> Edn.text(event);
                    });
            out.append('\n');
        }
        out.flush();
    }

    private static History read(BufferedReader in, String name) throws IOException {
        var reader = switch (Format.toRead(name, in)) {
            case JSON_LINES -> new JsonLines(in);
            case EDN -> new EdnReader(in);
        };
        try {
            return read(reader);
        } catch (HistoryException e) {
            throw e.at(name + ":" + reader.line());
        }
    }

    private static History read(FormReader reader) throws IOException {
        var recorder = new Recorder();
        int next = 0;
        for (var form = reader.next(); form.isPresent(); form = reader.next()) {
            var event = Form.event(form.get(), next);
            event.ifPresent(recorder::add);
            // What is passed over has its index too: Jepsen counts it.
            next = event.map(Event::index).orElse(next) + 1;
        }
        return recorder.history();
    }
}
