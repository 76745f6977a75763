package dev.scrubjay.cli;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import picocli.CommandLine.TypeConversionException;

/// One of so many equal shares of a list, dealt out like cards.
///
/// @param turn which share, from 1 on
record Share(int turn, int shares) {
    static final Share ALL = new Share(1, 1);

    private static final Pattern FORM = Pattern.compile("([1-9]\\d{0,3})/([1-9]\\d{0,3})");

    <T> List<T> of(List<T> all) {
        return IntStream.range(0, all.size())
                .filter(i -> i % shares == turn - 1)
                .mapToObj(all::get)
                .toList();
    }

    /// Reads `3/10`.
    static Share parse(String text) {
        var found = FORM.matcher(text);
        if (found.matches()) {
            var share = new Share(Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2)));
            if (share.turn <= share.shares) {
                return share;
            }
        }
        throw new TypeConversionException("'" + text + "' is no share; write K/N with K from 1 to N, such as 3/10");
    }
}
