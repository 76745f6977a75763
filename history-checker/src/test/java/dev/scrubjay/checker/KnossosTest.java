package dev.scrubjay.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scrubjay.history.History;
import dev.scrubjay.history.HistoryException;
import dev.scrubjay.history.Operation;
import dev.scrubjay.history.Recorder;
import dev.scrubjay.history.Value;
import dev.scrubjay.object.KeyValueStore;
import dev.scrubjay.object.Register;
import dev.scrubjay.object.SequentialObject;
import dev.scrubjay.object.SequentialObjects;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// What asks Knossos, through a Clojure that is real and a Knossos that stands in for the real one.
final class KnossosTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void knossosIsToldWhatHappenedToARegister(@ForAll("turns") List<SmallHistories.Turn> turns) {
        agree(new Register(), SmallHistories.play(turns, Clients.ofARegister()));
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void knossosIsToldWhatHappenedToEachKeyOfAStore(@ForAll("turns") List<SmallHistories.Turn> turns) {
        agree(new KeyValueStore(), SmallHistories.play(turns, Clients.ofAStore()));
    }

    /// Knossos and our search have to agree already, or the engine throws.
    private static void agree(SequentialObject<?> object, History history) {
        var isLinearizable = BruteForce.isLinearizable(object, history.operations());
        Statistics.label("linearizable")
                .collect(isLinearizable)
                .coverage(coverage -> coverage.check(true).percentage(share -> share > 20 && share < 80));

        var verdict = new Checker(object, Limits.standard()).with("knossos").check(history);

        assertThat(verdict).isNotInstanceOf(Verdict.Unknown.class);
        assertThat(verdict instanceof Verdict.Linearizable).as(verdict.text()).isEqualTo(isLinearizable);
        if (verdict instanceof Verdict.Linearizable(var order)) {
            Certificate.check(object, history.operations(), order, Integer.MAX_VALUE);
        }
    }

