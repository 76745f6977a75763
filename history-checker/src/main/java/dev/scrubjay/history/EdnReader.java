package dev.scrubjay.history;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads EDN as far as histories use it: maps, one after the other or inside one vector or list.
///
/// It reads more than it keeps, because a recorded history holds whatever a client printed into it: tags are
/// passed over and what they mark is read, keywords, symbols and characters are texts, sets are sequences in
/// an order of ours, and a key that is no text becomes the text that EDN has for it.
///
/// What it reads it reads as Clojure does. Rare forms, such as ratios, it leaves to Clojure's own reader,
/// which takes over where the form begins, and gives back where it ends.
final class EdnReader implements EventReader {
    private static final int END = Source.END;

    /// As deep as JSON may nest. Deeper ones would end the thread's stack.
    private static final int DEPTH_MAX = 500;

    private final Source source;
    private final ClassLoader loader;
    private final Tokens tokens = new Tokens();
    private @Nullable ClojureReader clojure;
    private int depth;

    /// What ends the vector or list around the events, if there is one, and where that began.
    private int close = END;

    private int closeBegan;
    private int formBegan = 1;

    /// @param loader where Clojure is looked for, when it is needed
    EdnReader(Source source, ClassLoader loader) {
        this.source = source;
        this.loader = loader;
    }

    @Override
    public boolean next(Draft draft) throws IOException {
        while (true) {
            source.begin();
            skipBlank();
            formBegan = source.line();
            int next = source.peek();
            if (close != END && next == close) {
                source.take();
                close = END;
            } else if (close == END && (next == '[' || next == '(')) {
                closeBegan = formBegan;
                close = source.take() == '[' ? ']' : ')';
            } else if (next == '{') {
                event(draft);
                return true;
            } else if (next != END) {
                draft.put(form());
                return true;
            } else if (close == END) {
                return false;
            } else {
                throw unclosed(close, closeBegan);
            }
        }
    }

    @Override
    public int line() {
        return formBegan;
    }

    /// A map, whose parts are not gathered first.
    private void event(Draft draft) throws IOException {
        int began = source.line();
        source.take();
        while (!isAtEnd('}', began)) {
            var key = key(form());
            if (isAtEnd('}', began)) {
                throw keyAlone(began);
            }
            draft.put(key, form());
        }
    }

    /// The only value of a text; a text after it is left alone.
    Value form() throws IOException {
        skipBlank();
        if (++depth > DEPTH_MAX) {
            throw refusal("more than " + DEPTH_MAX + " forms inside each other");
        }
        int next = source.peek();
        var form = switch (next) {
            case END -> throw refusal("the file ends where a value should be");
            case ')', ']', '}' -> throw refusal("'" + (char) next + "' closes nothing");
            case '(' -> new Value.Sequence(elements(')'));
            case '[' -> new Value.Sequence(elements(']'));
            case '{' -> mapping();
            case '"' -> string();
            case '\\' -> character();
            case '#' -> tagged();
            case '^' -> {
                source.take();
                yield takeOver("^");
            }
            case ':' -> keyword();
            case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
            default -> symbol();
        };
        depth--;
        return form;
    }

    /// Whether anything but blanks is left.
    boolean hasMore() throws IOException {
        skipBlank();
        return source.peek() != END;
    }

    private List<Value> elements(char close) throws IOException {
        int began = source.line();
        source.take();
        var elements = new ArrayList<Value>();
        while (!isAtEnd(close, began)) {
            elements.add(form());
        }
        return elements;
    }

    private Value mapping() throws IOException {
        int began = source.line();
        source.take();
        var entries = new LinkedHashMap<String, Value>();
        while (!isAtEnd('}', began)) {
            var key = key(form());
            if (isAtEnd('}', began)) {
                throw keyAlone(began);
            }
            if (entries.put(key, form()) != null) {
                throw refusal(twice(key));
            }
        }
        return new Value.Mapping(entries);
    }

    /// Whether what is open ends here. If so, its end is taken.
    private boolean isAtEnd(char close, int began) throws IOException {
        skipBlank();
        int next = source.peek();
        if (next == END) {
            throw unclosed(close, began);
        }
        if (next != close) {
            return false;
        }
        source.take();
        return true;
    }

