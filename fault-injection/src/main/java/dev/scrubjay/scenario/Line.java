package dev.scrubjay.scenario;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// The words of one line, taken one after the other; and at its end what is said as `name=value`.
///
/// In a step `zone=Z` is a word: it stands where a node may stand, and as often.
final class Line {
    private static final Set<String> STEPS = Set.of("at", "when", "maybe");
    private static final String ZONE = "zone=";

    private final int number;
    private final List<String> words = new ArrayList<>();
    private final SequencedMap<String, String> options = new LinkedHashMap<>();

    /// Whatever stands behind a `#` is for people.
    Line(int number, String text) {
        this.number = number;
        for (var word : text.replaceFirst("(^|\\s)#.*", "").strip().split("\\s+", -1)) {
            int equals = word.indexOf('=');
            if (equals > 0 && !(word.startsWith(ZONE) && isStep())) {
                if (options.put(word.substring(0, equals), word.substring(equals + 1)) != null) {
                    throw bad(word, "is said twice", "once");
                }
            } else if (!word.isEmpty()) {
                words.add(word);
            }
        }
    }

    int number() {
        return number;
    }

    private boolean isStep() {
        return peek().filter(STEPS::contains).isPresent();
    }

    boolean isEmpty() {
        return words.isEmpty() && options.isEmpty();
    }

    /// Whether there is another word.
    boolean hasNext() {
        return !words.isEmpty();
    }

    Optional<String> peek() {
        return words.stream().findFirst();
    }

    /// The next word.
    String next(String what) {
        if (words.isEmpty()) {
            throw new ScenarioException(number, "ends where " + what + " should stand");
        }
        return words.removeFirst();
    }

    /// Takes the next word if it is this one.
    boolean takes(String word) {
        boolean is = peek().filter(word::equals).isPresent();
        if (is) {
            words.removeFirst();
        }
        return is;
    }

    long time(String word, String what) {
        return Quantity.time(word).orElseThrow(() -> bad(word, "is no time", what + " such as 300ms, 1.5s or 20us"));
    }

    /// The next word, a time that is as long as this at least.
    long nextTime(String what, long least) {
        var word = next(what);
        return atLeast(least, time(word, what), word);
    }

    private long atLeast(long least, long nanos, String word) {
        if (nanos < least) {
            throw bad(word, "is too short", least > 0 ? "more than nothing" : "0s or more");
        }
        return nanos;
    }

    int nextNumber(String what, int least) {
        var word = next(what);
        return (int) Quantity.number(word).stream()
                .filter(number -> number >= least && number <= Integer.MAX_VALUE)
                .findFirst()
                .orElseThrow(() -> bad(word, "is no " + what, "a number from " + least + " on"));
    }

    /// Takes an option, which may be left out.
    Optional<String> option(String name) {
        return Optional.ofNullable(options.remove(name));
    }

    Optional<Long> timeOption(String name) {
        return option(name).map(value -> time(value, name));
    }

    /// A time that is as long as this at least.
    Optional<Long> timeOption(String name, long least) {
        return option(name).map(value -> atLeast(least, time(value, name), name + "=" + value));
    }

    Optional<Integer> numberOption(String name, int least) {
        return option(name).map(value -> (int) Quantity.number(value).stream()
                .filter(number -> number >= least && number <= Integer.MAX_VALUE)
                .findFirst()
                .orElseThrow(() -> bad(name + "=" + value, "is no number of these", "one from " + least + " on")));
    }

    Optional<Integer> shareOption(String name) {
        return option(name)
                .map(value -> Quantity.share(value)
                        .orElseThrow(() -> bad(name + "=" + value, "is no share", "one such as 15% or 0.2%")));
    }

    <T> T required(Optional<T> option, String name) {
        return option.orElseThrow(() -> new ScenarioException(number, name + "=... is missing"));
    }

    /// All options that are left.
    Map<String, String> options() {
        var all = new LinkedHashMap<>(options);
        options.clear();
        return all;
    }

    /// Nothing may be left.
    void end(String allowed) {
        if (!words.isEmpty()) {
            throw bad(words.getFirst(), "is too much here", allowed);
        }
        if (!options.isEmpty()) {
            throw bad(options.firstEntry().getKey() + "=", "is not known here", allowed);
        }
    }

    /// What is wrong with a word, and what may stand there.
    ScenarioException bad(String word, String what, String allowed) {
        return new ScenarioException(number, "'" + word + "' " + what + "; allowed: " + allowed);
    }
}
