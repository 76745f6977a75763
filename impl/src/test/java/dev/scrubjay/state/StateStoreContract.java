package dev.scrubjay.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scrubjay.port.StateStore;
import dev.scrubjay.port.StateStore.CorruptException;
import dev.scrubjay.port.StateStore.Outcome;
import dev.scrubjay.value.Bytes;
import dev.scrubjay.value.Invariant;
import dev.scrubjay.value.Staged;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every state store does.
abstract class StateStoreContract {
    static final Outcome FLUSHED = new Outcome.Flushed();

    /// The store under test, empty at first.
    abstract TestedStore make();

    private TestedStore tested;

    @BeforeEach
    final void open() {
        tested = make();
    }

    @AfterEach
    final void close() {
        tested.close();
    }

    final TestedStore tested() {
        return tested;
    }

    final StateStore store() {
        return tested.store();
    }

    final List<Outcome> outcomes = new ArrayList<>();

    final void flush() {
        store().flush(outcomes::add);
        endFlush();
    }

    private void endFlush() {
        tested.carryOut();
        tested.hear();
    }

    final void put(long group, long slot, String... rows) {
        store().write(group, slot, StateRows.puts(rows));
    }

    // ---------------------------------------------------------------- rows

    @Test
    final void aStoreHasNothingAtFirst() {
        assertThat(store().applied(1)).isZero();
        assertThat(store().flushed(1)).isZero();
        assertThat(StateRows.get(store(), 1, "a")).isEmpty();
        assertThat(StateRows.all(store(), 1)).isEmpty();
    }

    @Test
    final void whatIsWrittenIsThereAtOnceWithItsSlot() {
        put(1, 1, "a=x", "b=y");
        put(1, 2, "a=z");

        assertThat(store().applied(1)).isEqualTo(2);
        assertThat(StateRows.get(store(), 1, "a")).hasValue("z");
        assertThat(StateRows.all(store(), 1)).containsExactly("a=z", "b=y");
    }

    @Test
    final void aRowThatWasDeletedIsGone() {
        put(1, 1, "a=x", "b=y");
        store().write(1, 2, rows -> rows.delete(StateRows.bytes("a")));

        assertThat(StateRows.get(store(), 1, "a")).isEmpty();
        assertThat(StateRows.all(store(), 1)).containsExactly("b=y");
    }

    @Test
    final void ofTwoChangesToOneKeyTheLaterOneCounts() {
        store().write(1, 1, rows -> {
            rows.put(StateRows.bytes("a"), StateRows.bytes("x"));
            rows.put(StateRows.bytes("b"), StateRows.bytes("x"));
            rows.delete(StateRows.bytes("a"));
            rows.put(StateRows.bytes("b"), StateRows.bytes("y"));
        });

        assertThat(StateRows.all(store(), 1)).containsExactly("b=y");
    }

    @Test
    final void aSlotMayChangeNothing() {
        store().write(1, 1, _ -> {});

        assertThat(store().applied(1)).isEqualTo(1);
        assertThat(StateRows.all(store(), 1)).isEmpty();
    }

    /// Applied twice, or with one left out, the log comes to another state.
    @Test
    final void slotsComeOneAfterTheOther() {
        put(1, 1, "a=x");

        assertThatThrownBy(() -> put(1, 1, "a=y"))
                .isInstanceOf(Invariant.Broken.class)
                .hasMessage("invariant broken: group 1: slot 1 after slot 1");
        assertThatThrownBy(() -> put(1, 3, "a=y")).isInstanceOf(Invariant.Broken.class);
        assertThatThrownBy(() -> put(2, 2, "a=y")).isInstanceOf(Invariant.Broken.class);
        assertThat(StateRows.all(store(), 1)).containsExactly("a=x");
        assertThat(store().applied(1)).isEqualTo(1);
    }

