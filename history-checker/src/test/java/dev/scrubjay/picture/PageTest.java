package dev.scrubjay.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PageTest {
    private static final Pattern LOADS =
            Pattern.compile("(?i)\\bsrc=|@import|url\\(|\\bfetch\\(|XMLHttpRequest|import\\(|https?:");

    @TempDir
    Path folder;

    /// All that is in a picture is in its page, whatever the texts are.
    @Property(tries = 150)
    void aPageHoldsTheWholePicture(@ForAll("pictures") Picture picture) {
        var html = picture.html();

        assertThat(Decoded.picture(html)).isEqualTo(picture);
    }

    @Test
    void aPageHoldsTheWholeExample() {
        var example = ExamplePicture.make();

        assertThat(example.marks()).hasSizeGreaterThan(2_000);
        assertThat(example.arrows())
                .anyMatch(arrow -> arrow.arrivedAt().isEmpty())
                .anyMatch(Arrow::isKey);
        assertThat(Decoded.picture(example.html())).isEqualTo(example);
    }

    /// What browsers, editors and encodings would change or take for something else is not there.
    @Property(tries = 150)
    void nothingInATextIsAnythingButText(@ForAll("pictures") Picture picture) {
        var html = picture.html();

        assertThat(Decoded.data(html)).matches("[\\n -~&&[^<>&'`]]*");
        assertThat(html.split("<title>|</title>", -1)[1]).matches("([ -~&&[^<>&\"']]|&#\\d+;)*");
        assertThat(html).containsOnlyOnce("</head>").containsOnlyOnce("id=\"data\"");
    }

    @Test
    void thePlacesOfThePageAreNotLookedForInTexts() {
        var places = "{{script}} {{data}} $1 \\1 {{title}}";

        var picture = of(places, new Mark("a", 0, places, places, places, true));

        assertThat(Decoded.picture(picture.html())).isEqualTo(picture);
        assertThat(picture.html()).contains("<title>" + places + "</title>");
    }

    @Test
    void theSamePictureIsTheSamePage() {
        assertThat(ExamplePicture.make().html()).isEqualTo(ExamplePicture.make().html());
    }

    @Test
    void anotherPictureIsAnotherPage() {
        var one = of("t", new Mark("a", 0, "k", "label", "", true));

        assertThat(one.html())
                .isNotEqualTo(of("t", new Mark("a", 0, "k", "label", "", false)).html());
        assertThat(one.html())
                .isNotEqualTo(of("t", new Mark("a", 1, "k", "label", "", true)).html());
    }

    /// The script and the style are those whose hashes the page allows, and no others are.
    @Test
    void thePageAllowsItsOwnScriptAlone() throws Exception {
        var html = ExamplePicture.make().html();
        var script = part(html, "<script>", "</script>");
        var style = part(html, "<style>", "</style>");

        assertThat(html)
                .contains("content=\"default-src 'none'; style-src '" + hash(style) + "'; script-src '" + hash(script)
                        + "'; img-src data:;");
        assertThat(html.split("<script", -1)).hasSize(3);
        assertThat(html.split("<style", -1)).hasSize(2);
        assertThat(html).doesNotContain("unsafe-inline").doesNotContain("{{").doesNotContain(" style=\"");
    }

    @Test
    void thePageNamesNothingThatIsElsewhere() {
        var html = of("t", new Mark("a", 0, "k", "label", "", true)).html();

        assertThat(LOADS.matcher(html).results()).isEmpty();
    }

    @Test
    void theFileIsThePage() throws IOException {
        var picture = ExamplePicture.make();

        picture.write(folder.resolve("a.html"));

        assertThat(Files.readString(folder.resolve("a.html"))).isEqualTo(picture.html());
    }

    private static Picture of(String title, Mark mark) {
        return new Picture(
                title,
                List.of(title),
                0,
                10,
                List.of(new Lane("a", "node", title)),
                List.of(),
                List.of(mark),
                List.of(),
                List.of(),
                List.of());
    }

    private static String part(String html, String begin, String end) {
        int from = html.indexOf(begin) + begin.length();
        return html.substring(from, html.indexOf(end, from));
    }

    private static String hash(String content) throws Exception {
        var digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
        return "sha256-" + Base64.getEncoder().encodeToString(digest);
    }

    @Provide
    Arbitrary<Picture> pictures() {
        var begins = Arbitraries.longs().between(-5, 1L << 60);
        var lengths = Arbitraries.longs().between(0, 1L << 52);
        var texts = texts().list().ofMinSize(1).ofMaxSize(8);
        return Combinators.combine(
                        begins,
                        lengths,
                        texts,
                        Arbitraries.integers().between(0, 6),
                        Arbitraries.randomValue(random -> random))
                .as((begin, length, words, size, random) -> {
                    var make = new Object() {
                        String text() {
                            return words.get(random.nextInt(words.size()));
                        }

                        long time(long from) {
                            return from + random.nextLong(begin + length - from + 1);
                        }
                    };
                    var lanes = new ArrayList<Lane>();
                    for (var word : words.stream().distinct().toList()) {
                        lanes.add(new Lane(word, make.text(), make.text()));
                    }
                    var spans = new ArrayList<Span>();
                    var marks = new ArrayList<Mark>();
                    var arrows = new ArrayList<Arrow>();
                    var levels = new ArrayList<Level>();
                    var story = new ArrayList<Line>();
                    for (int i = 0; i < size; i++) {
                        long from = make.time(begin);
                        spans.add(new Span(make.text(), from, make.time(from), make.text(), make.text(), make.text()));
                        marks.add(new Mark(
                                make.text(), from, make.text(), make.text(), make.text(), random.nextBoolean()));
                        var arrived = random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(make.time(from));
                        arrows.add(new Arrow(
                                make.text(),
                                from,
                                make.text(),
                                arrived,
                                make.text(),
                                make.text(),
                                random.nextBoolean()));
                        levels.add(new Level(make.text(), from, make.text(), make.text()));
                        story.add(new Line(from, make.text(), make.text()));
                    }
                    return new Picture(
                            make.text(), words, begin, begin + length, lanes, spans, marks, arrows, levels, story);
                });
    }

    /// Of any characters, halves of pairs among them; and what is known to break pages.
    private static Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().all().ofMaxLength(12),
                Arbitraries.of(Hostile.TEXTS),
                Arbitraries.strings().ascii().ofMaxLength(12));
    }
}
