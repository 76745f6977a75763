package dev.scrubjay.scenario;

import dev.scrubjay.history.History;
import dev.scrubjay.history.Operation;
import dev.scrubjay.scenario.Scenario.Expectation;
import dev.scrubjay.world.Finding;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How many of the operations that clients began were answered before they gave up, where nothing was wrong
/// for long enough.
///
/// What counts is when an operation begins: one that a fault overtakes has to be answered all the same. The
/// beginning of a run is a fault like others: it ends when each group has its first leader.
///
/// @param began how many began when they count
/// @param unanswered the first of them that was not
public record Availability(
        Expectation.Availability expected, long began, long answered, Optional<Operation> unanswered) {

    /// Something was wrong for so long.
    public record Struck(long from, long to) {
        /// Whether a moment lies in it, or so soon after it.
        boolean covers(long moment, long afterNanos) {
            return moment >= from && moment - afterNanos <= to;
        }
    }

    /// Of a run that has ended.
    ///
    /// @param struck when something was wrong, in any order
    public static Availability of(
            Expectation.Availability expected, Scenario scenario, History history, List<Struck> struck) {
        var counted = history.operations().stream()
                .filter(operation -> operation.f().equals("get") != expected.isOfWrites())
                .filter(operation -> operation.invocation().time() < scenario.busyNanos())
                .filter(operation -> expected.outsideNanos().stream()
                        .noneMatch(nanos -> struck.stream()
                                .anyMatch(each ->
                                        each.covers(operation.invocation().time(), nanos))))
                .toList();
        return new Availability(
                expected,
                counted.size(),
                counted.stream().filter(Operation::isCompleted).count(),
                counted.stream().filter(operation -> !operation.isCompleted()).findFirst());
    }

    /// What operations of this kind are called.
    private String what() {
        return expected.isOfWrites() ? "writes" : "gets";
    }

    /// The same as counts of a run.
    public String counted() {
        return what()
                + expected.outsideNanos()
                        .map(nanos -> " begun outside " + Quantity.time(nanos) + " after a fault")
                        .orElse(" begun");
    }

    /// What is wrong, if fewer were answered than have to be; or if none counts, so that nothing is shown.
    public Optional<Finding> finding(Scenario scenario) {
        if (began == 0) {
            return Optional.of(new Finding(
                    Finding.UNDECIDED,
                    "'expect " + expected.text() + "' proves nothing in this run: none of its " + what()
                            + " counts; a longer 'run', fewer faults or a shorter time after them leave room for some",
                    ""));
        }
        if (answered * 1_000 >= expected.perMille() * began) {
            return Optional.empty();
        }
        var first = unanswered.orElseThrow();
        return Optional.of(new Finding(
                expected.word(),
                String.format(
                        Locale.ROOT,
                        "%s of the %s were answered within %s, at least %s are expected: %,d of %,d; the first that "
                                + "was not: process %d %s %s",
                        share(),
                        counted(),
                        Quantity.time(scenario.workload().patienceNanos()),
                        Quantity.share(expected.perMille()),
                        answered,
                        began,
                        first.process(),
                        first.f(),
                        first.argument()),
                String.format(
                        Locale.ROOT,
                        "begun at virtual time %.3f s",
                        first.invocation().time() / 1e9)));
    }

    /// Never rounded up: what is just too little must not look as if it were enough.
    private String share() {
        return BigDecimal.valueOf(100 * answered)
                        .divide(BigDecimal.valueOf(began), 2, RoundingMode.DOWN)
                        .stripTrailingZeros()
                        .toPlainString()
                + "%";
    }
}
