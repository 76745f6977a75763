package dev.scrubjay.picture;

/// A moment: something that somebody did, or that happened to him.
///
/// @param lane the name of its lane
/// @param kind a word, the same for all moments of a kind, such as `Accept`
/// @param label what stands beside it, such as `Accept slot 11 at ballot 1.a.1`
/// @param detail what is shown of it when somebody asks; may be empty, may have several lines
/// @param isKey whether it is part of the story, and is to stand out
public record Mark(String lane, long at, String kind, String label, String detail, boolean isKey) {}
