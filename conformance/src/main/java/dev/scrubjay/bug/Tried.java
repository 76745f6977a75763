package dev.scrubjay.bug;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// What a check made of one seed: a line of JSON from the process that tried it to the one that asked.
///
/// @param text what was found, or why nothing could be
record Tried(long seed, boolean caught, String text) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static Tried caught(long seed, String text) {
        return new Tried(seed, true, text);
    }

    static Tried missed(long seed, String text) {
        return new Tried(seed, false, text);
    }

    String line() {
        return JSON.writeValueAsString(this);
    }

    static Tried of(String line) {
        try {
            return JSON.readValue(line, Tried.class);
        } catch (JacksonException e) {
            throw new IllegalStateException("a trial printed what is no result of it: " + line, e);
        }
    }
}
