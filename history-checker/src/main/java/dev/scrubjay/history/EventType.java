package dev.scrubjay.history;

import java.util.Optional;

/// What an event says about an operation.
public enum EventType {
    /// It begins.
    INVOKE("invoke"),
    /// It ended, and its result is known.
    OK("ok"),
    /// It ended, and certainly had no effect, now or later.
    FAIL("fail"),
    /// Nothing more will be heard of it: it may have had its effect, may still have it, or may never have it.
    INFO("info");

    private final String word;

    EventType(String word) {
        this.word = word;
    }

    /// How files write it.
    public String word() {
        return word;
    }

    static Optional<EventType> of(String word) {
        for (var type : values()) {
            if (type.word.equals(word)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
