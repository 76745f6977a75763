package dev.scrubjay.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class PictureTest {
    private static final List<Lane> LANES = List.of(new Lane("a", "node", ""), new Lane("b", "node", ""));

    @Test
    void whatLiesOnTheEdgesIsInside() {
        var picture = new Picture(
                "",
                List.of(),
                100,
                200,
                LANES,
                List.of(new Span("a", 100, 200, "off", "", ""), new Span("a", 200, 200, "off", "", "")),
                List.of(new Mark("a", 100, "k", "", "", true), new Mark("b", 200, "k", "", "", false)),
                List.of(
                        new Arrow("a", 100, "b", OptionalLong.of(200), "k", "", true),
                        new Arrow("a", 200, "a", OptionalLong.empty(), "k", "", false)),
                List.of(new Level("b", 200, "n", "")),
                List.of(new Line(100, "nobody", ""), new Line(200, "a", "")));

        assertThat(picture.spans()).hasSize(2);
    }

    @Test
    void whatIsOutsideIsRefusedWithWhereItIs() {
        refuses(
                () -> spans(
                        new Span("a", 1_500, 1_600, "off", "off", ""), new Span("a", 999, 1_500, "off", "long", "")),
                "spans[1] (\"off\") is at 999 ns, outside of the picture, which goes from 1,000 ns to 2,000 ns");
        refuses(() -> spans(new Span("a", 1_500, 2_001, "off", "", "")), "spans[0] (\"off\") is at 2,001 ns");
        refuses(() -> marks(new Mark("a", 2_001, "k", "Accept", "", false)), "marks[0] (\"Accept\") is at 2,001 ns");
        refuses(
                () -> arrows(new Arrow("a", 900, "b", OptionalLong.empty(), "k", "Promise", false)),
                "arrows[0] (\"Promise\") is at 900 ns");
        refuses(
                () -> arrows(new Arrow("a", 1_900, "b", OptionalLong.of(2_100), "k", "Promise", false)),
                "arrows[0] (\"Promise\") is at 2,100 ns");
        refuses(() -> levels(new Level("a", 2_100, "role", "")), "levels[0] (\"role\") is at 2,100 ns");
        refuses(() -> story(new Line(0, "a", "leads")), "story[0] (\"leads\") is at 0 ns");
    }

    @Test
    void aLaneThatIsNotThereIsRefusedWithThoseThatAre() {
        var lanes = "is on lane \"c\", which is not there; the lanes are: \"a\", \"b\"";
        refuses(() -> spans(new Span("c", 1_000, 1_000, "off", "", "")), "spans[0] (\"off\") " + lanes);
        refuses(() -> marks(new Mark("c", 1_000, "k", "Accept", "", false)), "marks[0] (\"Accept\") " + lanes);
        refuses(
                () -> arrows(new Arrow("c", 1_000, "a", OptionalLong.empty(), "k", "Promise", false)),
                "arrows[0] (\"Promise\") " + lanes);
        refuses(
                () -> arrows(new Arrow("a", 1_000, "c", OptionalLong.empty(), "k", "Promise", false)),
                "arrows[0] (\"Promise\") " + lanes);
        refuses(() -> levels(new Level("c", 1_000, "role", "")), "levels[0] (\"role\") " + lanes);
    }

    @Test
    void whatEndsBeforeItBeginsIsRefused() {
        refuses(
                () -> new Span("a", 1_500, 1_400, "off", "power-off", ""),
                "a span on lane \"a\" (off, \"power-off\") ends at 1,400 ns, before it begins at 1,500 ns");
        refuses(
                () -> new Arrow("a", 1_500, "b", OptionalLong.of(1_400), "Promise", "Promise 1.a", false),
                "an arrow from lane \"a\" to lane \"b\" (Promise, \"Promise 1.a\") arrives at 1,400 ns, before it is sent at");
        refuses(() -> picture(2, 1), "the picture ends at 1 ns, before it begins at 2 ns");
    }

    @Test
    void aPictureIsNoLongerThanABrowserCanCount() {
        long longest = 1L << 52;

        assertThat(picture(-1, longest - 1).toNanos()).isEqualTo(longest - 1);
        refuses(() -> picture(0, longest + 1), "it can show 4,503,599,627,370,496 ns (52 days) at most");
        refuses(() -> picture(Long.MIN_VALUE, Long.MAX_VALUE), "(52 days) at most");
    }

    @Test
    void twoLanesOfOneNameAreRefused() {
        refuses(
                () -> new Picture(
                        "",
                        List.of(),
                        0,
                        1,
                        List.of(new Lane("a", "node", ""), new Lane("a", "client", "")),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of()),
                "lanes[1]: there are two of lane \"a\"");
    }

    @Test
    void aPictureStaysAsItWasMade() {
        var lines = new ArrayList<>(List.of(new Line(1_000, "a", "leads")));
        var picture =
                new Picture("", List.of(), 1_000, 2_000, LANES, List.of(), List.of(), List.of(), List.of(), lines);

        lines.clear();

        assertThat(picture.story()).hasSize(1);
    }

    private static void refuses(ThrowingCallable making, String message) {
        assertThatThrownBy(making).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(message);
    }

    private static Picture picture(long from, long to) {
        return new Picture("", List.of(), from, to, LANES, List.of(), List.of(), List.of(), List.of(), List.of());
    }

    private static Picture spans(Span... spans) {
        return of(List.of(spans), List.of(), List.of(), List.of(), List.of());
    }

    private static Picture marks(Mark... marks) {
        return of(List.of(), List.of(marks), List.of(), List.of(), List.of());
    }

    private static Picture arrows(Arrow... arrows) {
        return of(List.of(), List.of(), List.of(arrows), List.of(), List.of());
    }

    private static Picture levels(Level... levels) {
        return of(List.of(), List.of(), List.of(), List.of(levels), List.of());
    }

    private static Picture story(Line... story) {
        return of(List.of(), List.of(), List.of(), List.of(), List.of(story));
    }

    private static Picture of(
            List<Span> spans, List<Mark> marks, List<Arrow> arrows, List<Level> levels, List<Line> story) {
        return new Picture("", List.of(), 1_000, 2_000, LANES, spans, marks, arrows, levels, story);
    }
}
