package dev.scrubjay.specs;

import java.util.Objects;

/// What the user gave cannot be used. The message is one line that says what, where, and how to mend it.
public final class InputException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public InputException(String message) {
        super(message);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
