package dev.scrubjay.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.IntFunction;
import java.util.regex.Pattern;

/// What stands in a page, read back as the picture that it was made of.
final class Decoded {
    private static final Pattern DATA =
            Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL);

    private final Map<?, ?> data;
    private final List<?> strings;
    private final long begin;

    private Decoded(Map<?, ?> data) {
        this.data = data;
        this.strings = Json.sequence(data, "strings");
        this.begin = Long.parseLong((String) Json.part(data, "from"));
    }

    /// The part of a page that holds the picture.
    static String data(String html) {
        var match = DATA.matcher(html);
        if (!match.find()) {
            throw new AssertionError("there is no picture in the page");
        }
        return match.group(1);
    }

    static Picture picture(String html) {
        return new Decoded(Json.read(data(html))).picture();
    }

    private Picture picture() {
        return new Picture(
                string(Json.number(data, "title")),
                Json.sequence(data, "summary").stream()
                        .map(number -> string((long) number))
                        .toList(),
                begin,
                begin + Json.number(data, "length"),
                table(
                        "lanes",
                        i -> new Lane(text("lanes", "name", i), text("lanes", "kind", i), text("lanes", "note", i))),
                table(
                        "spans",
                        i -> new Span(
                                lane("spans", "lane", i),
                                time("spans", "from", i),
                                time("spans", "to", i),
                                text("spans", "kind", i),
                                text("spans", "label", i),
                                text("spans", "detail", i))),
                table(
                        "marks",
                        i -> new Mark(
                                lane("marks", "lane", i),
                                time("marks", "at", i),
                                text("marks", "kind", i),
                                text("marks", "label", i),
                                text("marks", "detail", i),
                                number("marks", "key", i) == 1)),
                table(
                        "arrows",
                        i -> new Arrow(
                                lane("arrows", "from", i),
                                time("arrows", "sent", i),
                                lane("arrows", "to", i),
                                number("arrows", "arrived", i) < 0
                                        ? OptionalLong.empty()
                                        : OptionalLong.of(time("arrows", "arrived", i)),
                                text("arrows", "kind", i),
                                text("arrows", "label", i),
                                number("arrows", "key", i) == 1)),
                table(
                        "levels",
                        i -> new Level(
                                lane("levels", "lane", i),
                                time("levels", "at", i),
                                text("levels", "name", i),
                                text("levels", "value", i))),
                table(
                        "story",
                        i -> new Line(time("story", "at", i), text("story", "who", i), text("story", "text", i))));
    }

    private <T> List<T> table(String name, IntFunction<T> row) {
        var list = new ArrayList<T>();
        var columns = Json.mapping(data, name).values();
        int size = ((List<?>) columns.iterator().next()).size();
        for (var column : columns) {
            if (((List<?>) column).size() != size) {
                throw new AssertionError("the columns of " + name + " are not of one length");
            }
        }
        for (int i = 0; i < size; i++) {
            list.add(row.apply(i));
        }
        return list;
    }

    private long number(String table, String column, int row) {
        return (long) Json.sequence(Json.mapping(data, table), column).get(row);
    }

    private long time(String table, String column, int row) {
        return begin + number(table, column, row);
    }

    private String text(String table, String column, int row) {
        return string(number(table, column, row));
    }

    private String lane(String table, String column, int row) {
        return text("lanes", "name", (int) number(table, column, row));
    }

    private String string(long number) {
        return (String) strings.get((int) number);
    }
}
