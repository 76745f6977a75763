package dev.scrubjay.state;

import dev.scrubjay.port.StateStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

final class RocksStateStoreTest extends StateStoreContract {
    @TempDir
    Path folder;

    private RocksFolder rocks;

    @BeforeEach
    void open() throws IOException {
        rocks = new RocksFolder(folder);
    }

    @AfterEach
    void close() {
        rocks.close();
    }

    @Override
    StateStore store() {
        return rocks.store();
    }

    @Override
    void endFlush() {
        rocks.carryOutAll();
        rocks.hear();
    }

    @Override
    List<StateStore> powerOffs() {
        return List.of(rocks.powerOff());
    }

    /// In the middle of the one table there is, where the rows of a group lie that has most of them; opened
    /// anew, so that nothing of it is in memory.
    @Override
    void damage(long group) {
        rocks.reopen(files -> {
            var table = RocksFolder.only(files, ".sst");
            RocksFolder.flip(table, (int) table.toFile().length() / 2);
        });
    }
}
