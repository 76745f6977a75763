package dev.scrubjay.picture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What happened, as somebody who was not there should see it: lanes over time, and a story.
///
/// Times are nanoseconds of true (virtual) time. Everything lies between the first and the last, and on a
/// lane that is there; what does not is refused, since a page that leaves something out would lie.
///
/// @param title what was found, such as `AgreementInv: slot 11 of group 1 is chosen twice`
/// @param summary a few lines: the scenario, the seed, the command that shows it again
public record Picture(
        String title,
        List<String> summary,
        long fromNanos,
        long toNanos,
        List<Lane> lanes,
        List<Span> spans,
        List<Mark> marks,
        List<Arrow> arrows,
        List<Level> levels,
        List<Line> story) {

    /// The page counts time in the numbers of a browser, which are exact up to twice this.
    private static final long NANOS_MAX = 1L << 52;

    public Picture {
        summary = List.copyOf(summary);
        lanes = List.copyOf(lanes);
        spans = List.copyOf(spans);
        marks = List.copyOf(marks);
        arrows = List.copyOf(arrows);
        levels = List.copyOf(levels);
        story = List.copyOf(story);
        checkTimes(fromNanos, toNanos);
        var inside = new Inside(fromNanos, toNanos, names(lanes));
        for (int i = 0; i < spans.size(); i++) {
            var span = spans.get(i);
            inside.check("spans[" + i + "]", span.kind(), span.lane(), span.from(), span.to());
        }
        for (int i = 0; i < marks.size(); i++) {
            var mark = marks.get(i);
            inside.check("marks[" + i + "]", mark.label(), mark.lane(), mark.at(), mark.at());
        }
        for (int i = 0; i < arrows.size(); i++) {
            var arrow = arrows.get(i);
            var where = "arrows[" + i + "]";
            inside.check(where, arrow.label(), arrow.fromLane(), arrow.sentAt(), arrow.sentAt());
            long end = arrow.arrivedAt().orElse(arrow.sentAt());
            inside.check(where, arrow.label(), arrow.toLane(), end, end);
        }
        for (int i = 0; i < levels.size(); i++) {
            var level = levels.get(i);
            inside.check("levels[" + i + "]", level.name(), level.lane(), level.at(), level.at());
        }
        for (int i = 0; i < story.size(); i++) {
            inside.check(
                    "story[" + i + "]",
                    story.get(i).text(),
                    story.get(i).at(),
                    story.get(i).at());
        }
    }

    private static void checkTimes(long from, long to) {
        if (to < from) {
            throw new IllegalArgumentException("the picture ends at " + Where.time(to) + ", before it begins at "
                    + Where.time(from) + "; give the earlier time first");
        }
        long length = to - from;
        if (length < 0 || length > NANOS_MAX) {
            throw new IllegalArgumentException("the picture goes from " + Where.time(from) + " to " + Where.time(to)
                    + "; it can show " + Where.time(NANOS_MAX) + " (52 days) at most, so draw a part");
        }
    }

    private static TreeSet<String> names(List<Lane> lanes) {
        var names = new TreeSet<String>();
        for (int i = 0; i < lanes.size(); i++) {
            if (!names.add(lanes.get(i).name())) {
                throw new IllegalArgumentException("lanes[" + i + "]: there are two of "
                        + Where.lane(lanes.get(i).name()) + "; give each a name of its own");
            }
        }
        return names;
    }

    /// The page: one file, which needs no other and no network. The same picture gives the same text.
    public String html() {
        return Page.of(this);
    }

    public void write(Path file) throws IOException {
        Files.writeString(file, html());
    }

    /// What everything in a picture has to be.
    private record Inside(long from, long to, TreeSet<String> lanes) {
        void check(String where, String what, String lane, long begin, long end) {
            if (!lanes.contains(lane)) {
                throw new IllegalArgumentException(where + " (\"" + what + "\") is on " + Where.lane(lane)
                        + ", which is not there; the lanes are: "
                        + lanes.stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(", ")));
            }
            check(where, what, begin, end);
        }

        void check(String where, String what, long begin, long end) {
            if (begin < from || end > to) {
                throw new IllegalArgumentException(where + " (\"" + what + "\") is at "
                        + Where.time(begin < from ? begin : end) + ", outside of the picture, which goes from "
                        + Where.time(from) + " to " + Where.time(to) + "; cut it, or make the picture longer");
            }
        }
    }
}