    /// How a key is called that may be anything.
    static String key(Value form) {
        return form instanceof Value.Text(String text) ? text : Edn.canonical(form);
    }

    static String twice(String key) {
        return Value.text(key) + " stands twice in one map; remove one";
    }

    /// A set, a symbolic number, or a value with a tag.
    private Value tagged() throws IOException {
        source.take();
        int next = source.peek();
        if (next == '{') {
            return Edn.set(elements('}'));
        }
        if (next == '#') {
            source.take();
            var token = token(END).text();
            return switch (token) {
                case "Inf", "-Inf", "NaN" -> Value.text("##" + token);
                default -> takeOver("##" + token);
            };
        }
        if (!EdnToken.isLetter(next)) {
            return takeOver("#");
        }
        var tag = token(END).text();
        return EdnToken.isName(tag) && !tag.equals("inst") && !tag.equals("uuid") ? form() : takeOver("#" + tag);
    }

    private Value keyword() throws IOException {
        source.take();
        var token = token(END);
        if (token.text().isEmpty()) {
            throw refusal("a ':' without a name; if this is JSON, write one event a line and name the file .jsonl");
        }
        return EdnToken.isName(token.text()) ? token : takeOver(":" + token.text());
    }

    private Value symbol() throws IOException {
        int first = source.take();
        int second = source.peek();
        source.putBack();
        if ((first == '-' || first == '+') && EdnToken.isDigit(second)) {
            return number();
        }
        var token = token(END);
        var text = token.text();
        return switch (text) {
            case "nil" -> Value.absent();
            case "true" -> new Value.Truth(true);
            case "false" -> new Value.Truth(false);
            default -> EdnToken.isName(text) ? token : takeOver(text);
        };
    }

    /// A number. Short whole ones, which are nearly all, are read in place.
    private Value number() throws IOException {
        var buffer = source.buffer();
        int limit = source.limit();
        int from = source.at();
        int at = buffer[from] == '-' ? from + 1 : from;
        int end = Math.min(limit, at + EdnToken.SHORT_DIGITS);
        long number = 0;
        int first = at;
        while (at < end && EdnToken.isDigit(buffer[at])) {
            number = 10 * number + buffer[at++] - '0';
        }
        var isShort =
                at > first && at < limit && EdnToken.isEnd(buffer[at]) && (buffer[first] != '0' || at == first + 1);
        if (isShort) {
            source.moveTo(at);
            return Value.number(first == from ? number : -number);
        }
        // What Clojure reads as a number ends at a '#', which a name may hold.
        var text = token('#').text();
        return switch (EdnToken.kind(text)) {
            case NUMBER -> EdnToken.number(text);
            case RARE_NUMBER -> takeOver(text);
            case NO_NUMBER -> throw refusal("'" + EdnToken.shown(text) + "' is no number");
            case TOO_LONG ->
                throw refusal("a number of " + text.length() + " characters; " + EdnToken.NUMBER_MAX
                        + " are allowed, longer ones may stand as texts");
        };
    }

    private Value string() throws IOException {
        int began = source.line();
        source.take();
        var buffer = source.buffer();
        int from = source.at();
        for (int at = from; at < source.limit() && buffer[at] >= ' ' && buffer[at] != '\\'; at++) {
            if (buffer[at] == '"') {
                source.moveTo(at + 1);
                return tokens.text(buffer, from, at - from);
            }
        }
        var text = new StringBuilder();
        while (true) {
            int c = source.take();
            switch (c) {
                case END -> throw unclosed('"', began);
                case '"' -> {
                    return Value.text(text.toString());
                }
                case '\\' -> text.append(escaped());
                default -> text.append((char) c);
            }
        }
    }

