package dev.scrubjay.picture;

/// A horizontal lane: somebody to whom things happen.
///
/// @param name what spans, marks, arrows and levels call it; no two lanes have the same
/// @param kind `world` (what is done to all), `node`, `client`, or any other word
/// @param note what else to know about it, such as `zone-1, keeps the log alone`; may be empty
public record Lane(String name, String kind, String note) {
    /// The kind of a lane whose spans are faults: each is shaded through all other lanes.
    public static final String WORLD = "world";

    public static final String NODE = "node";
    public static final String CLIENT = "client";
}
