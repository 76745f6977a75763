package dev.scrubjay.history;

/// What a text must be to survive a file.
final class Unicode {
    private Unicode() {}

    /// Refuses half of a surrogate pair: UTF-8 has no bytes for it, and JSON readers disagree about it.
    static void requireWhole(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!Character.isSupplementaryCodePoint(text.codePointAt(i))) {
                    throw new HistoryException("a text holds \\u"
                            + Integer.toHexString(text.charAt(i))
                            + ", half of a character, which no file can hold; escape it in a way of your own");
                }
                i++;
            }
        }
    }
}
