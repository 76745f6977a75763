package dev.scrubjay.cli;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/// What became of values that went wrong in some replica's state, where nobody looked.
///
/// @param came how many did, and how many were copied by who took a snapshot of them
/// @param found how many were found, and the replicas that had them made again
/// @param atFirst how many of these by the first scrub after it
/// @param gone how many went with a state that was lost or replaced for another reason
record WrongValues(long came, long found, long atFirst, long gone, long milliseconds) {
    static WrongValues of(SortedMap<String, Long> exercised) {
        return new WrongValues(
                count(exercised, "values gone wrong") + count(exercised, "wrong values copied"),
                count(exercised, "wrong values found"),
                count(exercised, "wrong values found at the first scrub mark"),
                count(exercised, "wrong values gone with all that was there"),
                count(exercised, "milliseconds until a wrong value was found"));
    }

    private static long count(SortedMap<String, Long> exercised, String what) {
        return exercised.getOrDefault(what, 0L);
    }

    private long each() {
        return found == 0 ? 0 : milliseconds / found;
    }

    /// A healthy replica that begins again is a finding; so where there is none, none did.
    void print(PrintStream people) {
        if (came > 0) {
            people.println();
            var table = new Table(
                    people,
                    List.of("wrong values", "found", "by the first scrub", "mean time", "gone before"),
                    List.of("wrong values", "1,000,000", "by the first scrub", "10,000 ms", "gone before"));
            table.row(List.of(
                    Words.number(came),
                    Words.number(found),
                    Words.number(atFirst),
                    Words.number(each()) + " ms",
                    Words.number(gone)));
        }
    }

    /// The same for programs; nothing where nothing went wrong.
    Optional<Map<String, Object>> facts() {
        if (came == 0) {
            return Optional.empty();
        }
        var facts = new LinkedHashMap<String, Object>();
        facts.put("count", came);
        facts.put("found", found);
        facts.put("foundByFirstScrub", atFirst);
        facts.put("goneBefore", gone);
        facts.put("meanSeconds", each() / 1_000.0);
        return Optional.of(facts);
    }
}
