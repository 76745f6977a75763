package dev.scrubjay.object;

/// What others threw, in one line.
final class OneLine {
    private OneLine() {}

    /// The innermost cause: what lies around it says only who passed it on.
    static String of(Throwable thrown) {
        var cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        var message = cause.getMessage();
        var kind = cause.getClass().getSimpleName();
        return message == null ? kind : kind + ": " + message.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
