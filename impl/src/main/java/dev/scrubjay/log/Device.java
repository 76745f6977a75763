package dev.scrubjay.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;

/// What holds the files of a log: one folder of a disk.
///
/// Changes are carried out in the order in which they were asked for, and nothing is said of them until a
/// sync: it ends well only if all that was asked before it did. Nothing is on the disk for certain before
/// that. Of what was written since, a power-off leaves any sectors and loses any others; of files that were
/// created, replaced or deleted since the last sync of the folder, each may be there as before or as after.
///
/// The end of a sync is told when the call that began it has returned, and not before.
public interface Device {
    /// How a sync ended.
    sealed interface Outcome {
        /// All that it covers is on the disk.
        record Synced() implements Outcome {}

        /// Nobody knows what is on the disk, and asking again would not tell.
        record Failed(String what) implements Outcome {}
    }

    /// The files of the folder, in no order.
    List<String> names() throws IOException;

    long size(String name) throws IOException;

    /// Reads from this byte on until the buffer is full or the file ends. What was written is seen, synced or
    /// not.
    void read(String name, long from, ByteBuffer into) throws IOException;

    /// Makes a file of so many zeros, in place of what may be there under that name.
    void create(String name, long bytes);

    void write(String name, long from, byte[] bytes);

    void delete(String name);

    /// Begins a sync of what was written to a file.
    void sync(String name, Consumer<Outcome> ended);

    /// Begins a sync of which files there are.
    void syncFolder(Consumer<Outcome> ended);
}
