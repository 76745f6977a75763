package dev.scrubjay.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.history.History;
import dev.scrubjay.history.Recorder;
import dev.scrubjay.history.Value;
import dev.scrubjay.scenario.Availability.Struck;
import dev.scrubjay.scenario.Scenario.Expectation;
import dev.scrubjay.world.Finding;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which operations count, and how many of those have to be answered.
final class AvailabilityTest {
    private static final long SECOND = 1_000_000_000;
    private static final Scenario SCENARIO = ScenarioForm.read("""
            scenario 1
            node a
            workload keys=1 for 20s
            """);

    private final Recorder recorder = new Recorder();
    private long process;

    private void asks(String f, double second, String end) {
        long time = (long) (second * SECOND);
        int invocation = recorder.invoke(++process, time, f, Value.text("k"));
        switch (end) {
            case "ok" -> recorder.ok(invocation, time, Value.absent());
            case "fail" -> recorder.fail(invocation, time);
            case "info" -> recorder.info(invocation, time);
            default -> assertThat(end).isEqualTo("open");
        }
    }

    private History history() {
        return recorder.history();
    }

    private static Expectation.Availability expected(String words) {
        var scenario = ScenarioForm.read("scenario 1\nnode a\nworkload keys=1 for 1s\nexpect " + words + "\n");
        return (Expectation.Availability) scenario.expectations().iterator().next();
    }

    private Availability availability(String words, Struck... struck) {
        return Availability.of(expected(words), SCENARIO, history(), List.of(struck));
    }

    @Test
    void writesAreWhateverIsNoGet() {
        for (var f : List.of("get", "put", "conditional-put", "delete")) {
            asks(f, 1, "ok");
        }
        assertThat(availability("write-availability 100%").began()).isEqualTo(3);
        assertThat(availability("read-availability 100%").began()).isEqualTo(1);
    }

    /// Clients work for twenty seconds; what is read after that is no matter of theirs.
    @Test
    void nothingCountsFromTheEndOfTheRunOn() {
        asks("get", 19.999, "ok");
        asks("get", 20, "open");
        assertThat(availability("read-availability 100%").began()).isEqualTo(1);
    }

    /// A fault from 5 s to 7 s, and 3 s after it.
    @ParameterizedTest
    @CsvSource({"4.999, 1", "5, 0", "6, 0", "7, 0", "10, 0", "10.001, 1"})
    void nothingCountsWhileAFaultGoesOnOrSoSoonAfterIt(double second, int counts) {
        asks("get", second, "ok");
        var fault = new Struck(5 * SECOND, 7 * SECOND);

        assertThat(availability("read-availability 100% outside 3s after fault", fault)
                        .began())
                .isEqualTo(counts);
        assertThat(availability("read-availability 100%", fault).began())
                .as("without 'outside' all count")
                .isEqualTo(1);
    }

    @Test
    void aFaultThatNeverEndedCoversAllThatCame() {
        asks("get", 1, "ok");
        asks("get", 6, "ok");
        var fault = new Struck(5 * SECOND, Long.MAX_VALUE);
        assertThat(availability("read-availability 100% outside 3s after fault", fault)
                        .began())
                .isEqualTo(1);
    }

    /// One of a thousand, exactly and one less.
    @ParameterizedTest
    @CsvSource({"999, 1, true", "998, 2, false", "1, 0, true"})
    void theShareIsExact(int answered, int others, boolean isEnough) {
        for (int i = 0; i < answered; i++) {
            asks("put", 1, "ok");
        }
        for (int i = 0; i < others; i++) {
            asks("put", 2, "info");
        }
        assertThat(availability("write-availability 99.9%").finding(SCENARIO).isEmpty())
                .isEqualTo(isEnough);
    }

    @ParameterizedTest
    @CsvSource({"fail", "info", "open"})
    void whatIsMissingIsSaidWithTheFirstThatWasNotAnswered(String end) {
        asks("put", 1, "ok");
        asks("put", 2, "ok");
        asks("delete", 3.25, end);
        asks("put", 4, "info");
        asks("get", 3, "info");

        assertThat(availability("write-availability 99.9% outside 5s after fault")
                        .finding(SCENARIO))
                .contains(new Finding(
                        "write-availability",
                        "50% of the writes begun outside 5s after a fault were answered within 2s, at least 99.9% are "
                                + "expected: 2 of 4; the first that was not: process 3 delete \"k\"",
                        "begun at virtual time 3.250 s"));
    }

    /// What is just too little does not look as if it were enough.
    @Test
    void sharesAreNeverRoundedUp() {
        for (int i = 0; i < 99_999; i++) {
            asks("put", 1, "ok");
        }
        asks("put", 1, "info");
        assertThat(availability("write-availability 100%").finding(SCENARIO).map(Finding::text))
                .hasValueSatisfying(text -> assertThat(text).startsWith("99.99% of the writes begun were answered"));
    }

    @Test
    void whereNothingCountsNothingIsShown() {
        assertThat(availability("write-availability 99% outside 1s after fault").finding(SCENARIO))
                .isEqualTo(Optional.of(new Finding(
                        Finding.UNDECIDED,
                        "'expect write-availability 99% outside 1s after fault' proves nothing in this run: none of its "
                                + "writes counts; a longer 'run', fewer faults or a shorter time after them leave room "
                                + "for some",
                        "")));
    }
}
