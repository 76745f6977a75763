package dev.scrubjay.workload;

/// What a client may ask for, in the words of the history that it leaves.
public enum Kind {
    GET("get"),
    PUT("put"),
    /// A put that is done only over what the client saw last.
    CONDITIONAL_PUT("conditional-put"),
    DELETE("delete"),
    /// A get that may tell what was so a while ago. It is no part of the history.
    EVENTUAL_READ("eventual-read");

    private final String word;

    Kind(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    public boolean isWrite() {
        return switch (this) {
            case PUT, CONDITIONAL_PUT, DELETE -> true;
            case GET, EVENTUAL_READ -> false;
        };
    }
}
