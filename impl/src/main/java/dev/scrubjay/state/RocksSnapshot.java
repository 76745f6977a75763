package dev.scrubjay.state;

import dev.scrubjay.port.StateStore;
import dev.scrubjay.value.Invariant;
import java.util.Optional;
import java.util.function.Consumer;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.Snapshot;

/// A group as it was. As long as this is open, RocksDB keeps what was written over since.
final class RocksSnapshot implements StateStore.Snapshot {
    private final RocksDB rocks;
    private final Snapshot taken;
    private final ReadOptions reading;
    private final Rows rows;
    private final long group;
    private final Consumer<RocksSnapshot> closed;
    private boolean open = true;

    /// @param closed hears that this was closed
    RocksSnapshot(RocksDB rocks, Failures failures, long group, Consumer<RocksSnapshot> closed) {
        this.rocks = rocks;
        this.taken = rocks.getSnapshot();
        this.reading = new ReadOptions().setVerifyChecksums(true).setSnapshot(taken);
        this.rows = new Rows(rocks, reading, failures);
        this.group = group;
        this.closed = closed;
    }

    private Rows rows() {
        Invariant.holds(open, "the snapshot is closed");
        return rows;
    }

    @Override
    public long slot() {
        return rows().applied(group).slot();
    }

    @Override
    public Optional<byte[]> get(byte[] key) {
        return rows().get(group, key);
    }

    @Override
    public void scan(byte[] from, StateStore.Reader reader) {
        rows().scan(group, from, reader);
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            reading.close();
            rocks.releaseSnapshot(taken);
            closed.accept(this);
        }
    }
}
