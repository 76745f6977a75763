package dev.scrubjay.scenario;

import dev.scrubjay.scenario.Scenario.Expectation;
import dev.scrubjay.scenario.Scenario.Expectation.Availability;
import dev.scrubjay.workload.Kind;
import dev.scrubjay.workload.Workload;
import java.util.Optional;

/// What a run has to show, as words.
final class ExpectationForm {
    private static final int ALL = 1_000;
    private static final String WORDS = "no-election, write-availability P%, read-availability P%, each of the two "
            + "with or without 'outside T after fault'";

    /// What may stand behind a share.
    static final String OUTSIDE = "'outside T after fault', behind a share";

    private ExpectationForm() {}

    static Expectation read(Line line) {
        var word = line.next("what is expected");
        return switch (word) {
            case "no-election" -> new Expectation.NoElection();
            case "write-availability" -> new Availability(true, share(line), outside(line));
            case "read-availability" -> new Availability(false, share(line), outside(line));
            default -> throw line.bad(word, "is nothing to expect", WORDS);
        };
    }

    /// None at all would expect nothing.
    private static int share(Line line) {
        var word = line.next("a share such as 99.9%");
        return Quantity.share(word).stream()
                .filter(share -> share >= 1 && share <= ALL)
                .findFirst()
                .orElseThrow(() -> line.bad(word, "is no share that can be expected", "one from 0.1% to 100%"));
    }

    private static Optional<Long> outside(Line line) {
        if (!line.takes("outside")) {
            return Optional.empty();
        }
        long nanos = line.nextTime("a time", 0);
        for (var word : new String[] {"after", "fault"}) {
            var next = line.next("'" + word + "'");
            if (!next.equals(word)) {
                throw line.bad(next, "does not belong here", "'outside T after fault'");
            }
        }
        return Optional.of(nanos);
    }

    /// What clients would have to ask for, if anything is to count.
    static Optional<String> missing(Expectation expectation, Workload workload) {
        if (!(expectation instanceof Availability availability)) {
            return Optional.empty();
        }
        boolean counts = workload.shares().weights().keySet().stream()
                .anyMatch(kind -> availability.isOfWrites() ? kind.isWrite() : kind == Kind.GET);
        return counts
                ? Optional.empty()
                : Optional.of(availability.isOfWrites() ? "put, conditional-put or delete" : "get");
    }
}
