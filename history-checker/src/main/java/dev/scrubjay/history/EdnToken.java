package dev.scrubjay.history;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/// What the characters of EDN's names and numbers mean, as Clojure's reader has it.
final class EdnToken {
    /// What a token that begins like a number is.
    enum Kind {
        NUMBER,
        /// One that few write and we leave to Clojure: hexadecimal, octal, of another base, or a ratio.
        RARE_NUMBER,
        NO_NUMBER,
        TOO_LONG
    }

    /// So many digits fit into a `long`, whatever they are.
    static final int SHORT_DIGITS = 18;

    /// As many as JSON's reader takes: making a number of digits costs their square.
    static final int NUMBER_MAX = 1_000;

    private static final Pattern WHOLE = Pattern.compile("[-+]?(0|[1-9][0-9]*)N?");
    private static final Pattern RARE =
            Pattern.compile("[-+]?((0[xX][0-9A-Fa-f]+|0[0-7]+|[1-9][0-9]?[rR][0-9A-Za-z]+)N?|[0-9]+/[0-9]+)");
    private static final Pattern ZERO_FIRST = Pattern.compile("[-+]?0[0-9]+N?");
    private static final Pattern DECIMAL = Pattern.compile("[-+]?[0-9]+(\\.[0-9]*)?([eE][-+]?[0-9]+)?M?");

    private static final int SHOWN_MAX = 40;

    private EdnToken() {}

    static boolean isBlank(int c) {
        return c == ' ' || c == ',' || c == '\n' || (c != ':' && Character.isWhitespace(c));
    }

    static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    static boolean isLetter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    static boolean isHexDigit(int c) {
        return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    /// Whether a token ends before this character, or before the end of the file.
    static boolean isEnd(int c) {
        return switch (c) {
            case Source.END, '(', ')', '[', ']', '{', '}', '"', ';', '\\', '^' -> true;
            default -> !isLetter(c) && isBlank(c);
        };
    }

    /// Whether a text is for certain a keyword without its colon, a symbol or a tag, which at most one slash
    /// divides.
    static boolean isName(String text) {
        int slash = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '/') {
                if (slash > 0 || i == 0 || i + 1 == text.length() || isDigit(text.charAt(i + 1))) {
                    return false;
                }
                slash = i;
            } else if (!isLetter(c) && !isDigit(c) && "-_.*+!?$%&=<>|".indexOf(c) < 0) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    static Kind kind(String text) {
        if (text.length() > NUMBER_MAX) {
            return Kind.TOO_LONG;
        }
        if (WHOLE.matcher(text).matches()) {
            return Kind.NUMBER;
        }
        if (RARE.matcher(text).matches()) {
            return Kind.RARE_NUMBER;
        }
        return DECIMAL.matcher(text).matches() && !ZERO_FIRST.matcher(text).matches() ? Kind.NUMBER : Kind.NO_NUMBER;
    }

    /// The value of a number that is not rare.
    static Value number(String text) {
        char last = text.charAt(text.length() - 1);
        if (last == 'N' || last == 'M') {
            return Value.number(new BigDecimal(text.substring(0, text.length() - 1)));
        }
        return WHOLE.matcher(text).matches() ? Value.number(new BigDecimal(text)) : floating(Double.parseDouble(text));
    }

    /// A number as Clojure keeps it unless it ends in M: in 64 bits, which may be infinite.
    static Value floating(double number) {
        if (Double.isNaN(number)) {
            return Value.text("##NaN");
        }
        if (Double.isInfinite(number)) {
            return Value.text(number > 0 ? "##Inf" : "##-Inf");
        }
        return Value.number(BigDecimal.valueOf(number));
    }

    /// A text in a message, cut where it is long.
    static String shown(String text) {
        return text.length() <= SHOWN_MAX ? text : text.substring(0, SHOWN_MAX) + "...";
    }
}
