package dev.scrubjay.history;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Locale;

/// How a file writes a history.
public enum Format {
    /// One event a line, an object of JSON. What Scrubjay records.
    JSON_LINES,
    /// One event a line, a map of EDN, as Jepsen writes it.
    EDN;

    private static final int LOOK_AHEAD_MAX = 8_192;

    /// The format that a file's ending promises: `.edn` is EDN, everything else JSON lines.
    static Format toWrite(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith(".edn") ? EDN : JSON_LINES;
    }

    /// The format of what is about to be read. The ending decides where it says something; else the content
    /// does: only JSON begins with a brace and a quotation mark. The reader is left where it was.
    static Format toRead(String name, BufferedReader in) throws IOException {
        var lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".edn")) {
            return EDN;
        }
        if (lower.endsWith(".jsonl") || lower.endsWith(".ndjson") || lower.endsWith(".json")) {
            return JSON_LINES;
        }
        in.mark(LOOK_AHEAD_MAX);
        var begin = new StringBuilder();
        for (int i = 0; i < LOOK_AHEAD_MAX && begin.length() < 2; i++) {
            int c = in.read();
            if (c < 0) {
                break;
            }
            if (!Character.isWhitespace(c)) {
                begin.append((char) c);
            }
        }
        in.reset();
        return begin.toString().equals("{\"") ? JSON_LINES : EDN;
    }
}
