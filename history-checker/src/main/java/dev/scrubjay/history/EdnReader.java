package dev.scrubjay.history;

import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// Reads EDN as far as histories use it: maps, one after the other or inside one vector or list.
///
/// It reads more than it keeps, because a recorded history holds whatever a client printed into it: tags are
/// passed over and what they mark is read, keywords, symbols and characters are texts, sets are sequences,
/// and a key that is no text becomes the text that EDN has for it.
final class EdnReader implements FormReader {
    private static final int END = -1;

    /// As deep as JSON may nest. Deeper ones would end the thread's stack.
    private static final int DEPTH_MAX = 500;

    private final BufferedReader in;
    private int next;
    private int line = 1;
    private int depth;

    /// What ends the vector or list around the events, if there is one, and where that began.
    private int close = END;

    private int closeBegan;
    private int formBegan = 1;

    EdnReader(BufferedReader in) throws IOException {
        this.in = in;
        this.next = in.read();
    }

    @Override
    public Optional<Value> next() throws IOException {
        while (true) {
            skipBlank();
            formBegan = line;
            if (close != END && next == close) {
                take();
                close = END;
            } else if (close == END && (next == '[' || next == '(')) {
                closeBegan = line;
                close = take() == '[' ? ']' : ')';
            } else if (next != END) {
                return Optional.of(form());
            } else if (close == END) {
                return Optional.empty();
            } else {
                throw unclosed(close, closeBegan);
            }
        }
    }

    @Override
    public int line() {
        return formBegan;
    }

    /// Whatever comes next, which must not be the end of anything.
    private Value form() throws IOException {
        skipBlank();
        if (++depth > DEPTH_MAX) {
            throw refusal("more than " + DEPTH_MAX + " forms inside each other");
        }
        var form = switch (next) {
            case END -> throw refusal("the file ends where a value should be");
            case ')', ']', '}' -> throw refusal("'" + (char) next + "' closes nothing");
            case '(' -> new Value.Sequence(elements(')'));
            case '[' -> new Value.Sequence(elements(']'));
            case '{' -> mapping();
            case '"' -> Value.text(string());
            case '\\' -> Value.text(character());
            case '#' -> tagged();
            default -> atom(token());
        };
        depth--;
        return form;
    }

    private List<Value> elements(char close) throws IOException {
        int began = line;
        take();
        var elements = new ArrayList<Value>();
        while (true) {
            skipBlank();
            if (next == close) {
                take();
                return elements;
            }
            if (next == END) {
                throw unclosed(close, began);
            }
            elements.add(form());
        }
    }

    private Value mapping() throws IOException {
        int began = line;
        var forms = elements('}');
        if (forms.size() % 2 != 0) {
            throw refusal("the map that begins on line " + began + " has a key without a value");
        }
        var entries = new LinkedHashMap<String, Value>();
        for (int i = 0; i < forms.size(); i += 2) {
            var key = forms.get(i) instanceof Value.Text(String text) ? text : Edn.text(forms.get(i));
            if (entries.put(key, forms.get(i + 1)) != null) {
                throw refusal(Value.text(key) + " stands twice in one map; remove one");
            }
        }
        return new Value.Mapping(entries);
    }

    /// A set, a symbolic number, or a value with a tag.
    private Value tagged() throws IOException {
        take();
        return switch (next) {
            case '{' -> new Value.Sequence(elements('}'));
            case '"' -> Value.text(string());
            case '#' -> {
                take();
                yield Value.text("##" + token());
            }
            default -> {
                token();
                yield form();
            }
        };
    }

    private Value atom(String token) {
        char first = token.charAt(0);
        var isSigned = token.length() > 1 && (first == '-' || first == '+');
        if (isDigit(token.charAt(isSigned ? 1 : 0))) {
            return number(token);
        }
        return switch (token) {
            case "nil" -> Value.absent();
            case "true" -> new Value.Truth(true);
            case "false" -> new Value.Truth(false);
            default -> Value.text(first == ':' ? token.substring(1) : token);
        };
    }

    private Value number(String token) {
        var isMarked = token.endsWith("N") || token.endsWith("M");
        try {
            return Value.number(new BigDecimal(isMarked ? token.substring(0, token.length() - 1) : token));
        } catch (NumberFormatException e) {
            throw refusal("'" + token + "' is no number");
        }
    }

    private String string() throws IOException {
        int began = line;
        take();
        var text = new StringBuilder();
        while (next != '"') {
            int c = take();
            if (c == END) {
                throw unclosed('"', began);
            }
            text.append(c == '\\' ? escaped() : (char) c);
        }
        take();
        return text.toString();
    }

    private char escaped() throws IOException {
        int c = take();
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case '"', '\\' -> (char) c;
            case 'u' -> {
                var digits = new StringBuilder();
                for (int i = 0; i < 4 && isHexDigit(next); i++) {
                    digits.append((char) take());
                }
                yield unicode(digits.toString());
            }
            default ->
                throw refusal("a text may not hold '\\" + (c == END ? "" : (char) c) + "'; a backslash is '\\\\'");
        };
    }

    private String character() throws IOException {
        take();
        if (next == END) {
            throw refusal("the file ends where a character should be");
        }
        // The first one counts whatever it is: \( is a character too.
        var token = (char) take() + token();
        return switch (token) {
            case "newline" -> "\n";
            case "return" -> "\r";
            case "space" -> " ";
            case "tab" -> "\t";
            case "backspace" -> "\b";
            case "formfeed" -> "\f";
            default -> {
                if (token.length() == 5 && token.charAt(0) == 'u') {
                    yield String.valueOf(unicode(token.substring(1)));
                }
                yield token;
            }
        };
    }

    private char unicode(String digits) {
        if (digits.length() != 4 || !digits.chars().allMatch(EdnReader::isHexDigit)) {
            throw refusal("'\\u" + digits + "' wants four hexadecimal digits");
        }
        return (char) Integer.parseInt(digits, 16);
    }

    private String token() throws IOException {
        var token = new StringBuilder();
        while (next != END && !isBlank(next) && "()[]{}\";".indexOf(next) < 0) {
            token.append((char) take());
        }
        return token.toString();
    }

    /// Blanks, comments, and forms that `#_` takes out.
    private void skipBlank() throws IOException {
        while (true) {
            if (isBlank(next)) {
                take();
            } else if (next == ';') {
                while (next != '\n' && next != END) {
                    take();
                }
            } else if (next == '#' && second() == '_') {
                take();
                take();
                form();
            } else {
                return;
            }
        }
    }

    private int second() throws IOException {
        in.mark(1);
        int second = in.read();
        in.reset();
        return second;
    }

    private int take() throws IOException {
        int taken = next;
        if (taken == '\n') {
            line++;
        }
        next = in.read();
        return taken;
    }

    private static boolean isBlank(int c) {
        return c == ',' || Character.isWhitespace(c);
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isHexDigit(int c) {
        return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    private HistoryException unclosed(int close, int began) {
        return refusal("the file ends without the '" + (char) close + "' for what begins on line " + began);
    }

    private HistoryException refusal(String what) {
        formBegan = line;
        return new HistoryException("not EDN: " + what);
    }
}
