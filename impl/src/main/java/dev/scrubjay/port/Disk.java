package dev.scrubjay.port;

import java.util.List;

/// The log of a node: records that are appended, and survive a power-off for certain once a sync returned.
public interface Disk {
    /// What is there, from the first record on. Whatever a reader sees is on the disk for good.
    List<byte[]> read();

    void append(byte[] record);

    /// Begins a sync of all that was appended until now. Its end comes to the host as an input of its own.
    void sync();
}
