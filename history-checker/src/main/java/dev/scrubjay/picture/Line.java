package dev.scrubjay.picture;

/// A line of the story.
///
/// @param who whose doing it is, in a word or two; need not be a lane
/// @param text what happened
public record Line(long at, String who, String text) {}
