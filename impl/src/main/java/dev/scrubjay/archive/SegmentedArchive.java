package dev.scrubjay.archive;

import dev.scrubjay.port.ObjectStore;
import dev.scrubjay.port.ObjectStore.Got;
import dev.scrubjay.port.ObjectStore.Put;
import dev.scrubjay.value.Bytes;
import dev.scrubjay.value.Entry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/// What is chosen, kept outside of all nodes in an object store: of each group the first so many slots,
/// without a gap and never changed, as segments of its log and a chain of manifests.
///
/// What is put is read back before anybody hears that it is there. Several nodes may put at once: the first
/// who gets a manifest into the next place decides where its segment ends, and the others go on behind it.
/// Nothing is ever put over anything. Where the object store fails nobody is answered, and may ask again;
/// where something in it is not what it should be, that is an alarm, and nobody is answered either.
///
/// It answers when it can, never before the call returns. With each answer comes the Lamport count of those
/// who put what it tells of.
public final class SegmentedArchive {
    /// Hears how many slots there are.
    @FunctionalInterface
    public interface Has {
        void slots(long order, long slots);
    }

    /// Takes entries.
    @FunctionalInterface
    public interface Reader {
        void read(long order, List<Entry> entries);
    }

    private final ObjectStore objects;
    private final Consumer<String> alarm;
    private final Map<Long, Chain> chains = new HashMap<>();

    /// What a person was told already. Whoever is not answered asks again and again.
    private final Set<String> told = new HashSet<>();

    /// @param alarm hears once of each object that is not what it should be
    public SegmentedArchive(ObjectStore objects, Consumer<String> alarm) {
        this.objects = objects;
        this.alarm = alarm;
    }

    private Chain chain(long group) {
        return chains.computeIfAbsent(group, Chain::new);
    }

    /// Puts these entries behind the first so many slots, as far as they are not there, and says how many
    /// slots there are then.
    public void put(long group, long order, long after, List<Entry> entries, Has has) {
        var chain = chain(group);
        follow(chain, () -> {
            long there = chain.slots();
            if (after > there || after + entries.size() <= there) {
                has.slots(chain.order(), there);
            } else {
                var fresh = entries.subList((int) (there - after), entries.size());
                var segment = new ArchiveSegment(group, there + 1, fresh);
                putSegment(chain, order, segment, () -> has.slots(chain.order(), chain.slots()));
            }
        });
    }

    /// Reads on in the chain to its end.
    private void follow(Chain chain, Runnable then) {
        var name = chain.nextName();
        objects.get(name, got -> {
            switch (got) {
                case Got.Found(var bytes) ->
                    checked(() -> {
                        chain.add(name, bytes);
                        follow(chain, then);
                    });
                case Got.Absent() -> then.run();
                case Got.Failed _ -> {}
            }
        });
    }

    private void putSegment(Chain chain, long order, ArchiveSegment segment, Runnable then) {
        var bytes = segment.encode();
        putAndReadBack(segment.name(), bytes, found -> {
            if (!found.equals(bytes)) {
                throw new Chain.BrokenException(segment.name(), "was put by another and holds something else");
            }
            if (segment.first() == chain.slots() + 1) {
                var manifest = chain.next(order, segment, bytes);
                putAndReadBack(manifest.name(), manifest.encode(), theirs -> {
                    chain.add(manifest.name(), theirs);
                    then.run();
                });
            } else {
                then.run(); // Another was quicker.
            }
        });
    }

    private interface Reading {
        void found(Bytes bytes) throws Chain.BrokenException;
    }

    private interface Step {
        void run() throws Chain.BrokenException;
    }

    /// Gives what is there in the end, whoever put it.
    private void putAndReadBack(String name, Bytes bytes, Reading reading) {
        objects.put(name, bytes, put -> {
            switch (put) {
                case Put.Stored _, Put.Taken _ ->
                    objects.get(name, got -> {
                        switch (got) {
                            case Got.Found(var found) -> checked(() -> reading.found(found));
                            case Got.Absent() -> tell(name + ": was put, and is not there");
                            case Got.Failed _ -> {}
                        }
                    });
                case Put.Failed _ -> {}
            }
        });
    }

    private void checked(Step step) {
        try {
            step.run();
        } catch (Chain.BrokenException e) {
            tell(String.valueOf(e.getMessage()));
        }
    }

    private void tell(String what) {
        if (told.add(what)) {
            alarm.accept(what);
        }
    }

    /// Gives the entries of the slots behind the first so many, so many at most.
    public void get(long group, long after, int most, Reader reader) {
        var chain = chain(group);
        if (after < chain.slots()) {
            read(chain, after, most, reader);
        } else {
            follow(chain, () -> read(chain, after, most, reader));
        }
    }

    /// Hears what was read of the archive once more.
    @FunctionalInterface
    public interface Verified {
        /// It was read.
        ///
        /// @param slots up to which slot; 0 when all has been
        void to(long slots, long bytes);
    }

    /// Reads the next segment behind the first so many slots once more, and its manifest. What is not any
    /// more what it was is an alarm; whoever hears of it goes on behind that.
    public void verify(long group, long after, Verified verified) {
        var chain = chain(group);
        follow(
                chain,
                () -> chain.with(after + 1)
                        .ifPresentOrElse(manifest -> verify(chain, manifest, verified), () -> verified.to(0, 0)));
    }

    private void verify(Chain chain, Manifest manifest, Verified verified) {
        again(
                manifest.name(),
                bytes -> chain.again(manifest, bytes),
                length -> again(
                        manifest.segmentName(),
                        bytes -> Chain.segment(manifest, bytes),
                        more -> verified.to(manifest.last(), length + more)));
    }

    private void again(String name, Reading reading, LongConsumer then) {
        objects.get(name, got -> {
            switch (got) {
                case Got.Found(var bytes) -> {
                    checked(() -> reading.found(bytes));
                    then.accept(bytes.length());
                }
                case Got.Absent() -> {
                    tell(name + ": was there, and is not there any more");
                    then.accept(0);
                }
                case Got.Failed _ -> {}
            }
        });
    }

    private void read(Chain chain, long after, int most, Reader reader) {
        chain.with(after + 1)
                .ifPresentOrElse(
                        manifest -> read(chain, manifest, after, most, reader),
                        () -> reader.read(chain.order(), List.of()));
    }

    private void read(Chain chain, Manifest manifest, long after, int most, Reader reader) {
        var name = manifest.segmentName();
        objects.get(name, got -> {
            switch (got) {
                case Got.Found(var bytes) ->
                    checked(() -> {
                        var entries = Chain.segment(manifest, bytes).entries();
                        int from = (int) (after + 1 - manifest.first());
                        int count = Math.min(most, entries.size() - from);
                        reader.read(chain.order(), entries.subList(from, from + count));
                    });
                case Got.Absent() -> tell(name + ": is named by " + manifest.name() + ", and is not there");
                case Got.Failed _ -> {}
            }
        });
    }
}
