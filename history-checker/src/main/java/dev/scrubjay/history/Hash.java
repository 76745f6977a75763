package dev.scrubjay.history;

/// Spreads hashes over all bits, so that any few of them tell things apart.
final class Hash {
    /// The golden ratio's fraction, as whole number: multiplying with it moves low bits up.
    private static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;

    private Hash() {}

    static int spread(long hash) {
        long product = (hash ^ (hash >>> Integer.SIZE)) * GOLDEN;
        return (int) (product >>> Integer.SIZE);
    }

    static int spread(int first, int second, int third) {
        return spread((long) spread((long) first << Integer.SIZE | (second & 0xFFFF_FFFFL)) << Integer.SIZE
                | (third & 0xFFFF_FFFFL));
    }
}
