package dev.scrubjay.picture;

import java.util.OptionalLong;

/// A message.
///
/// @param fromLane the name of the lane that sent it
/// @param toLane the name of the lane it was sent to; may be the same
/// @param arrivedAt empty if it never arrived: it is drawn as a stub that ends in a cross
/// @param kind a word, the same for all messages of a kind, such as `Promise`
/// @param label what stands beside it
/// @param isKey whether it is part of the story, and is to stand out
public record Arrow(
        String fromLane, long sentAt, String toLane, OptionalLong arrivedAt, String kind, String label, boolean isKey) {
    public Arrow {
        if (arrivedAt.isPresent() && arrivedAt.getAsLong() < sentAt) {
            throw new IllegalArgumentException("an arrow from " + Where.lane(fromLane) + " to " + Where.lane(toLane)
                    + " (" + kind + ", \"" + label + "\") arrives at " + Where.time(arrivedAt.getAsLong())
                    + ", before it is sent at " + Where.time(sentAt) + "; give the true time of both");
        }
    }
}
