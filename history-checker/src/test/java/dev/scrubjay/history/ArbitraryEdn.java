package dev.scrubjay.history;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/// Texts of EDN, with everything that EDN has.
final class ArbitraryEdn {
    private ArbitraryEdn() {}

    /// One form, with other forms inside it.
    static Arbitrary<String> forms(int depth) {
        var atoms = Arbitraries.oneOf(numbers(), names(), strings(), others());
        if (depth == 0) {
            return atoms;
        }
        var inner = forms(depth - 1);
        var several = Combinators.combine(inner, gaps(depth - 1))
                .as((form, gap) -> form + gap)
                .list()
                .ofMaxSize(4);
        return Arbitraries.frequencyOf(
                Tuple.of(3, atoms), Tuple.of(4, collections(several)), Tuple.of(1, marked(inner, several)));
    }

    private static Arbitrary<String> collections(Arbitrary<List<String>> several) {
        return Arbitraries.oneOf(
                several.map(forms -> "[" + String.join("", forms) + "]"),
                several.map(forms -> "(" + String.join("", forms) + ")"),
                several.map(forms -> "#{" + String.join("", forms) + "}"),
                several.map(forms -> "{" + pairs(forms) + "}"),
                several.map(forms -> "#:ns{" + pairs(forms) + "}"));
    }

    private static Arbitrary<String> marked(Arbitrary<String> inner, Arbitrary<List<String>> several) {
        return Arbitraries.oneOf(
                inner.map(form -> "#tag " + form),
                inner.map(form -> "#a.b/C" + (Character.isLetterOrDigit(form.charAt(0)) ? " " : "\n") + form),
                several.map(forms -> "^:mark [" + String.join("", forms) + "]"),
                several.map(forms -> "^{:a 1}\n{" + pairs(forms) + "}"),
                inner.map(form -> "#_ " + form + " 7"));
    }

    /// Keys of many kinds that all differ.
    private static String pairs(List<String> forms) {
        return IntStream.range(0, forms.size())
                .mapToObj(i -> switch (i) {
                    case 0 -> ":key " + forms.get(i);
                    case 1 -> "\"text\"" + forms.get(i);
                    case 2 -> "[17 " + forms.get(i) + "] 3, ";
                    default -> i + " " + forms.get(i);
                })
                .collect(Collectors.joining());
    }

    private static Arbitrary<String> gaps(int depth) {
        var blanks = Arbitraries.of(" ", ",", "\n", "\t", " , ", "\r\n", "; a comment ( \"\n", "\u2028");
        return depth == 0 ? blanks : Arbitraries.oneOf(blanks, blanks, forms(0).map(form -> " #_" + form + " "));
    }

    private static Arbitrary<String> numbers() {
        var signs = Arbitraries.of("", "", "-", "+");
        var digits = Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(22);
        var decimals = Combinators.combine(
                        digits,
                        Arbitraries.of("", ".", ".0", ".5", ".125", ".1000", ".12345678901234567890"),
                        Arbitraries.of("", "", "e3", "E-7", "e+12", "e400"),
                        Arbitraries.of("", "", "M"))
                .as((whole, fraction, exponent, mark) -> whole + fraction + exponent + mark);
        var rare = Arbitraries.of(
                "0x1F", "0XfaN", "017", "00", "08", "2r101", "36rZ", "1/3", "4/2", "0/7", "1x", "09.5", "1.5N", "0N");
        var unsigned = Arbitraries.oneOf(
                Arbitraries.longs().greaterOrEqual(0).map(String::valueOf),
                Arbitraries.integers().between(0, 20).map(String::valueOf),
                digits.map(number -> number + "N"),
                decimals,
                rare);
        return Combinators.combine(signs, unsigned).as((sign, number) -> sign + number);
    }

    private static Arbitrary<String> names() {
        var first = Arbitraries.strings().withChars("abXY-_.*+!?$%&=<>|").ofLength(1);
        var rest = Arbitraries.strings().withChars("abXY01-_.*+!?$%&=<>|'#").ofMaxLength(4);
        var name = Combinators.combine(first, rest).as((begin, end) -> begin + end);
        return Arbitraries.oneOf(
                Arbitraries.of("nil", "true", "false", "/", ":a/b", "a/b", ":1", ":a/1", "::a", ":a:b", "a:", "n1:80"),
                Arbitraries.of(":a/b/c", ":naïve", "naïve", "'quoted", "a@b", ":", "+", "-", "-a", "+.", "%"),
                name.map(text -> ":" + text),
                name,
                Combinators.combine(name, name).as((space, text) -> ":" + space + "/" + text));
    }

    private static Arbitrary<String> strings() {
        return Arbitraries.oneOf(
                        Arbitraries.strings().withChars("ab ;#[\n'é").ofMaxLength(4),
                        Arbitraries.of("\\n", "\\t", "\\r", "\\b", "\\f", "\\\\", "\\\"", "\\u00e7", "\\ud83d\\ude00"),
                        Arbitraries.of("\\101", "\\7", "\\12 ", "\\377", "\\400", "\\8", "\\1a", "\\q", "\\u12", "😀"))
                .list()
                .ofMaxSize(4)
                .map(pieces -> "\"" + String.join("", pieces) + "\"");
    }

    private static Arbitrary<String> others() {
        return Arbitraries.of(
                "\\a",
                "\\newline",
                "\\space",
                "\\tab",
                "\\return",
                "\\formfeed",
                "\\backspace",
                "\\u00e7",
                "\\o101",
                "\\(",
                "\\;",
                "\\\\",
                "\\é",
                "\\ab",
                "##Inf",
                "##-Inf",
                "##NaN",
                "## NaN",
                "##Other",
                "#uuid \"F81D4FAE-7dec-11d0-a765-00a0c91e6bf6\"",
                "#inst \"2026-11-21T10:20:30.123-03:00\"",
                "#inst \"yesterday\"",
                "#\"regex\"",
                "#'var",
                "#=(+ 1 2)");
    }
}
