package dev.scrubjay.history;

import java.io.IOException;
import java.util.Locale;

/// How a file writes a history.
public enum Format {
    /// One event a line, an object of JSON. What Scrubjay records.
    JSON_LINES,
    /// One event a line, a map of EDN, as Jepsen writes it.
    EDN,
    /// The lines of Jepsen's log that say what its clients do. Read, but not written: they lack the times.
    JEPSEN_LOG;

    private static final String COMPRESSED = ".gz";

    /// The format that a file's ending promises: `.edn` is EDN, everything else JSON lines.
    static Format toWrite(String name) {
        return ending(name).endsWith(".edn") ? EDN : JSON_LINES;
    }

    /// The format of what is about to be read. The ending decides where it says something; else the content
    /// does: only JSON begins with a brace and a quotation mark, and only the log names its writer without
    /// beginning as EDN does. The source is left where it was.
    static Format toRead(String name, Source source) throws IOException {
        var ending = ending(name);
        if (ending.endsWith(".edn")) {
            return EDN;
        }
        if (ending.endsWith(".jsonl") || ending.endsWith(".ndjson") || ending.endsWith(".json")) {
            return JSON_LINES;
        }
        if (ending.endsWith(".log")) {
            return JEPSEN_LOG;
        }
        var text = source.beginning().stripLeading();
        if (text.startsWith("{")) {
            return text.substring(1).stripLeading().startsWith("\"") ? JSON_LINES : EDN;
        }
        return !text.isEmpty() && "[(;#^,".indexOf(text.charAt(0)) < 0 && JepsenLog.isBegun(text) ? JEPSEN_LOG : EDN;
    }

    static boolean isCompressed(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith(COMPRESSED);
    }

    /// The end of a name, as if the file were not compressed.
    private static String ending(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        return isCompressed(name) ? lower.substring(0, lower.length() - COMPRESSED.length()) : lower;
    }
}
