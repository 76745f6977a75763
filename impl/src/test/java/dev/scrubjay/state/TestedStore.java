package dev.scrubjay.state;

import dev.scrubjay.port.StateStore;
import java.util.List;

/// A state store whose flushes are carried out and heard of when a test says so, and what a power-off leaves
/// of it.
public interface TestedStore extends AutoCloseable {
    StateStore store();

    /// Has the flush under way do its work. Nobody hears of it yet.
    void carryOut();

    /// Lets the store hear that the flush under way ended.
    void hear();

    /// Stores as a power-off may leave them now, one at least: empty ones first, full ones last.
    List<StateStore> powerOffs();

    /// Damages what is in the files of this group, which has nearly all there is.
    void damage(long group);

    @Override
    void close();
}