    @Test
    void aVerdictThatOursContradictsIsAFaultToReport() {
        assertThatThrownBy(() -> check("lie"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Knossos says not linearizable and search says linearizable; "
                        + "one of them is wrong: report this, with the history");
        assertThatThrownBy(() -> check("lie", "never"))
                .hasMessageStartingWith("Knossos says linearizable and search says not linearizable; ");
    }

    /// The stand-in throws when it collects what to say about a refusal, and is not asked to.
    @Test
    void aRefusalIsOursToExplain() {
        assertThat(check("never").text()).startsWith("not linearizable: process 1 never nil -> nil (events 2 to 3)");
    }

    @Test
    void whereKnossosGivesUpNothingIsKnown() {
        assertThat(check("give-up").text())
                .isEqualTo("unknown: Knossos gave up: out-of-patience; "
                        + "not decided from process 0 begin nil -> nil (events 0 to 1) on");
    }

    @Test
    void whereKnossosFailsTheFaultIsItsOwn() {
        assertThat(check("break"))
                .isInstanceOfSatisfying(
                        Verdict.Unknown.class,
                        unknown -> assertThat(unknown.why())
                                .isEqualTo("Knossos itself failed: java.lang.IllegalStateException: no more of this"));
    }

    @Test
    void whereKnossosTakesForEverItIsEndedWithAllThatItStarted() throws Exception {
        var looks = new AtomicInteger();
        var limits = Limits.standard().until(() -> looks.incrementAndGet() > 3);

        var verdict = new Checker(new Anything(), limits).with("knossos").check(history("go-on-for-ever"));

        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Unknown.class,
                        unknown -> assertThat(unknown.why()).isEqualTo("out of time, with Knossos still at it"));
        for (var thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("knossos") || thread.getName().equals("search")) {
                assertThat(thread.isDaemon()).as(thread.getName()).isTrue();
                assertThat(thread.join(PATIENCE)).as(thread.getName()).isTrue();
            }
        }
    }

    /// Knossos looks for all states before it searches. That this ends is up to us.
    @Test
    void anObjectWithoutEndIsAsLargeAsItsHistory() {
        var looks = new AtomicInteger();
        var limits = Limits.standard().until(() -> looks.incrementAndGet() > 1_000);
        var recorder = new Recorder();
        for (int i = 0; i < 20; i++) {
            recorder.ok(recorder.invoke(0, 0, "enqueue", Value.number(7)), 0, Value.absent());
        }

        var verdict = new Checker(SequentialObjects.named("queue"), limits)
                .with("knossos")
                .check(recorder.history());

        assertThat(verdict).isInstanceOf(Verdict.Linearizable.class);
    }

    @Test
    void whatOurSearchCannotDecideHasNoProof() {
        var verdict = new Checker(new Anything(), Limits.of(0)).with("knossos").check(history("begin"));

        assertThat(verdict.text())
                .startsWith("unknown: Knossos says linearizable and gives no proof; of our own search: ");
    }

    @Test
    void anOperationThatTheObjectHasNotIsToldOfAsEver() {
        assertThatThrownBy(() -> check("unheard-of"))
                .isInstanceOf(HistoryException.class)
                .hasMessage("there is no 'unheard-of'");
    }

    @Test
    void nothingIsLinearizable() {
        assertThat(new Checker(new Register(), Limits.standard())
                        .with("knossos")
                        .check(new Recorder().history()))
                .isInstanceOf(Verdict.Linearizable.class);
    }

    @Test
    void itCanBeNamedAndIsNoneOfThoseThatAreAlwaysThere() {
        assertThat(Checker.engines()).doesNotContain("knossos");
        assertThatThrownBy(() -> Checker.requireEngine("gnossos"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("there is no engine 'gnossos'; there are: zones, ")
                .hasMessageEndingWith(", breadth, and knossos where it is on the class path");
    }

    @Test
    void withoutClojureOrKnossosThereIsOneLineThatSaysWhereToPutThem() throws Exception {
        var without = ClassLoader.getPlatformClassLoader();
        var withClojure = new URLClassLoader(classPath(entry -> !entry.contains("test-classes")), without);

        assertThatThrownBy(() -> withLoader(without, () -> Checker.requireEngine("knossos")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the engine knossos needs Clojure and Knossos on the class path; "
                        + "put its jar and those that it needs there, and those of clojure, spec.alpha "
                        + "and core.specs.alpha (./scrubjay takes them from SCRUBJAY_CLASS_PATH)");
        assertThatThrownBy(() -> withLoader(withClojure, () -> Checker.requireEngine("knossos")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the engine knossos needs Knossos on the class path, which does not load "
                        + "(Could not locate knossos/history__init.class, ")
                .hasMessageContaining("; put its jar ");
    }

    private static void withLoader(ClassLoader loader, ThrowingCallable call) throws Throwable {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            call.call();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static URL[] classPath(Predicate<String> isWanted) throws MalformedURLException {
        var urls = new ArrayList<URL>();
        for (var entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (isWanted.test(entry)) {
                urls.add(Path.of(entry).toUri().toURL());
            }
        }
        return urls.toArray(URL[]::new);
    }

    private static Verdict check(String... names) {
        return new Checker(new Anything(), Limits.standard()).with("knossos").check(history(names));
    }

    /// Operations one after the other, each by a process of its own.
    private static History history(String... names) {
        var recorder = new Recorder();
        recorder.ok(recorder.invoke(0, 0, "begin", Value.absent()), 0, Value.absent());
        for (int i = 0; i < names.length; i++) {
            recorder.ok(recorder.invoke(i + 1, 0, names[i], Value.absent()), 0, Value.absent());
        }
        return recorder.history();
    }

    /// Does what nothing else has a name for, but not 'never'.
    private static final class Anything implements SequentialObject<String> {
        @Override
        public String name() {
            return "anything";
        }

        @Override
        public String initial() {
            return "as ever";
        }

        @Override
        public Optional<String> step(String state, Operation operation) {
            if (operation.f().equals("unheard-of")) {
                throw new HistoryException("there is no 'unheard-of'");
            }
            return operation.f().equals("never") ? Optional.empty() : Optional.of(state);
        }
    }

    @Provide
    Arbitrary<List<SmallHistories.Turn>> turns() {
        return SmallHistories.turns();
    }
}
