package dev.scrubjay.bug;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// What a check made of one seed: a line of JSON from the process that tried it to the one that asked.
///
/// @param text what was found, if anything was
record Tried(long seed, boolean caught, String text) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static Tried of(long seed, Optional<String> finding) {
        return new Tried(seed, finding.isPresent(), finding.orElse(""));
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
