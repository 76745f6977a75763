package dev.scrubjay.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scrubjay.port.StateStore;
import dev.scrubjay.port.StateStore.CorruptException;
import dev.scrubjay.port.StateStore.Outcome;
import dev.scrubjay.port.StateStore.Verified;
import dev.scrubjay.value.Invariant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;

final class RocksStateStoreTest extends StateStoreContract {
    @TempDir
    Path folder;

    @Override
    TestedRocks make() {
        return new TestedRocks(folder);
    }

    private StateStore opened(String name) {
        return ((TestedRocks) tested()).opened(folder.resolve(name));
    }

    @Test
    void whatWasFlushedIsThereWhenItIsOpenedAgain() {
        put(1, 1, "a=x");
        flush();
        put(1, 2, "a=y");
        store().close();

        var again = opened("state");

        assertThat(again.applied(1)).as("closing makes nothing safe").isEqualTo(1);
        assertThat(again.flushed(1)).isEqualTo(1);
        assertThat(StateRows.all(again, 1)).containsExactly("a=x");
    }

    @Test
    void itsOwnThreadFlushesAndTheLoopHears() throws IOException {
        try (var loop = Executors.newSingleThreadExecutor();
                var own = RocksStateStore.open(folder.resolve("own"), TestedRocks.SMALL, loop)) {
            own.write(1, 1, StateRows.puts("a=x"));
            var heard = new CompletableFuture<Outcome>();
            var where = new CompletableFuture<Thread>();
            loop.execute(() -> where.complete(Thread.currentThread()));
            var hearing = new CompletableFuture<Thread>();
            loop.execute(() -> own.flush(outcome -> {
                hearing.complete(Thread.currentThread());
                heard.complete(outcome);
            }));

            assertThat(heard.join()).isEqualTo(FLUSHED);
            assertThat(hearing.join()).isEqualTo(where.join());
        }
    }

    /// More than all memtables hold, so that some had to go to the files before the last write was taken.
    @Test
    void moreThanFitsIntoMemoryIsWrittenAndRead() {
        var rows = StateRows.many(200);
        for (int slot = 1; slot <= 100; slot++) {
            for (long group = 0; group < 3; group++) {
                put(group, slot, rows);
            }
        }

        for (long group = 0; group < 3; group++) {
            assertThat(StateRows.all(store(), group)).containsExactly(rows);
        }
        assertThat(store().flushed(0)).as("nobody asked for it").isZero();
        store().close();
        var again = opened("state");
        assertThat(again.applied(0)).isPositive().isLessThan(100);
        assertThat(again.applied(0) - again.applied(2))
                .as("one order of writes")
                .isIn(0L, 1L);
    }

    @Test
    void twoCannotHaveItOpen() {
        assertThatThrownBy(() -> opened("state")).hasMessageContaining("lock").isNotInstanceOf(CorruptException.class);
    }

    @Test
    void aStoreThatIsClosedIsNotUsed() {
        put(1, 1, "a=x");
        var snapshot = store().snapshot(1);
        snapshot.close();
        assertThatThrownBy(snapshot::slot).isInstanceOf(Invariant.Broken.class);
        store().close();

        assertThatThrownBy(() -> put(1, 2, "a=y")).isInstanceOf(Invariant.Broken.class);
        assertThatThrownBy(() -> StateRows.get(store(), 1, "a")).isInstanceOf(Invariant.Broken.class);
        assertThatThrownBy(() -> StateRows.all(store(), 1)).isInstanceOf(Invariant.Broken.class);
        assertThatThrownBy(() -> store().clear(1)).isInstanceOf(Invariant.Broken.class);
        assertThatThrownBy(() -> store().snapshot(1)).isInstanceOf(Invariant.Broken.class);
    }

    /// The name is free for the whole database only.
    @Test
    void aPowerOffWhileAStoreIsMadeLeavesNone() throws IOException {
        var half = Files.createDirectory(folder.resolve("new.new"));
        Files.writeString(half.resolve("CURRENT"), "MANIFEST-000001\n");

        var made = opened("new");

        assertThat(made.applied(1)).isZero();
        assertThat(half).doesNotExist();
    }