    private char escaped() throws IOException {
        int c = source.take();
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case '"', '\\' -> (char) c;
            case 'u' -> {
                var digits = new StringBuilder();
                while (digits.length() < 4 && EdnToken.isHexDigit(source.peek())) {
                    digits.append((char) source.take());
                }
                yield unicode(digits.toString());
            }
            case '0', '1', '2', '3', '4', '5', '6', '7' -> octal(c - '0');
            default ->
                throw refusal("a text may not hold '\\" + (c == END ? "" : (char) c) + "'; a backslash is '\\\\'");
        };
    }

    /// Up to three digits. If they are fewer, something must follow that cannot be part of a token.
    private char octal(int first) throws IOException {
        int code = first;
        for (int i = 1; i < 3 && !EdnToken.isEnd(source.peek()) && source.peek() != '#'; i++) {
            int digit = source.take() - '0';
            if (digit < 0 || digit > 7) {
                throw refusal("'\\" + Integer.toOctalString(code) + "' in a text wants three octal digits");
            }
            code = code * 8 + digit;
        }
        if (code > 0xff) {
            throw refusal("'\\" + Integer.toOctalString(code) + "' in a text is more than '\\377'");
        }
        return (char) code;
    }

    private Value character() throws IOException {
        source.take();
        if (source.peek() == END) {
            throw refusal("the file ends where a character should be");
        }
        // The first one counts whatever it is: \( is a character too.
        var token = (char) source.take() + token(END).text();
        return switch (token) {
            case "newline" -> Value.text("\n");
            case "return" -> Value.text("\r");
            case "space" -> Value.text(" ");
            case "tab" -> Value.text("\t");
            case "backspace" -> Value.text("\b");
            case "formfeed" -> Value.text("\f");
            default -> {
                if (token.length() == 5 && token.charAt(0) == 'u') {
                    yield Value.text(String.valueOf(unicode(token.substring(1))));
                }
                yield token.length() == 1 ? Value.text(token) : takeOver("\\" + token);
            }
        };
    }

    private char unicode(String digits) {
        if (digits.length() != 4 || !digits.chars().allMatch(EdnToken::isHexDigit)) {
            throw refusal("'\\u" + EdnToken.shown(digits) + "' wants four hexadecimal digits");
        }
        return (char) Integer.parseInt(digits, 16);
    }

    /// What stands up to a blank, a bracket, or another character that ends names.
    ///
    /// @param stop one more that ends it
    private Value.Text token(int stop) throws IOException {
        var buffer = source.buffer();
        int from = source.at();
        for (int at = from; at < source.limit(); at++) {
            if (EdnToken.isEnd(buffer[at]) || buffer[at] == stop) {
                source.moveTo(at);
                return tokens.text(buffer, from, at - from);
            }
        }
        var token = new StringBuilder();
        while (!EdnToken.isEnd(source.peek()) && source.peek() != stop) {
            token.append((char) source.take());
        }
        return new Value.Text(token.toString());
    }

    /// Blanks, comments, and forms that `#_` takes out.
    private void skipBlank() throws IOException {
        while (true) {
            int next = source.peek();
            if (EdnToken.isBlank(next)) {
                source.take();
            } else if (next == ';') {
                while (next != '\n' && next != '\r' && next != END) {
                    next = source.take();
                }
            } else if (next == '#' && isDiscard()) {
                form();
            } else {
                return;
            }
        }
    }

    private boolean isDiscard() throws IOException {
        source.take();
        if (source.peek() == '_') {
            source.take();
            return true;
        }
        source.putBack();
        return false;
    }

    /// Lets Clojure read a form.
    ///
    /// @param begin what was taken of the form
    private Value takeOver(String begin) throws IOException {
        if (clojure == null) {
            clojure = ClojureReader.find(loader)
                    .orElseThrow(() -> refusal("'" + EdnToken.shown(begin)
                            + "' begins nothing that EDN has, or a form that only Clojure's own reader knows; mend it, or put Clojure "
                            + "on the class path"));
        }
        try {
            return clojure.read(begin, source, DEPTH_MAX - depth);
        } catch (HistoryException e) {
            formBegan = source.line();
            throw e;
        }
    }

    private HistoryException unclosed(int close, int began) {
        return refusal("the file ends without the '" + (char) close + "' for what begins on line " + began);
    }

    private HistoryException keyAlone(int began) {
        return refusal("the map that begins on line " + began + " has a key without a value");
    }

    private HistoryException refusal(String what) {
        formBegan = source.line();
        return new HistoryException("not EDN: " + what);
    }
}
