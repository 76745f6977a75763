package dev.scrubjay.world;

/// Something that must not be.
///
/// @param check who found it: an invariant, a checker
/// @param text what a person reads
/// @param when where in the run it was seen; empty where the whole run shows it
public record Finding(String check, String text, String when) {
    /// The check of whatever could not be decided: nothing is proven wrong, and nothing right.
    public static final String UNDECIDED = "undecided";
}