    /// Whatever the reason: somebody had applied something, and an empty store would say that nobody had.
    @Test
    void aFolderWithoutADatabaseIsCorruptAndNotEmpty() throws IOException {
        Files.createDirectory(folder.resolve("empty"));

        assertThatThrownBy(() -> opened("empty"))
                .isInstanceOf(CorruptException.class)
                .hasMessageStartingWith("empty")
                .hasMessageContaining(
                        "the state of all groups of this node is corrupt. Start the node again; if it still says so, ");
    }

    private List<Verified> verified(int times) {
        var verified = new ArrayList<Verified>();
        for (int i = 0; i < times; i++) {
            store().verify(verified::add);
            ((TestedRocks) tested()).settle();
        }
        return verified;
    }

    @Test
    void allTablesAreReadOneAfterTheOther() {
        assertThat(verified(1)).containsExactly(Verified.NOTHING);
        for (int slot = 1; slot <= 2; slot++) {
            put(1, slot, "a=" + slot);
            flush();
        }

        assertThat(verified(4)).allSatisfy(table -> {
            assertThat(table.bytes()).isPositive();
            assertThat(table.damage()).isEmpty();
        });
        assertThat(verified(4).stream().map(Verified::isLast)).containsExactly(false, true, false, true);
    }

    /// Whoever reads it gets what is in memory, and sees nothing.
    @Test
    void aTableThatRotsIsFoundThoughItsRowsAreInMemory() {
        var rows = StateRows.many(200);
        put(1, 1, rows);
        flush();
        assertThat(StateRows.all(store(), 1)).containsExactly(rows);
        assertThat(rows)
                .allSatisfy(row -> assertThat(StateRows.get(store(), 1, row.substring(0, row.indexOf('='))))
                        .isPresent());
        var table = TestedRocks.only(folder.resolve("state"), ".sst");
        TestedRocks.flip(table, (int) (table.toFile().length() / 2));

        assertThat(rows)
                .as("what is in memory is right")
                .allSatisfy(row -> assertThat(StateRows.get(store(), 1, row.substring(0, row.indexOf('='))))
                        .isPresent());
        assertThat(verified(1))
                .singleElement()
                .satisfies(verified -> assertThat(verified.damage()).hasValueSatisfying(damage -> {
                    assertThat(damage.file()).isEqualTo("state/" + table.getFileName());
                    assertThat(damage).hasMessageContaining("behind group 1, row ");
                }));
    }

    /// Nothing takes a damaged table out of a database, and RocksDB stops where it comes to merge it.
    @Test
    void aStoreThatWasFoundDamagedIsSetAside() {
        put(1, 1, StateRows.many(200));
        flush();
        var table = TestedRocks.only(folder.resolve("state"), ".sst");
        TestedRocks.flip(table, (int) (table.toFile().length() / 2));
        assertThat(verified(1).getFirst().damage()).isPresent();

        ((TestedRocks) tested()).reopen();

        assertThat(store().applied(1)).isZero();
        assertThat(folder.resolve("state.damaged").resolve(table.getFileName())).exists();
        put(1, 1, "a=x");
        flush();
        ((TestedRocks) tested()).reopen();
        assertThat(StateRows.all(store(), 1)).containsExactly("a=x");
    }

    /// Written so by whoever is wrong: the checksum of the block is right.
    @Test
    void aMarkThatMakesNoSenseIsCorrupt() throws Exception {
        put(1, 1, "a=x");
        flush();
        store().close();
        write(RowKeys.applied(1), new Rows.Applied(-1, RowKeys.FIRST_SIDE).bytes());
        assertThatThrownBy(() -> opened("state").applied(1))
                .isInstanceOf(CorruptException.class)
                .hasMessageStartingWith("applied slot: group 1: slot -1 before byte 9; the first is 1");
        tested().close();

        write(RowKeys.flushes().getFirst(), new byte[7]);
        assertThatThrownBy(() -> opened("state"))
                .isInstanceOf(CorruptException.class)
                .hasMessageStartingWith("state/number of the last flush: ends 1 bytes short at byte 0");
        write(RowKeys.flushes().getFirst(), new byte[9]);
        assertThatThrownBy(() -> opened("state"))
                .isInstanceOf(CorruptException.class)
                .hasMessageStartingWith("state/number of the last flush: number of a flush 0");
    }

    private void write(byte[] key, byte[] value) throws RocksDBException {
        try (var database = new Database(folder.resolve("state"), TestedRocks.SMALL, false)) {
            database.rocks().put(key, value);
        }
    }
}
