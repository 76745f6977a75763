package dev.scrubjay.history;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/// Reads histories from files and writes them.
///
/// What is written and read again is equal, in EDN and in JSON lines and across both.
public final class Histories {
    private static final int BUFFER = 1 << 16;

    private Histories() {}

    /// A history, and how the file wrote it.
    public record Loaded(History history, Format format) {}

    /// Reads a file in any format, compressed by gzip or not.
    ///
    /// @throws HistoryException where its content is no history; the message begins with file and line
    public static History read(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return load(in, file.toString()).history();
        }
    }

    /// Reads everything there is, in any format, compressed by gzip or not. The stream stays open.
    ///
    /// @param name what messages call it; an ending such as `.edn` or `.log.gz` decides the format, and the
    ///     content where it says nothing
    /// @throws HistoryException where that is no history; the message begins with the name and the line
    public static Loaded load(InputStream in, String name) throws IOException {
        try {
            return load(Source.of(in), name, Histories.class.getClassLoader());
        } catch (BrokenInput e) {
            throw e.in(name);
        }
    }

    /// Reads a text in any format.
    ///
    /// @param name what messages call it; an ending such as `.edn` decides the format
    public static History parse(String text, String name) {
        return parse(text, name, Histories.class.getClassLoader());
    }

    /// Reads a text.
    ///
    /// @param loader where Clojure is looked for, should its reader be needed
    static History parse(String text, String name, ClassLoader loader) {
        try {
            return load(new Source(text), name, loader).history();
        } catch (BrokenInput e) {
            throw e.in(name);
        } catch (IOException e) {
            throw new IllegalStateException("a string cannot be read", e);
        }
    }

    /// Writes a file: EDN where its name ends in `.edn`, else JSON lines; with `.gz` after that, compressed.
    public static void write(History history, Path file) throws IOException {
        var name = file.toString();
        try (var out = writer(Files.newOutputStream(file), Format.isCompressed(name))) {
            write(history, Format.toWrite(name), out);
        }
    }

    private static Writer writer(OutputStream file, boolean isCompressed) throws IOException {
        try {
            var out = isCompressed ? new GZIPOutputStream(file, BUFFER) : file;
            return new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), BUFFER);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /// Writes one event a line, as EDN or JSON lines. The writer stays open.
    public static void write(History history, Format format, Writer out) throws IOException {
        switch (format) {
            case JSON_LINES -> JsonLines.write(history, out);
            case EDN -> writeEdn(history, out);
            case JEPSEN_LOG ->
                throw new IllegalArgumentException("the lines of Jepsen's log have no times; write EDN or JSON lines");
        }
        out.flush();
    }

    private static void writeEdn(History history, Writer out) throws IOException {
        var text = new StringBuilder();
        for (var event : history.events()) {
            text.setLength(0);
            Edn.write(event, text);
            out.append(text.append('\n'));
        }
    }

    private static Loaded load(Source source, String name, ClassLoader loader) throws IOException {
        var format = Format.toRead(name, source);
        var reader = switch (format) {
            case JSON_LINES -> new JsonLines(source);
            case EDN -> new EdnReader(source, loader);
            case JEPSEN_LOG -> new JepsenLog(source, loader);
        };
        try {
            return new Loaded(read(reader), format);
        } catch (HistoryException e) {
            throw e.at(name + ":" + reader.line());
        }
    }

    private static History read(EventReader reader) throws IOException {
        var recorder = new Recorder();
        var draft = new Draft();
        int next = 0;
        while (reader.next(draft)) {
            next = draft.addTo(recorder, next);
            draft.clear();
        }
        return recorder.history();
    }
}
