package dev.scrubjay.picture;

/// Something that lasts.
///
/// @param lane the name of its lane
/// @param kind `off`, `paused`, `leads`, `lease`, `fault`, `operation`, which have a look of their own, or
///     any other word
/// @param label what stands in it
/// @param detail what is shown of it when somebody asks; may be empty, may have several lines
public record Span(String lane, long from, long to, String kind, String label, String detail) {
    public Span {
        if (to < from) {
            throw new IllegalArgumentException("a span on " + Where.lane(lane) + " (" + kind + ", \"" + label
                    + "\") ends at " + Where.time(to) + ", before it begins at " + Where.time(from)
                    + "; give the earlier time first");
        }
    }
}
