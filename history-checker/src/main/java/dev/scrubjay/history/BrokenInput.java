package dev.scrubjay.history;

import java.io.IOException;

/// What is read is no text: wrong bytes, or compressed ones that end too early.
///
/// It knows its line itself, because readers are ahead of what they have understood when they meet it.
final class BrokenInput extends IOException {
    private static final long serialVersionUID = 1;

    private final String what;
    private final long line;

    BrokenInput(long line, String what) {
        super(what);
        this.line = line;
        this.what = what;
    }

    /// The same, said of a file.
    HistoryException in(String name) {
        return new HistoryException(name + ":" + line + ": " + what);
    }
}
