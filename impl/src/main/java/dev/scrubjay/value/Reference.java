package dev.scrubjay.value;

import java.util.SortedMap;

/// What a log comes to that nobody but the archive told, up to some slot.
public interface Reference {
    long slot();

    HashTree tree();

    /// The rows of one leaf, by their keys.
    SortedMap<Bytes, Bytes> rows(int leaf);
}
