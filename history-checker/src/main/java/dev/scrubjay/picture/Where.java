package dev.scrubjay.picture;

import java.util.Locale;

/// Lanes and times as messages name them.
final class Where {
    private Where() {}

    static String lane(String name) {
        return "lane \"" + name + "\"";
    }

    static String time(long nanos) {
        return String.format(Locale.ROOT, "%,d ns", nanos);
    }
}
