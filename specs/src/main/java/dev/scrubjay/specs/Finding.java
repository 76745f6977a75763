package dev.scrubjay.specs;

/// One way in which a model differs from what is expected of it.
///
/// @param kind what differs: a kind of [Outcome.Kind], or `holds`, `distinct-states`, `never-taken`,
/// `unreached`
/// @param text one line for people, with the remedy where there is one
public record Finding(String kind, String text) {}
