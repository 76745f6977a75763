package dev.scrubjay.simulation;

import dev.scrubjay.world.Cell;
import dev.scrubjay.world.Finding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/// What the runs of a campaign have come to, all together.
public final class Tally {
    /// How much one run did.
    public record Size(long seed, long operations, long faults, long leaderChanges) {
        static Size of(Campaign.Result result) {
            return new Size(
                    result.seed(), result.count("operations"), result.count("faults"), result.count("leader changes"));
        }
    }

    /// Something that was found.
    ///
    /// @param scenario the run as text, where its seed alone does not say which it was
    public record Found(long seed, Finding finding, Optional<String> scenario) {}

    private final SortedMap<String, Long> totals = new TreeMap<>();
    private final SortedMap<Cell, Long> covered = new TreeMap<>();
    private final SortedMap<Cell, Long> aimed = new TreeMap<>();
    private final List<Size> sizes = new ArrayList<>();
    private final List<Long> failoverNanos = new ArrayList<>();
    private final List<Found> found = new ArrayList<>();

    /// Nothing yet.
    public Tally() {}

    /// Goes on from what there was.
    public Tally(
            SortedMap<String, Long> totals,
            SortedMap<Cell, Long> covered,
            SortedMap<Cell, Long> aimed,
            List<Size> sizes,
            List<Long> failoverNanos,
            List<Found> found) {
        this.totals.putAll(totals);
        this.covered.putAll(covered);
        this.aimed.putAll(aimed);
        this.sizes.addAll(sizes);
        this.failoverNanos.addAll(failoverNanos);
        this.found.addAll(found);
    }

    /// @param scenario the run as text, where its seed alone does not say which it was
    void add(Campaign.Result result, Optional<String> scenario) {
        result.exercised().forEach((what, count) -> totals.merge(what, count, Long::sum));
        result.covered().forEach((cell, count) -> covered.merge(cell, count, Long::sum));
        sizes.add(Size.of(result));
        failoverNanos.addAll(result.failoverNanos());
        result.findings().forEach(finding -> found.add(new Found(result.seed(), finding, scenario)));
    }

    void aim(List<Cell> cells) {
        cells.forEach(cell -> aimed.merge(cell, 1L, Long::sum));
    }

    long aimedAt(Cell cell) {
        return aimed.getOrDefault(cell, 0L);
    }

    public int runs() {
        return sizes.size();
    }

    /// In how many runs something was found.
    public long bad() {
        return found.stream().mapToLong(Found::seed).distinct().count();
    }

    public long count(String what) {
        return totals.getOrDefault(what, 0L);
    }

    /// How often it happened in a run, on average.
    public double each(String what) {
        return runs() == 0 ? 0 : (double) count(what) / runs();
    }

    /// How often what happened in all runs.
    public SortedMap<String, Long> totals() {
        return Collections.unmodifiableSortedMap(totals);
    }

    /// How often which fault met which action.
    public SortedMap<Cell, Long> covered() {
        return Collections.unmodifiableSortedMap(covered);
    }

    /// How often a run was to bring which fault and which action together.
    public SortedMap<Cell, Long> aimed() {
        return Collections.unmodifiableSortedMap(aimed);
    }

    public List<Size> sizes() {
        return Collections.unmodifiableList(sizes);
    }

    public List<Long> failoverNanos() {
        return Collections.unmodifiableList(failoverNanos);
    }

    public List<Found> found() {
        return Collections.unmodifiableList(found);
    }

    /// Of a run in the middle of all, for each measure another one.
    public Size median() {
        return new Size(0, median(Size::operations), median(Size::faults), median(Size::leaderChanges));
    }

    private long median(ToLongFunction<Size> measure) {
        var sorted = sizes.stream().mapToLong(measure).sorted().toArray();
        return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
    }
}
