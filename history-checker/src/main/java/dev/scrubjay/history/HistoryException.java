package dev.scrubjay.history;

import java.util.Objects;

/// A history cannot be used. The message is one line that says what, where, and how to mend it.
public final class HistoryException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public HistoryException(String message) {
        super(message);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    /// The same, with where it was found in front.
    HistoryException at(String place) {
        return new HistoryException(place + ": " + getMessage());
    }
}
