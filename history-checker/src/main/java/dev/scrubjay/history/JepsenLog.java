package dev.scrubjay.history;

import java.io.IOException;

/// The lines in which Jepsen tells a terminal or a log file what its clients do: `INFO  jepsen.util - 1
/// :invoke :write 3`.
///
/// Every other line is passed over, for such a log also says what the nemesis does and what goes wrong. What
/// follows a value, as a rule why an operation failed, is passed over too.
final class JepsenLog implements EventReader {
    /// Who writes the lines of operations.
    private static final String WRITER = "jepsen.util";

    private final Source source;
    private final ClassLoader loader;
    private int line = 1;
    private boolean hasOperation;

    JepsenLog(Source source, ClassLoader loader) {
        this.source = source;
        this.loader = loader;
    }

    /// Whether a text holds such a line, or begins one.
    static boolean isBegun(String text) {
        return text.contains(WRITER);
    }

    @Override
    public boolean next(Draft draft) throws IOException {
        var isEmpty = true;
        while (source.peek() != Source.END) {
            isEmpty = false;
            source.begin();
            line = source.line();
            if (operation(line(source), draft)) {
                hasOperation = true;
                return true;
            }
        }
        if (!hasOperation && !isEmpty) {
            throw new HistoryException("no line is an operation, such as 'INFO  " + WRITER
                    + " - 1 :invoke :write 3'; if this is no log of Jepsen, name it .edn or .jsonl");
        }
        return false;
    }

    @Override
    public int line() {
        return line;
    }

    private static String line(Source source) throws IOException {
        var text = new StringBuilder();
        for (int c = source.take(); c != '\n' && c != Source.END; c = source.take()) {
            text.append((char) c);
        }
        return text.toString();
    }

    /// Puts the parts of an operation's line into a draft.
    ///
    /// @return whether it is one: after the writer, and a dash or a colon, come a number, which is the
    /// process,
    ///     and two keywords
    private boolean operation(String line, Draft draft) throws IOException {
        int writer = line.indexOf(WRITER);
        if (writer < 0) {
            return false;
        }
        var words = line.substring(writer + WRITER.length())
                .replaceFirst("^[\\s:-]+", "")
                .split("\\s+", 4);
        if (words.length < 3 || !isNumber(words[0]) || !words[1].startsWith(":") || !words[2].startsWith(":")) {
            return false;
        }
        var type = words[1].substring(1);
        draft.put("process", Value.number(Long.parseLong(words[0])));
        draft.put("type", Value.text(type));
        draft.put("f", Value.text(words[2].substring(1)));
        draft.put("value", words.length == 3 ? Value.absent() : value(words[3].strip(), type));
        return true;
    }

    private static boolean isNumber(String word) {
        return word.length() <= EdnToken.SHORT_DIGITS && word.chars().allMatch(EdnToken::isDigit) && !word.isEmpty();
    }

    /// The value at the end of a line. Where an operation did not succeed, any text may be there.
    private Value value(String text, String type) throws IOException {
        if (text.isEmpty()) {
            return Value.absent();
        }
        var mustBeOne = type.equals(EventType.INVOKE.word()) || type.equals(EventType.OK.word());
        try {
            var reader = new EdnReader(new Source(text), loader);
            var value = reader.form();
            if (mustBeOne && reader.hasMore()) {
                throw new HistoryException("more than one value in '" + EdnToken.shown(text) + "'");
            }
            return value;
        } catch (HistoryException e) {
            if (mustBeOne) {
                throw e;
            }
            return Value.text(text);
        }
    }
}
