package dev.scrubjay.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.testing.Need;
import dev.scrubjay.testing.Needs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Pages in a real browser, from a file, as people open them; moved with mouse and keys.
@Needs(Need.CHROMIUM)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PageInBrowserTest {
    private static final long MILLI = 1_000_000;

    /// The colours of the lanes; of a copy, since a canvas that is read is drawn differently, and the
    /// browser says so.
    private static final String PIXELS = "(() => { const plot = document.querySelector('#plot');"
            + " const copy = document.createElement('canvas'); copy.width = plot.width; copy.height = plot.height;"
            + " const ctx = copy.getContext('2d', {willReadFrequently: true}); ctx.drawImage(plot, 0, 0);"
            + " const pixels = new Uint32Array(ctx.getImageData(0, 0, copy.width, copy.height).data.buffer); ";

    @TempDir
    Path folder;

    private Browser browser;
    private int files;

    @BeforeAll
    void startBrowser() throws IOException {
        browser = new Browser();
    }

    @AfterAll
    void endBrowser() throws IOException {
        browser.close();
    }

    /// Whatever a test does, no script fails, nothing is said on the console, and nothing but files is
    /// asked for.
    @AfterEach
    void nothingWentWrong() {
        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.asked())
                .isNotEmpty()
                .allMatch(address ->
                        address.startsWith("file:") || address.equals("data:,") || address.equals("about:blank"));
    }

    @Test
    void thePageShowsWhatIsInThePicture() throws IOException {
        open(small(), "");

        assertThat(text("#title")).isEqualTo("AgreementInv: slot 1 is chosen twice");
        assertThat(text("#summary")).isEqualTo("seed 7\n./scrubjay simulate --seed 7");
        assertThat(text("#names")).contains("world", "a", "zone-1", "b", "client-1");
        assertThat(text("#lines")).contains("0.200\na leads", "0.600\nb accepts");
        assertThat(text("#status")).contains("Shows 1.00 s of 1.00 s: 4 of 4 moments, 3 of 3 messages.");
        assertThat(text("#kinds"))
                .contains("Moments 4", "Lead", "Accept", "Messages 3", "Promise", "Spans 3", "leads", "fault");
        assertThat(browser.evaluate("document.title")).isEqualTo("AgreementInv: slot 1 is chosen twice");
    }

    /// Colours of the canvas, since nothing else shows that something is drawn.
    @Test
    void theLanesAreDrawn() throws IOException {
        open(small(), "");
        var coloursOfAll = colours();

        open(noLanes(), "");

        assertThat(coloursOfAll).isGreaterThan(colours() + 20);
    }

    @Test
    void theSliderChangesTheLevels() throws IOException {
        open(small(), "");
        assertThat(level("role", "a")).as("at the first line of the story").isEqualTo("leader");
        assertThat(level("role", "b")).isEqualTo("–");

        browser.press("End");
        assertThat(level("role", "a")).isEqualTo("follower ◂ leader");
        assertThat(level("role", "b")).isEqualTo("leader ◂ –");
        assertThat(text("#levelsNote")).isEqualTo("at 1.000000 s, 3 changes with the last step");

        browser.press("Home");
        assertThat(level("role", "a")).isEqualTo("– ◂ follower");
        assertThat(browser.evaluate("document.querySelectorAll('#table .isChanged').length"))
                .isEqualTo("3");

        var knob = slider(0);
        browser.drag(knob, middleOf("#slider"), slider(0.7), middleOf("#slider"));
        assertThat(Double.parseDouble(browser.evaluate("document.querySelector('#slider').value")))
                .isBetween(680.0 * MILLI, 720.0 * MILLI);
        assertThat(level("role", "b")).isEqualTo("follower ◂ –");
    }

    @Test
    void stepsGoFromMomentToMoment() throws IOException {
        open(small(), "#t=0");

        for (var time :
                List.of("0.100 000 s", "0.200 000 s", "0.300 000 s", "0.350 000 s", "0.600 000 s", "0.800 000 s")) {
            browser.press("ArrowRight");
            assertThat(now()).isEqualTo(time);
        }
        browser.press("ArrowRight");
        assertThat(now()).as("the last stays").isEqualTo("0.800 000 s");
        browser.press("ArrowLeft");
        assertThat(now()).isEqualTo("0.600 000 s");
        browser.press("ArrowLeft", true);
        assertThat(now()).as("a message of the story is sent").isEqualTo("0.350 000 s");
        browser.press("ArrowLeft", true);
        assertThat(now()).as("the story begins").isEqualTo("0.200 000 s");
        browser.andDraw(() -> browser.evaluate("document.querySelector('#forth').click()"));
        assertThat(now()).isEqualTo("0.300 000 s");
        assertThat(text("#about")).contains("Promise 1.b", "b → a", "took", "50.0 ms");
    }

    @Test
    void theStoryMovesTheSliderAndTheSliderTheStory() throws IOException {
        open(small(), "");
        assertThat(text("#lines [aria-current]")).isEqualTo("0.200\na leads");

        browser.andDraw(() -> browser.evaluate("document.querySelectorAll('#lines button')[1].click()"));
        assertThat(now()).isEqualTo("0.600 000 s");
        assertThat(text("#lines [aria-current]")).isEqualTo("0.600\nb accepts slot 1");

        browser.press("ArrowUp");
        assertThat(now()).isEqualTo("0.200 000 s");
        browser.press("Home");
        assertThat(browser.evaluate("document.querySelectorAll('#lines [aria-current]').length"))
                .isEqualTo("0");
        browser.press("End");
        assertThat(text("#lines [aria-current]")).isEqualTo("0.600\nb accepts slot 1");
    }

    @Test
    void theWheelZoomsAroundTheCursor() throws IOException {
        open(small(), "");
        double under = 0.25;

        browser.wheel(plot(under), middleOf("#plot"), -240);
        browser.await("location.hash.includes('window=')");

        var window = window();
        assertThat(window[1] - window[0]).isBetween(500.0 * MILLI, 700.0 * MILLI);
        assertThat((under * 1e9 - window[0]) / (window[1] - window[0])).isBetween(0.249, 0.251);
        assertThat(text("#status")).startsWith("Shows 590 ms of 1.00 s");

        browser.wheel(plot(under), middleOf("#plot"), 240);
        assertThat(text("#status")).startsWith("Shows 1.00 s of 1.00 s");
    }

    @Test
    void keysAndButtonsZoom() throws IOException {
        open(small(), "");

        browser.press("+");
        assertThat(text("#status")).startsWith("Shows 625 ms of 1.00 s");
        browser.press("-");
        assertThat(text("#status")).startsWith("Shows 1.00 s of 1.00 s");
        browser.press("s");
        assertThat(text("#status")).startsWith("Shows 448 ms of 1.00 s").contains("3 of 4 moments");
        browser.press("f");
        assertThat(text("#status")).startsWith("Shows 1.00 s of 1.00 s");
    }

    @Test
    void draggingMovesAndOnTheRulerShowsTheRange() throws IOException {
        open(small(), "");
        var ruler = Double.parseDouble(
                browser.evaluate("document.querySelector('#plot').getBoundingClientRect().top + 10"));

        browser.drag(plot(0.5), ruler, plot(0.7), ruler);
        browser.await("location.hash.includes('window=')");
        var range = window();
        assertThat(range[0]).isBetween(497.0 * MILLI, 503.0 * MILLI);
        assertThat(range[1]).isBetween(697.0 * MILLI, 703.0 * MILLI);

        browser.drag(plot(0.5), ruler + 60, plot(0.75), ruler + 60);
        browser.await("location.hash.includes('window=') && !location.hash.includes('window=" + (long) range[0] + "')");
        var moved = window();
        assertThat(moved[0]).isBetween(447.0 * MILLI, 453.0 * MILLI);
        assertThat(moved[1] - moved[0]).isBetween(199.0 * MILLI, 201.0 * MILLI);
    }

    @Test
    void whatIsSwitchedOffIsNotShownAndNotSteppedTo() throws IOException {
        open(small(), "#t=0");

        toggle("mark:Accept");
        assertThat(text("#status")).contains("2 of 4 moments").endsWith("Switched off: 1 kind (2).");
        toggle("arrow:Promise");
        assertThat(text("#status")).contains("2 of 3 messages").endsWith("Switched off: 2 kinds (3).");
        toggle("span:fault");
        assertThat(text("#status")).endsWith("Switched off: 3 kinds (4).");
        browser.press("ArrowRight");
        assertThat(now()).isEqualTo("0.100 000 s");
        browser.press("ArrowRight");
        assertThat(now()).isEqualTo("0.200 000 s");
        browser.press("ArrowRight");
        assertThat(now()).as("a message is sent; that of 0.3 s is off").isEqualTo("0.350 000 s");

        toggle("mark:Accept");
        assertThat(text("#status")).contains("4 of 4 moments").endsWith("Switched off: 2 kinds (2).");
    }

    @Test
    void searchingFindsLabels() throws IOException {
        open(small(), "#t=0");

        browser.press("/");
        for (var letter : List.of("S", "L", "O", "T", " ", "1")) {
            browser.press(letter);
        }
        assertThat(text("#found"))
                .as("two moments, a message, and not the line of the story")
                .isEqualTo("3 found");
        assertThat(text("#lines .isFound")).isEqualTo("0.600\nb accepts slot 1");
        browser.press("Enter");
        assertThat(now()).isEqualTo("0.350 000 s");
        browser.press("Escape");
        assertThat(text("#found")).isEmpty();
    }

    @Test
    void pointingShowsAndAClickHolds() throws IOException {
        open(small(), "#t=0");
        double x = plot(0.6);
        double y = lineOf("b");

        browser.andDraw(() -> browser.mouse("mouseMoved", x, y));
        assertThat(text("#tip")).contains("Accept slot 1 at ballot 2.b", "of the story", "0.600 000 s", "synced later");
        browser.click(x, y);
        assertThat(now()).isEqualTo("0.600 000 s");
        browser.andDraw(() -> browser.mouse("mouseMoved", plot(0.9), y));
        assertThat(browser.evaluate("document.querySelector('#tip').hidden")).isEqualTo("true");
        assertThat(text("#details h2")).contains("held");
        browser.press("End");
        assertThat(text("#about")).contains("Accept slot 1 at ballot 2.b");
        browser.press("Escape");
        assertThat(text("#about")).contains("Nothing happens at this very time");
    }

    @Test
    void aLinkLeadsBackToWhatWasSeen() throws IOException {
        open(small(), "");
        toggle("mark:Accept");
        browser.press("+");
        browser.press("End");
        browser.await("location.hash.includes('window=') && location.hash.includes('t=1000000000')");
        var link = browser.evaluate("location.href");
        var status = text("#status");

        browser.open(link, 1280, 800);

        assertThat(text("#status"))
                .isEqualTo(status)
                .contains("Switched off: 1 kind (2).")
                .startsWith("Shows 625 ms");
        assertThat(now()).isEqualTo("1.000 000 s");
        assertThat(level("role", "a")).isEqualTo("follower");
    }

    @Test
    void aLinkToAWindowBeginsThere() throws IOException {
        open(small(), "#window=500000000-600000000");

        assertThat(now()).isEqualTo("0.500 000 s");
        assertThat(text("#status")).startsWith("Shows 100 ms of 1.00 s");
    }

    @Test
    void aLinkThatMakesNoSenseDoesNoHarm() throws IOException {
        for (var link : List.of(
                "#t=x&window=9-1&off=mark:nothing&held=mark:99",
                "#t=99999999999999999999",
                "#t=-5&window=5&held=",
                "#%",
                "#window=100-100",
                "#held=__proto__:1")) {
            open(small(), link);
            assertThat(text("#status")).as(link).startsWith("Shows 1.00 s of 1.00 s: 4 of 4 moments");
        }
    }

    @Test
    void playingMovesTheSlider() throws IOException {
        open(small(), "#t=0");

        browser.press(" ");
        browser.await("document.querySelector('#slider').value > 0");
        browser.press(" ");
        var stopped = now();

        browser.andDraw(() -> {});
        assertThat(now()).isEqualTo(stopped).isNotEqualTo("0.000 000 s");
    }

    /// Each text is shown in each place, and is nothing but text.
    @Test
    void textsAreShownAndDoNoHarm() throws IOException {
        var texts = Hostile.TEXTS;
        var lanes = new ArrayList<Lane>();
        var marks = new ArrayList<Mark>();
        var spans = new ArrayList<Span>();
        var arrows = new ArrayList<Arrow>();
        var levels = new ArrayList<Level>();
        var story = new ArrayList<Line>();
        for (int i = 0; i < texts.size(); i++) {
            var text = texts.get(i);
            lanes.add(new Lane(text, text, text));
            marks.add(new Mark(text, i, text, text, text, i % 2 == 0));
            spans.add(new Span(text, i, i + 1, text, text, text));
            arrows.add(new Arrow(text, i, texts.getFirst(), OptionalLong.of(i + 1), text, text, i % 2 == 0));
            levels.add(new Level(text, i, text, text));
            story.add(new Line(i, text, text));
        }
        var title = String.join("", texts);
        open(new Picture(title, texts, 0, texts.size(), lanes, spans, marks, arrows, levels, story), "#search=%3Cb%3E");

        shows("#title", title);
        assertThat(text("#found"))
                .as("moment, span, message; each in two texts")
                .isEqualTo("3 found");
        for (int i = 0; i < texts.size(); i++) {
            var text = texts.get(i);
            int row = i;
            browser.andDraw(() -> browser.evaluate("location.hash = '#held=mark:" + row + "'"));
            browser.andDraw(() -> {});
            shows("#about .label", text.isEmpty() ? "(no label)" : text);
            shows("#about dd", text + (i % 2 == 0 ? ", of the story" : ""));
            shows("#lines button span", text + " " + text);
            shows("#summary p", text);
            shows("#names b", text);
            shows("#table tbody th", text);
            shows("#table thead th", text);
        }
        assertThat(browser.evaluate("String(window.broken)")).isEqualTo("undefined");
        assertThat(browser.evaluate("document.querySelectorAll('script').length + ' ' + document.images.length"))
                .isEqualTo("2 0");
    }

    @Test
    void aPictureOfNothingIsAPage() throws IOException {
        open(noLanes(), "");

        assertThat(text("#status")).isEqualTo("Shows 0 ns of 0 ns: 0 of 0 moments, 0 of 0 messages.");
        assertThat(text("body"))
                .contains("This picture has no lanes.", "This picture has no levels.", "This picture has no story.");
        for (var key :
                List.of("ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown", "End", "Home", "+", "-", "f", "s", " ")) {
            browser.press(key);
        }
        browser.wheel(plot(0.5), middleOf("#plot"), -240);
        browser.click(plot(0.5), middleOf("#plot"));
        assertThat(text("#status")).isEqualTo("Shows 0 ns of 0 ns: 0 of 0 moments, 0 of 0 messages.");
    }

    @Test
    void aTimeOfDayKeepsItsNanoseconds() throws IOException {
        long day = 1_790_000_000_123_456_789L;
        var picture = new Picture(
                "",
                List.of(),
                day,
                day + 1_000,
                List.of(new Lane("a", "node", "")),
                List.of(),
                List.of(new Mark("a", day + 7, "k", "seven", "", false)),
                List.of(),
                List.of(),
                List.of());

        open(picture, "#t=" + (day + 3));
        browser.press("ArrowRight");

        assertThat(now()).isEqualTo("+0.000 000 007 s");
        assertThat(text("#summary")).isEqualTo("Times count from 1790000000123456789 ns.");
        browser.await("location.hash === '#t=" + (day + 7) + "'");
    }

    @Test
    void aLargePictureOpensAndAnswers() throws IOException {
        open(large(), "");
        assertThat(text("#status"))
                .startsWith("Shows 60.0 s of 60.0 s: 20,000 of 20,000 moments, 50,000 of 50,000 messages. Too close")
                .containsPattern("drawn together: [\\d,]+ moments as [\\d,]+, [\\d,]+ messages as [\\d,]+ lines");

        for (int i = 0; i < 20; i++) {
            browser.wheel(plot(0.5), middleOf("#plot"), -240);
        }
        assertThat(text("#status")).doesNotContain("Too close").matches("Shows [\\d.]+ ms of 60.0 s: .*");
        browser.press("f");
        browser.press("End");
        browser.press("ArrowLeft");
        toggle("arrow:M3");
        assertThat(text("#status")).contains("20,000 of 20,000 moments").contains("Switched off: 1 kind");
        browser.andDraw(() -> browser.mouse("mouseMoved", plot(0.5), middleOf("#plot")));
        browser.andDraw(() -> browser.evaluate("search = document.querySelector('#search'), search.value = 'does 777',"
                + " search.dispatchEvent(new Event('input'))"));
        assertThat(text("#found")).isEqualTo("11 found");
    }

    @Test
    void lightAndDarkAreBothThere() throws IOException {
        browser.prefer("light");
        open(small(), "");
        var light = browser.evaluate("getComputedStyle(document.body).backgroundColor") + ground();

        browser.prefer("dark");
        browser.andDraw(() -> {});

        assertThat(browser.evaluate("getComputedStyle(document.body).backgroundColor") + ground())
                .isNotEqualTo(light);
        browser.prefer("light");
    }

    @Test
    void aSmallWindowHasEverythingToo() throws IOException {
        picture(small(), "", 600, 500);

        assertThat(text("#status")).startsWith("Shows 1.00 s of 1.00 s");
        assertThat(browser.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .isEqualTo("true");
        assertThat(browser.evaluate("document.querySelector('#plot').getBoundingClientRect().width > 300"))
                .isEqualTo("true");
    }

    /// One second: a leads, b promises and accepts, and leads. Round times, so that tests can name them.
    private static Picture small() {
        return new Picture(
                "AgreementInv: slot 1 is chosen twice",
                List.of("seed 7", "./scrubjay simulate --seed 7"),
                0,
                1_000 * MILLI,
                List.of(
                        new Lane("world", "world", ""),
                        new Lane("a", "node", "zone-1"),
                        new Lane("b", "node", "zone-2"),
                        new Lane("client-1", "client", "")),
                List.of(
                        new Span("world", 400 * MILLI, 500 * MILLI, "fault", "isolation of a", ""),
                        new Span("a", 200 * MILLI, 700 * MILLI, "leads", "leads at 1.a", ""),
                        new Span("a", 650 * MILLI, 750 * MILLI, "leads", "leads still", "")),
                List.of(
                        new Mark("a", 200 * MILLI, "Lead", "Lead at ballot 1.a", "", true),
                        new Mark("a", 350 * MILLI, "Accept", "Accept slot 1 at ballot 1.a", "", false),
                        new Mark("b", 600 * MILLI, "Accept", "Accept slot 1 at ballot 2.b", "synced later", true),
                        new Mark("b", 800 * MILLI, "Lead", "Lead at ballot 2.b", "", false)),
                List.of(
                        new Arrow("client-1", 100 * MILLI, "a", OptionalLong.empty(), "Request", "put", false),
                        new Arrow("b", 300 * MILLI, "a", OptionalLong.of(350 * MILLI), "Promise", "Promise 1.b", false),
                        new Arrow(
                                "a", 350 * MILLI, "b", OptionalLong.of(600 * MILLI), "Accept", "Accept slot 1", true)),
                List.of(
                        new Level("a", 200 * MILLI, "role", "leader"),
                        new Level("b", 350 * MILLI, "role", "follower"),
                        new Level("b", 750 * MILLI, "role", "leader"),
                        new Level("a", 750 * MILLI, "role", "follower"),
                        new Level("a", 800 * MILLI, "applied", "1")),
                List.of(new Line(200 * MILLI, "a", "leads"), new Line(600 * MILLI, "b", "accepts slot 1")));
    }

    private static Picture noLanes() {
        return new Picture("", List.of(), 0, 0, List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
    }

    private static Picture large() {
        var random = new Random(1);
        var lanes = new ArrayList<Lane>();
        var marks = new ArrayList<Mark>();
        var arrows = new ArrayList<Arrow>();
        for (int i = 0; i < 9; i++) {
            lanes.add(new Lane("n" + i, "node", ""));
        }
        for (int i = 0; i < 20_000; i++) {
            long at = random.nextLong(60_000 * MILLI);
            marks.add(new Mark("n" + random.nextInt(9), at, "K" + i % 20, "does " + i, "", i % 1_000 == 0));
        }
        for (int i = 0; i < 50_000; i++) {
            long sent = random.nextLong(59_000 * MILLI);
            var arrived = i % 20 == 0 ? OptionalLong.empty() : OptionalLong.of(sent + random.nextInt(20_000_000));
            arrows.add(new Arrow(
                    "n" + random.nextInt(9), sent, "n" + random.nextInt(9), arrived, "M" + i % 12, "m" + i, false));
        }
        return new Picture(
                "large", List.of(), 0, 60_000 * MILLI, lanes, List.of(), marks, arrows, List.of(), List.of());
    }

    private void open(Picture picture, String hash) throws IOException {
        picture(picture, hash, 1280, 800);
    }

    private void picture(Picture picture, String hash, int width, int height) throws IOException {
        var file = folder.resolve("page-" + files++ + ".html");
        picture.write(file);
        browser.open(file.toUri() + hash, width, height);
    }

    /// Some element has exactly this text, to the character.
    private void shows(String selector, String text) {
        assertThat(browser.evaluate("[...document.querySelectorAll('" + selector
                        + "')].some(element => element.textContent === " + Json.quote(text) + ")"))
                .as(selector + " shows " + text)
                .isEqualTo("true");
    }

    /// What a person reads there.
    private String text(String selector) {
        return browser.evaluate("document.querySelector(" + Json.quote(selector) + ")?.innerText ?? ''")
                .strip()
                .replaceAll("[ \\t\u2009]+", " ")
                .replaceAll("\n+", "\n");
    }

    private String now() {
        return text("#now");
    }

    private String level(String name, String lane) {
        return browser.evaluate(
                "(() => { const rows = [...document.querySelectorAll('#table tr')];"
                        + " const column = [...rows[0].cells].findIndex(cell => cell.textContent === '" + lane + "');"
                        + " const cell = rows.find(row => row.cells[0].textContent === '" + name + "').cells[column];"
                        + " return [...cell.children].map(part => part.textContent).filter(text => text !== '').join(' '); })()");
    }

    private void toggle(String kind) {
        browser.andDraw(() -> browser.evaluate("document.querySelector('[data-kind=\"" + kind + "\"]').click()"));
    }

    /// Where a share of all the time is, while the lanes show all of it.
    private double plot(double share) {
        return Double.parseDouble(
                browser.evaluate("(() => { const box = document.querySelector('#plot').getBoundingClientRect();"
                        + " return box.left + 8 + (box.width - 16) * " + share + "; })()"));
    }

    private double slider(double share) {
        return Double.parseDouble(
                browser.evaluate("(() => { const box = document.querySelector('#slider').getBoundingClientRect();"
                        + " return box.left + 8 + (box.width - 16) * " + share + "; })()"));
    }

    private double middleOf(String selector) {
        return Double.parseDouble(browser.evaluate("(() => { const box = document.querySelector('" + selector
                + "').getBoundingClientRect(); return box.top + box.height / 2; })()"));
    }

    /// The line of a lane that has no spans: right under its edge.
    private double lineOf(String lane) {
        return Double.parseDouble(
                browser.evaluate("[...document.querySelectorAll('.lane')].find(lane => lane.title.startsWith('" + lane
                        + " ')).getBoundingClientRect().top + 13"));
    }

    private double[] window() {
        var times = browser.evaluate("new URLSearchParams(location.hash.slice(1)).get('window')")
                .split("-", -1);
        return new double[] {Double.parseDouble(times[0]), Double.parseDouble(times[1])};
    }

    private int colours() {
        return Integer.parseInt(browser.evaluate(PIXELS + "return new Set(pixels).size; })()"));
    }

    /// The colour of a point where nothing is drawn.
    private String ground() {
        return browser.evaluate(PIXELS + "return pixels[60 * plot.width + 700]; })()");
    }
}
