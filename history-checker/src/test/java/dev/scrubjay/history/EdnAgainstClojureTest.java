package dev.scrubjay.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/// Our reader of EDN and Clojure's read the same values, end at the same character and refuse the same texts.
final class EdnAgainstClojureTest {
    private static final String REFUSED = "refused: ";
    private static final int DEPTH_MAX = 100;

    private static final ClassLoader WITH_CLOJURE = EdnAgainstClojureTest.class.getClassLoader();
    private static final ClassLoader WITHOUT_CLOJURE = ClassLoader.getPlatformClassLoader();

    private final ClojureReader clojure = ClojureReader.find(WITH_CLOJURE).orElseThrow();

    @Property(tries = 5_000, edgeCases = EdgeCasesMode.NONE)
    void formsAreReadAsClojureReadsThem(@ForAll("forms") String text) {
        compare(text);
    }

    /// Mostly nonsense, which finds what nobody thinks of.
    @Property(tries = 20_000, edgeCases = EdgeCasesMode.NONE)
    void charactersAreReadAsClojureReadsThem(@ForAll("characters") String text) {
        compare(text);
    }

    /// With Clojure all is read as Clojure reads it; without it some is, and the rest is refused.
    private void compare(String text) {
        var expected = byClojure(text);
        var together = byUs(text, WITH_CLOJURE);
        var alone = byUs(text, WITHOUT_CLOJURE);
        var isOurs = !alone.contains("put Clojure on the class path");

        Statistics.label("refused, read by us alone")
                .collect(isRefused(expected), isOurs)
                .coverage(coverage -> {
                    coverage.check(false, true).percentage(share -> share > 5);
                    coverage.check(false, false).percentage(share -> share > 1);
                    coverage.check(true, true).percentage(share -> share > 5);
                });
        if (expected.contains("Duplicate key") || together.contains("stands twice")) {
            // Clojure tells :a from "a", and 1 from 1.0, and we do not; it refuses #{1 1}, and we do not.
            return;
        }
        assertThat(isRefused(together) ? REFUSED : together)
                .as(() -> text + " is " + expected + " to Clojure and " + together + " to us")
                .isEqualTo(isRefused(expected) ? REFUSED : expected);
        if (isOurs) {
            assertThat(alone).isEqualTo(together);
        }
    }

    private static boolean isRefused(String result) {
        return result.startsWith(REFUSED);
    }

    private String byClojure(String text) {
        try {
            var source = new Source(text);
            return result(clojure.read("", source, DEPTH_MAX), source);
        } catch (HistoryException | IOException e) {
            return REFUSED + e.getMessage();
        }
    }

    private static String byUs(String text, ClassLoader loader) {
        try {
            var source = new Source(text);
            return result(new EdnReader(source, loader).form(), source);
        } catch (HistoryException | IOException e) {
            return REFUSED + e.getMessage();
        }
    }

    /// What was read, and what is left.
    private static String result(Value value, Source source) throws IOException {
        return Edn.canonical(value) + " then '" + source.beginning() + "'";
    }

    @Provide
    Arbitrary<String> forms() {
        return ArbitraryEdn.forms(3);
    }

    @Provide
    Arbitrary<String> characters() {
        return Arbitraries.strings()
                .withChars("()[]{}\"\\;#^_:,'@ \nabnu10xrNM/.+-e")
                .ofMinLength(1)
                .ofMaxLength(9);
    }
}
