package dev.scrubjay.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.port.StateStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every short sequence of writes and flushes, with the power gone after each step.
///
/// What is left must be what the first so many writes made, of all groups together: at least those before the
/// last flush of whose end the store heard, and at most all. And the store must have said exactly what it
/// could promise of each group.
final class FlushPointsTest {
    private enum Step {
        WRITE_1,
        WRITE_2,
        CLEAR_1,
        FLUSH_BEGINS,
        FLUSH_IS_CARRIED_OUT,
        FLUSH_IS_HEARD
    }

    /// What a group has: its slot, and its rows.
    private record Group(long slot, List<String> rows) {
        static final Group EMPTY = new Group(0, List.of());

        /// A row that every slot writes over, one that it adds, and one that the next slot deletes.
        Group next() {
            var later = new ArrayList<>(rows);
            later.removeIf(row -> row.startsWith("last=") || row.startsWith("once-"));
            later.add("last=" + (slot + 1));
            later.add("once-" + (slot + 1) + "=x");
            later.add("slot-" + (slot + 1) + "=x");
            return new Group(slot + 1, later.stream().sorted().toList());
        }

        static Group of(StateStore store, long group) {
            return new Group(store.applied(group), StateRows.all(store, group));
        }
    }

    private record Both(Group one, Group two) {
        Group group(long number) {
            return number == 1 ? one : two;
        }
    }

    /// What must be so at some moment.
    ///
    /// @param after what each write made, the first before any
    /// @param safe how many writes are certainly left
    /// @param begun how many writes the flush under way covers; -1 if none is
    private record Model(List<Both> after, int safe, int begun, boolean carriedOut) {
        boolean allows(Step step) {
            return switch (step) {
                case WRITE_1, WRITE_2, CLEAR_1 -> true;
                case FLUSH_BEGINS -> begun < 0;
                case FLUSH_IS_CARRIED_OUT -> begun >= 0 && !carriedOut;
                case FLUSH_IS_HEARD -> carriedOut;
            };
        }

        Model then(Step step) {
            var now = after.getLast();
            return switch (step) {
                case WRITE_1 -> wrote(new Both(now.one.next(), now.two));
                case WRITE_2 -> wrote(new Both(now.one, now.two.next()));
                case CLEAR_1 -> wrote(new Both(Group.EMPTY, now.two));
                case FLUSH_BEGINS -> new Model(after, safe, after.size() - 1, false);
                case FLUSH_IS_CARRIED_OUT -> new Model(after, safe, begun, true);
                case FLUSH_IS_HEARD -> new Model(after, begun, -1, false);
            };
        }

        private Model wrote(Both both) {
            var more = new ArrayList<>(after);
            more.add(both);
            return new Model(more, safe, begun, carriedOut);
        }

        List<Both> allowed() {
            return after.subList(safe, after.size());
        }

        long flushed(long group) {
            return allowed().stream()
                    .mapToLong(both -> both.group(group).slot())
                    .min()
                    .orElseThrow();
        }
    }

    @TempDir
    Path folder;

    private final Set<List<Step>> seen = new HashSet<>();
    private long sequences;
    private long images;
    private long between;
    private long all;
    private long least;

    @Test
    void inMemoryEveryImageIsOneThatTheWritesMade() {
        extend(
                List.of(),
                new Model(List.of(new Both(Group.EMPTY, Group.EMPTY)), 0, -1, false),
                6,
                _ -> new TestedMemory());

        tell("memory", 10_000);
    }

    @Test
    void whatRocksDbLeavesIsWhatTheFirstWritesMade() {
        extend(
                List.of(),
                new Model(List.of(new Both(Group.EMPTY, Group.EMPTY)), 0, -1, false),
                5,
                number -> new TestedRocks(TestedRocks.folder(folder, number)));

        tell("RocksDB", 1_000);
    }

    private void tell(String what, long imagesMin) {
        var counts = String.format(
                Locale.ROOT,
                "flush points, %s: %,d sequences, %,d images (%,d with the least allowed, %,d with more, "
                        + "%,d with everything)",
                what,
                sequences,
                images,
                least,
                between,
                all);
        System.out.println(counts);
        assertThat(images).as(counts).isGreaterThan(imagesMin);
        assertThat(List.of(least, between, all)).as(counts).allMatch(count -> count > imagesMin / 20);
    }

    private void extend(List<Step> steps, Model model, int stepsMax, IntFunction<TestedStore> make) {
        if (steps.size() == stepsMax) {
            run(steps, make);
            return;
        }
        for (var step : Step.values()) {
            if (model.allows(step)) {
                var more = new ArrayList<>(steps);
                more.add(step);
                extend(more, model.then(step), stepsMax, make);
            }
        }
    }

    /// Looks at what is left after each step, unless another sequence began the same way.
    private void run(List<Step> steps, IntFunction<TestedStore> make) {
        sequences++;
        var model = new Model(List.of(new Both(Group.EMPTY, Group.EMPTY)), 0, -1, false);
        try (var tested = make.apply((int) sequences)) {
            for (int i = 0; i < steps.size(); i++) {
                model = model.then(steps.get(i));
                does(steps.get(i), tested, model);
                if (seen.add(steps.subList(0, i + 1))) {
                    look(tested, model, steps.subList(0, i + 1));
                }
            }
        }
    }

    private static void does(Step step, TestedStore tested, Model model) {
        var now = model.after().getLast();
        switch (step) {
            case WRITE_1 -> write(tested.store(), 1, now.one().slot());
            case WRITE_2 -> write(tested.store(), 2, now.two().slot());
            case CLEAR_1 -> tested.store().clear(1);
            case FLUSH_BEGINS ->
                tested.store().flush(outcome -> assertThat(outcome).isEqualTo(new StateStore.Outcome.Flushed()));
            case FLUSH_IS_CARRIED_OUT -> tested.carryOut();
            case FLUSH_IS_HEARD -> tested.hear();
        }
    }

    private static void write(StateStore store, long group, long slot) {
        store.write(group, slot, changes -> {
            StateRows.puts("last=" + slot, "once-" + slot + "=x", "slot-" + slot + "=x")
                    .accept(changes);
            changes.delete(StateRows.bytes("once-" + (slot - 1)));
        });
    }

    private void look(TestedStore tested, Model model, List<Step> steps) {
        for (long group = 1; group <= 2; group++) {
            assertThat(tested.store().flushed(group))
                    .as("flushed %s after %s", group, steps)
                    .isEqualTo(model.flushed(group));
            assertThat(Group.of(tested.store(), group))
                    .isEqualTo(model.after().getLast().group(group));
        }
        for (var left : tested.powerOffs()) {
            images++;
            var both = new Both(Group.of(left, 1), Group.of(left, 2));
            assertThat(model.allowed()).as("after %s", steps).contains(both);
            if (both.equals(model.allowed().getFirst())) {
                least++;
            } else if (both.equals(model.allowed().getLast())) {
                all++;
            } else {
                between++;
            }
            left.close();
        }
    }
}
