package dev.scrubjay.specs;

import java.util.List;

/// What an implementation did, as far as one trace specification sees it.
///
/// @param name what people call it, its file for example
/// @param events a JSON object each, in the order in which they are to be explained
public record Trace(String name, List<String> events) {
    public Trace {
        events = List.copyOf(events);
    }
}
