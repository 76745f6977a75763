package dev.scrubjay.archive;

import dev.scrubjay.value.Invariant;
import java.util.HexFormat;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// How objects are called.
///
/// Numbers have all their digits, so that names have the order of what they name.
final class Names {
    private static final Pattern NAME = Pattern.compile("[a-z0-9-][a-z0-9.-]*(/[a-z0-9-][a-z0-9.-]*)*");

    private static final int DIGITS = 19;

    private Names() {}

    /// The name, if it is one.
    static String checked(String name) {
        Invariant.holds(NAME.matcher(name).matches(), "'" + name + "' is no name of an object");
        return name;
    }

    static String segment(long group, long first, long last) {
        return group(group) + "/segments/" + number(first) + "-" + number(last);
    }

    static String manifest(long group, long number) {
        return group(group) + "/manifests/" + number(number);
    }

    private static String group(long group) {
        return HexFormat.of().toHexDigits(group);
    }

    private static String number(long number) {
        var digits = Long.toString(number);
        return "0".repeat(Math.max(0, DIGITS - digits.length())) + digits;
    }

    /// The group that an object belongs to, if it is one of ours.
    static OptionalLong group(String name) {
        return name.matches("[0-9a-f]{16}/(segments|manifests)/.*")
                ? OptionalLong.of(Long.parseUnsignedLong(name.substring(0, 16), 16))
                : OptionalLong.empty();
    }
}
