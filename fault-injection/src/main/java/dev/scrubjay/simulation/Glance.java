package dev.scrubjay.simulation;

import dev.scrubjay.log.Device;
import dev.scrubjay.log.Recovery;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// A disk as somebody sees it who looks at it in no time and changes nothing.
final class Glance implements Device {
    private final Device device;

    private Glance(Device device) {
        this.device = device;
    }

    /// What a recovery finds.
    static Recovery at(Device device, long log) {
        var recovery = new ArrayList<Recovery>();
        Recovery.begin(new Glance(device), log, recovery::add);
        return recovery.getFirst();
    }

    @Override
    public List<String> names() throws IOException {
        return device.names();
    }

    @Override
    public long size(String name) throws IOException {
        return device.size(name);
    }

    @Override
    public void read(String name, long from, ByteBuffer into) throws IOException {
        device.read(name, from, into);
    }

    @Override
    public void create(String name, long bytes) {}

    @Override
    public void write(String name, long from, byte[] bytes) {}

    @Override
    public void delete(String name) {}

    @Override
    public void sync(String name, Consumer<Outcome> ended) {
        ended.accept(new Outcome.Synced());
    }

    @Override
    public void syncFolder(Consumer<Outcome> ended) {
        ended.accept(new Outcome.Synced());
    }
}