    @Test
    final void aWriteThatIsGivenUpHasNoEffect() {
        put(1, 1, "a=x");
        assertThatThrownBy(() -> store().write(1, 2, rows -> {
                    rows.put(StateRows.bytes("a"), StateRows.bytes("y"));
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        put(1, 2, "b=y");

        assertThat(StateRows.all(store(), 1)).containsExactly("a=x", "b=y");
    }

    @Test
    final void emptyKeysAndValuesAreRowsToo() {
        put(1, 1, "=x", "a=");

        assertThat(StateRows.get(store(), 1, "")).hasValue("x");
        assertThat(StateRows.get(store(), 1, "a")).hasValue("");
        assertThat(StateRows.all(store(), 1)).containsExactly("=x", "a=");
    }

    /// What was given or taken is nobody else's afterwards.
    @Test
    final void bytesThatAreChangedLaterDoNotChangeTheStore() {
        var key = StateRows.bytes("a");
        var value = StateRows.bytes("x");
        store().write(1, 1, rows -> rows.put(key, value));
        key[0] = 'b';
        value[0] = 'y';
        store().get(1, StateRows.bytes("a")).orElseThrow()[0] = 'z';
        store().scan(1, new byte[0], (scannedKey, scannedValue) -> {
            scannedKey[0] = 'c';
            scannedValue[0] = 'z';
            return true;
        });

        assertThat(StateRows.all(store(), 1)).containsExactly("a=x");
    }

    // ---------------------------------------------------------------- groups

    @Test
    final void groupsDoNotSeeOneAnother() {
        for (long group : List.of(0L, 1L, 255L, 256L, Long.MAX_VALUE, -1L)) {
            put(group, 1, "a=" + group, "\uFFFF=" + group, "=" + group);
        }

        for (long group : List.of(0L, 1L, 255L, 256L, Long.MAX_VALUE, -1L)) {
            assertThat(StateRows.all(store(), group)).containsExactly("=" + group, "a=" + group, "\uFFFF=" + group);
        }
        assertThat(StateRows.all(store(), 2)).isEmpty();
    }

    @Test
    final void aScanGivesTheRowsInTheOrderOfTheirBytes() {
        store().write(1, 1, rows -> {
            for (int first : new int[] {0x80, 0x00, 0xFF, 0x7F}) {
                rows.put(new byte[] {(byte) first}, new byte[0]);
                rows.put(new byte[] {(byte) first, 0}, new byte[0]);
            }
        });

        var keys = new ArrayList<String>();
        store().scan(1, new byte[] {0x7F, 0}, (key, _) -> keys.add(StateRows.hex(key)));

        assertThat(keys).containsExactly("7f00", "80", "8000", "ff", "ff00");
    }

    @Test
    final void aScanEndsWhenItsReaderHasEnough() {
        put(1, 1, "a=1", "b=2", "c=3");
        var keys = new ArrayList<String>();
        store().scan(1, StateRows.bytes("aa"), (key, _) -> {
            keys.add(StateRows.text(key));
            return false;
        });

        assertThat(keys).containsExactly("b");
    }

    @Test
    final void aGroupThatIsClearedHasNothing() {
        put(1, 1, "a=x");
        put(2, 1, "a=y");
        store().clear(1);

        assertThat(store().applied(1)).isZero();
        assertThat(StateRows.all(store(), 1)).isEmpty();
        assertThat(StateRows.all(store(), 2)).containsExactly("a=y");
        put(1, 1, "b=z");
        assertThat(StateRows.all(store(), 1)).containsExactly("b=z");
    }

    // ---------------------------------------------------------------- snapshots

    @Test
    final void aSnapshotStaysAsItWas() {
        put(1, 1, "a=x", "b=y");
        try (var snapshot = store().snapshot(1)) {
            put(1, 2, "a=z", "c=z");
            put(2, 1, "a=z");
            store().write(1, 3, rows -> rows.delete(StateRows.bytes("b")));
            flush();
            store().clear(1);

            assertThat(snapshot.slot()).isEqualTo(1);
            assertThat(StateRows.all(snapshot)).containsExactly("a=x", "b=y");
            assertThat(snapshot.get(StateRows.bytes("b")).map(StateRows::text)).hasValue("y");
            assertThat(snapshot.get(StateRows.bytes("c"))).isEmpty();
        }
        assertThat(StateRows.all(store(), 1)).isEmpty();
    }

    @Test
    final void aSnapshotIsReadInPiecesWhileWritesGoOn() {
        put(1, 1, IntStream.range(100, 200).mapToObj(i -> i + "=x").toArray(String[]::new));
        var read = new ArrayList<String>();
        try (var snapshot = store().snapshot(1)) {
            for (int piece = 0; piece < 10; piece++) {
                var from = read.isEmpty() ? "" : read.getLast() + "\0";
                int enough = read.size() + 10;
                snapshot.scan(StateRows.bytes(from), (key, value) -> {
                    assertThat(StateRows.text(value)).isEqualTo("x");
                    read.add(StateRows.text(key));
                    return read.size() < enough;
                });
                put(1, 2 + piece, (195 - 10 * piece) + "=y");
            }
        }

        assertThat(read)
                .isEqualTo(IntStream.range(100, 200).mapToObj(String::valueOf).toList());
    }

    @Test
    final void aSnapshotThatIsLeftOpenIsClosedWithTheStore() {
        put(1, 1, "a=x");
        var snapshot = store().snapshot(1);
        store().close();
        snapshot.close();
        store().close();
    }

    // ---------------------------------------------------------------- snapshots of others

    private void stage(long group, long slot, String from, boolean isWhole, String... rows) {
        store().stage(group, new Staged(slot, Bytes.of(StateRows.bytes(from)), isWhole), StateRows.rows(rows));
    }

    @Test
    final void whatIsStagedIsNotSeenBeforeItIsInstalled() {
        put(1, 1, "a=x", "b=x");
        stage(1, 7, "b", false, "a=y");
        stage(1, 7, "d", true, "c=y");

        assertThat(store().staged(1)).hasValue(new Staged(7, Bytes.of(StateRows.bytes("d")), true));
        assertThat(store().staged(2)).isEmpty();
        assertThat(store().applied(1)).isEqualTo(1);
        assertThat(StateRows.all(store(), 1)).containsExactly("a=x", "b=x");
        assertThat(StateRows.get(store(), 1, "c")).isEmpty();
        store().install(1);
        assertThat(store().staged(1)).isEmpty();
        assertThat(store().applied(1)).isEqualTo(7);
        assertThat(StateRows.all(store(), 1)).containsExactly("a=y", "c=y");
        assertThat(StateRows.get(store(), 1, "b")).isEmpty();
    }

    /// Sides change their roles each time.
    @Test
    final void whatWasInstalledGoesOnAndIsReplacedInItsTurn() {
        put(2, 1, "a=z");
        for (int round = 1; round <= 4; round++) {
            long slot = 10L * round;
            stage(1, slot, "", true, "a=" + round);
            store().install(1);
            put(1, slot + 1, "b=" + round);
            assertThat(StateRows.all(store(), 1)).containsExactly("a=" + round, "b=" + round);
            assertThat(store().applied(1)).isEqualTo(slot + 1);
        }
        assertThat(StateRows.all(store(), 2)).containsExactly("a=z");
    }

    @Test
    final void writesGoOnWhileASnapshotComes() {
        stage(1, 7, "b", false, "a=y");
        put(1, 1, "c=x");
        stage(1, 7, "", true, "b=y");
        assertThat(StateRows.all(store(), 1)).containsExactly("c=x");
        store().install(1);

        assertThat(StateRows.all(store(), 1)).containsExactly("a=y", "b=y");
    }

    @Test
    final void rowsOfAnotherSlotBeginAnew() {
        stage(1, 7, "b", false, "a=y", "b=y");
        stage(1, 9, "", true, "b=z");
        store().install(1);

        assertThat(StateRows.all(store(), 1)).containsExactly("b=z");
        assertThat(store().applied(1)).isEqualTo(9);
    }

    @Test
    final void whatIsUnstagedIsGone() {
        put(1, 1, "a=x");
        stage(1, 7, "b", false, "b=y");
        store().unstage(1);
        assertThat(store().staged(1)).isEmpty();
        stage(1, 7, "", true, "c=y");
        store().install(1);

        assertThat(StateRows.all(store(), 1)).containsExactly("c=y");
    }

    @Test
    final void whatIsStagedIsClearedWithItsGroup() {
        put(1, 1, "a=x");
        stage(1, 7, "b", false, "b=y");
        store().clear(1);
        assertThat(store().staged(1)).isEmpty();
        put(1, 1, "c=z");

        assertThat(StateRows.all(store(), 1)).containsExactly("c=z");
    }

    @Test
    final void onlyAWholeSnapshotOfALaterSlotIsInstalled() {
        assertThatThrownBy(() -> store().install(1)).isInstanceOf(Invariant.Broken.class);
        stage(1, 7, "b", false, "b=y");
        assertThatThrownBy(() -> store().install(1)).isInstanceOf(Invariant.Broken.class);
        stage(1, 1, "b", true, "b=y");
        put(1, 1, "a=x");
        assertThatThrownBy(() -> store().install(1))
                .isInstanceOf(Invariant.Broken.class)
                .hasMessageStartingWith("invariant broken: group 1: installed over slot 1");
        assertThat(StateRows.all(store(), 1)).containsExactly("a=x");
    }

    @Test
    final void aSnapshotThatIsOpenStaysAsItWasWhenAnotherIsInstalled() {
        put(1, 1, "a=x");
        try (var snapshot = store().snapshot(1)) {
            stage(1, 7, "", true, "a=y");
            store().install(1);
            put(1, 8, "b=y");

            assertThat(snapshot.slot()).isEqualTo(1);
            assertThat(StateRows.all(snapshot)).containsExactly("a=x");
        }
    }

    /// A part at a time, and in the end all at once.
    @Test
    final void aPowerOffLeavesOnlyWholeParts() {
        put(1, 1, "a=x");
        flush();
        stage(1, 7, "b", false, "a=y");
        stage(1, 7, "c", true, "b=y");
        store().install(1);
        put(1, 8, "c=y");
        assertThat(store().flushed(1)).isEqualTo(1);

        assertThat(tested.powerOffs()).isNotEmpty().allSatisfy(left -> {
            assertThat(StateRows.all(left, 1) + " and " + left.applied(1)
                            + left.staged(1).map(Staged::from))
                    .isIn(
                            "[a=x] and 1Optional.empty",
                            "[a=x] and 1Optional[62]",
                            "[a=x] and 1Optional[63]",
                            "[a=y, b=y] and 7Optional.empty",
                            "[a=y, b=y, c=y] and 8Optional.empty");
            assertThat(left.flushed(1)).isEqualTo(left.applied(1));
        });
    }

    @Test
    final void whatCameIsThereAfterAPowerOffOnceItWasFlushed() {
        stage(1, 7, "b", false, "a=y");
        flush();
        assertThat(tested.powerOffs())
                .isNotEmpty()
                .allSatisfy(left ->
                        assertThat(left.staged(1)).hasValue(new Staged(7, Bytes.of(StateRows.bytes("b")), false)));
        stage(1, 7, "", true, "b=y");
        store().install(1);
        flush();

        assertThat(tested.powerOffs())
                .isNotEmpty()
                .allSatisfy(left -> assertThat(StateRows.all(left, 1)).containsExactly("a=y", "b=y"));
    }

    // ---------------------------------------------------------------- flushes

    @Test
    final void aFlushSaysWhenWhatWasWrittenBeforeIsSafe() {
        put(1, 1, "a=x");
        store().flush(outcomes::add);
        put(1, 2, "a=y");
        put(2, 1, "a=y");
        assertThat(outcomes).as("never at once").isEmpty();
        assertThat(store().flushed(1)).isZero();

        endFlush();

        assertThat(outcomes).containsExactly(FLUSHED);
        assertThat(store().flushed(1)).isEqualTo(1);
        assertThat(store().flushed(2)).isZero();
        assertThat(store().applied(1)).isEqualTo(2);
        flush();
        assertThat(store().flushed(1)).isEqualTo(2);
        assertThat(store().flushed(2)).isEqualTo(1);
    }

    @Test
    final void whatWasFlushedIsThereAfterAPowerOff() {
        put(1, 1, "a=x", "b=x");
        put(2, 1, "a=x");
        flush();
        put(1, 2, "a=y");

        assertThat(tested.powerOffs()).isNotEmpty().allSatisfy(left -> {
            assertThat(left.applied(1)).isIn(1L, 2L);
            assertThat(StateRows.all(left, 1)).containsExactly(left.applied(1) == 1 ? "a=x" : "a=y", "b=x");
            assertThat(left.flushed(1)).isEqualTo(left.applied(1));
            assertThat(StateRows.all(left, 2)).containsExactly("a=x");
        });
    }

    /// Nobody could apply them again without the slots between.
    @Test
    final void aPowerOffMayTakeWhatWasNotFlushed() {
        put(1, 1, "a=x");

        assertThat(tested.powerOffs())
                .anySatisfy(left -> assertThat(left.applied(1)).isZero());
    }

    @Test
    final void whoAsksWhileAFlushIsUnderWayHearsOfALaterOne() {
        put(1, 1, "a=x");
        store().flush(outcomes::add);
        put(1, 2, "a=y");
        store().flush(outcomes::add);
        store().flush(outcomes::add);

        endFlush();
        assertThat(outcomes).hasSize(1);
        assertThat(store().flushed(1)).isEqualTo(1);
        endFlush();
        assertThat(outcomes).containsExactly(FLUSHED, FLUSHED, FLUSHED);
        assertThat(store().flushed(1)).isEqualTo(2);
    }

    @Test
    final void anotherFlushMayBeginWhereOneEnds() {
        put(1, 1, "a=x");
        store().flush(outcome -> {
            outcomes.add(outcome);
            put(1, 2, "a=y");
            store().flush(outcomes::add);
        });

        endFlush();
        assertThat(store().flushed(1)).isEqualTo(1);
        endFlush();
        assertThat(outcomes).containsExactly(FLUSHED, FLUSHED);
        assertThat(store().flushed(1)).isEqualTo(2);
    }

    /// The flush was of what is there no more; a power-off may leave it, or nothing.
    @Test
    final void aFlushThatBeganBeforeAClearSaysNothingOfWhatCameAfter() {
        put(1, 1, "a=x");
        put(1, 2, "a=y");
        store().flush(outcomes::add);
        store().clear(1);
        assertThat(store().flushed(1)).isZero();
        put(1, 1, "b=x");

        endFlush();

        assertThat(store().flushed(1)).isZero();
        flush();
        assertThat(store().flushed(1)).isEqualTo(1);
        assertThat(tested.powerOffs())
                .allSatisfy(left -> assertThat(StateRows.all(left, 1)).containsExactly("b=x"));
    }

    @Test
    final void aClosedStoreTellsOfNoFlushAnyMore() {
        put(1, 1, "a=x");
        store().flush(outcomes::add);
        tested.carryOut();
        store().close();

        tested.hear();

        assertThat(outcomes).isEmpty();
    }

    // ---------------------------------------------------------------- damage

    @Test
    final void whatIsDamagedIsCorruptAndNotAbsentUntilItIsCleared() {
        put(1, 1, "a=x");
        put(2, 1, StateRows.many(500));
        put(3, 1, "a=x");
        flush();
        tested.damage(2);

        assertCorrupt(2, () -> StateRows.all(store(), 2));
        assertCorrupt(2, () -> store().snapshot(2).scan(new byte[0], (_, _) -> true));
        assertThat(StateRows.many(500)).anySatisfy(row -> assertCorrupt(2, () -> StateRows.get(store(), 2, key(row))));
        store().clear(2);
        assertThat(store().applied(2)).isZero();
        assertThat(StateRows.many(500))
                .allSatisfy(
                        row -> assertThat(StateRows.get(store(), 2, key(row))).isEmpty());
        assertThat(StateRows.all(store(), 2)).isEmpty();
        put(2, 1, "a=y");
        assertThat(StateRows.all(store(), 2)).containsExactly("a=y");
        assertThat(StateRows.all(store(), 3)).containsExactly("a=x");
    }

    private static String key(String row) {
        return row.substring(0, row.indexOf('='));
    }

    private static void assertCorrupt(long group, Runnable read) {
        Consumer<CorruptException> named = corrupt -> {
            assertThat(corrupt.group()).hasValue(group);
            assertThat(corrupt.file()).isNotEmpty();
            assertThat(corrupt).hasMessageContaining("so corrupt. Clear the state of the group");
        };
        assertThatThrownBy(read::run).isInstanceOfSatisfying(CorruptException.class, named);
    }
}
