package dev.scrubjay.world;

/// Something that must not be.
///
/// @param check who found it: an invariant, a checker
/// @param text what a person reads
/// @param when where in the run it was seen; empty where the whole run shows it
public record Finding(String check, String text, String when) {
    /// The check of what must be when all that went wrong is over.
    public static final String HEALING = "healing";

    /// The check of whatever could not be decided: nothing is proven wrong, and nothing right.
    public static final String UNDECIDED = "undecided";

    /// Whether another finding is of the same kind: the same check, and the same words but for names and
    /// numbers where that check looks at several things.
    public boolean isLike(Finding other) {
        return check.equals(other.check) && (!check.equals(HEALING) || words().equals(other.words()));
    }

    private String words() {
        return text.replaceAll("\\b([a-z]|[a-z]?\\d+)\\b", "");
    }
}
