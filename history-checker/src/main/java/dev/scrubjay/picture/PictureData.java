package dev.scrubjay.picture;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/// A picture as JSON that may stand inside of a page.
///
/// Each list becomes an object with a column for each part, because the same names twenty thousand times
/// would be most of the file. Texts stand once each, in `strings`, and everywhere else by their number
/// there; lanes by their number among the lanes. Times count from the beginning of the picture: so they are
/// exact in a browser, whose numbers have 53 bits.
///
/// Every character that is not plain ASCII, or means something to HTML, is escaped. So nothing in a text can
/// end the element it stands in, and no encoding, editor or mail program changes it.
final class PictureData {
    /// When a message arrived that never did.
    private static final long LOST = -1;

    private final StringBuilder out = new StringBuilder();
    private final Map<String, Integer> strings = new LinkedHashMap<>();
    private final Map<String, Integer> lanes = new HashMap<>();
    private final long from;

    private PictureData(long from) {
        this.from = from;
    }

    static String of(Picture picture) {
        return new PictureData(picture.fromNanos()).write(picture);
    }

    private String write(Picture picture) {
        picture.lanes().forEach(lane -> lanes.put(lane.name(), lanes.size()));
        // The beginning is in quotes: it may be a time of day, which has more bits than a browser's numbers.
        out.append("{\"picture\":1,\"from\":\"").append(from).append('"');
        out.append(",\"length\":").append(time(picture.toNanos()));
        out.append(",\"title\":").append(string(picture.title()));
        out.append(",\"summary\":");
        numbers(picture.summary(), this::string);
        new Table<>("lanes", picture.lanes())
                .texts("name", Lane::name)
                .texts("kind", Lane::kind)
                .texts("note", Lane::note)
                .end();
        new Table<>("spans", picture.spans())
                .lanes("lane", Span::lane)
                .times("from", Span::from)
                .times("to", Span::to)
                .texts("kind", Span::kind)
                .texts("label", Span::label)
                .texts("detail", Span::detail)
                .end();
        new Table<>("marks", picture.marks())
                .lanes("lane", Mark::lane)
                .times("at", Mark::at)
                .texts("kind", Mark::kind)
                .texts("label", Mark::label)
                .texts("detail", Mark::detail)
                .numbers("key", mark -> mark.isKey() ? 1 : 0)
                .end();
        new Table<>("arrows", picture.arrows())
                .lanes("from", Arrow::fromLane)
                .times("sent", Arrow::sentAt)
                .lanes("to", Arrow::toLane)
                .numbers(
                        "arrived",
                        arrow -> arrow.arrivedAt().isPresent()
                                ? time(arrow.arrivedAt().getAsLong())
                                : LOST)
                .texts("kind", Arrow::kind)
                .texts("label", Arrow::label)
                .numbers("key", arrow -> arrow.isKey() ? 1 : 0)
                .end();
        new Table<>("levels", picture.levels())
                .lanes("lane", Level::lane)
                .times("at", Level::at)
                .texts("name", Level::name)
                .texts("value", Level::value)
                .end();
        new Table<>("story", picture.story())
                .times("at", Line::at)
                .texts("who", Line::who)
                .texts("text", Line::text)
                .end();
        out.append(",\"strings\":[");
        int begin = out.length();
        for (var text : strings.keySet()) {
            out.append(out.length() == begin ? "\n" : ",\n");
            escape(text);
        }
        return out.append("]}").toString();
    }

    private long time(long nanos) {
        return nanos - from;
    }

    private int string(String text) {
        var number = strings.putIfAbsent(text, strings.size());
        return number == null ? strings.size() - 1 : number;
    }

    private <T> void numbers(List<T> list, ToLongFunction<T> number) {
        out.append('[');
        for (int i = 0; i < list.size(); i++) {
            out.append(i == 0 ? "" : ",").append(number.applyAsLong(list.get(i)));
        }
        out.append(']');
    }

    private void escape(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            var isPlain = c >= ' ' && c <= '~' && "\"\\<>&'`".indexOf(c) < 0;
            if (isPlain) {
                out.append(c);
            } else {
                out.append("\\u").append(Character.forDigit(c >> 12, 16));
                out.append(Character.forDigit(c >> 8 & 15, 16)).append(Character.forDigit(c >> 4 & 15, 16));
                out.append(Character.forDigit(c & 15, 16));
            }
        }
        out.append('"');
    }

    /// A list as an object of columns.
    private final class Table<T> {
        private final List<T> rows;
        private char before = '{';

        Table(String name, List<T> rows) {
            this.rows = rows;
            out.append(",\n\"").append(name).append("\":");
        }

        Table<T> numbers(String name, ToLongFunction<T> number) {
            out.append(before).append('"').append(name).append("\":");
            PictureData.this.numbers(rows, number);
            before = ',';
            return this;
        }

        Table<T> times(String name, ToLongFunction<T> nanos) {
            return numbers(name, row -> time(nanos.applyAsLong(row)));
        }

        Table<T> texts(String name, Function<T, String> text) {
            return numbers(name, row -> string(text.apply(row)));
        }

        Table<T> lanes(String name, Function<T, String> lane) {
            return numbers(name, row -> lanes.getOrDefault(lane.apply(row), -1));
        }

        void end() {
            out.append('}');
        }
    }
}
