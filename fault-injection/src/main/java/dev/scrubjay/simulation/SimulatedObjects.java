package dev.scrubjay.simulation;

import dev.scrubjay.archive.Chain;
import dev.scrubjay.archive.Chain.BrokenException;
import dev.scrubjay.port.ObjectStore;
import dev.scrubjay.value.Bytes;
import dev.scrubjay.world.Ongoing;
import dev.scrubjay.world.World.Trouble;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/// An object store that all nodes reach, and that takes a while for everything. What it took it has for good;
/// but it may be away, slow or full for a while, say that it took what it did not, or give other bytes than
/// it took.
///
/// The archive that lies in it is read here as it grows, so that it is known what is in it.
final class SimulatedObjects {
    private static final long TAKES_NANOS_MIN = 1_000_000;
    private static final long TAKES_NANOS_SPREAD = 20_000_000;
    private static final int SLOW_TIMES = 60;
    private static final int LIES_PER_MILLE = 400;

    private final Timeline timeline;
    private final Disks disks;
    private final Randomness randomness;
    private final Exercised exercised;
    private final Map<String, Bytes> objects = new HashMap<>();
    private final Map<String, Integer> rotten = new HashMap<>();
    private final Map<Long, Chain> chains = new HashMap<>();
    private final Map<Trouble, Integer> troubles = new EnumMap<>(Trouble.class);

    SimulatedObjects(Timeline timeline, Disks disks, Randomness randomness, Exercised exercised) {
        this.timeline = timeline;
        this.disks = disks;
        this.randomness = randomness;
        this.exercised = exercised;
    }

    /// The store as a node sees it.
    ///
    /// @param process through this the node hears of answers, as long as it lives
    ObjectStore of(Consumer<Inbox.Step> process) {
        return new ObjectStore() {
            @Override
            public void put(String name, Bytes bytes, Consumer<Put> answer) {
                ask(() -> SimulatedObjects.this.put(name, bytes), Put.Failed::new, answer);
            }

            @Override
            public void get(String name, Consumer<Got> answer) {
                ask(() -> SimulatedObjects.this.get(name), Got.Failed::new, answer);
            }

            @Override
            public void list(String prefix, String after, int most, Consumer<Listed> answer) {
                ask(() -> SimulatedObjects.this.list(prefix, after, most), Listed.Failed::new, answer);
            }

            private <A> void ask(Asked<A> asked, Failing<A> failing, Consumer<A> answer) {
                later(() -> {
                    if (is(Trouble.SILENT)) {
                        exercised.count("questions to an archive that is silent");
                        return;
                    }
                    var said = is(Trouble.AWAY) ? failing.because("away") : asked.answer();
                    later(() -> process.accept(() -> answer.accept(said)));
                });
            }
        };
    }

    private interface Asked<A> {
        A answer();
    }

    private interface Failing<A> {
        A because(String why);
    }

    private void later(Runnable action) {
        long takes = TAKES_NANOS_MIN + randomness.below(TAKES_NANOS_SPREAD);
        timeline.after(is(Trouble.SLOW) ? SLOW_TIMES * takes : takes, action);
    }

    private ObjectStore.Put put(String name, Bytes bytes) {
        if (objects.containsKey(name)) {
            return new ObjectStore.Put.Taken();
        }
        if (is(Trouble.FULL)) {
            exercised.count("objects that found no room");
            return new ObjectStore.Put.Failed("full");
        }
        if (is(Trouble.LYING) && randomness.perMille(LIES_PER_MILLE)) {
            exercised.count("objects said to be stored");
            return new ObjectStore.Put.Stored();
        }
        objects.put(name, bytes);
        exercised.count("objects archived");
        follow(Long.parseUnsignedLong(name.substring(0, name.indexOf('/')), 16));
        return new ObjectStore.Put.Stored();
    }

    /// Reads on in the archive of a group, as anybody may who comes later.
    private void follow(long group) {
        var chain = chains.computeIfAbsent(group, Chain::new);
        while (objects.containsKey(chain.nextName())) {
            long before = chain.slots();
            try {
                chain.add(chain.nextName(), taken(chain.nextName()));
                var manifest = chain.with(before + 1).orElseThrow();
                var segment = Chain.segment(manifest, taken(manifest.segmentName()));
                for (var entry : segment.entries()) {
                    disks.archived(group, ++before, entry);
                }
            } catch (BrokenException e) {
                throw new Invariant.Violation("ArchiveIsPrefixInv", String.valueOf(e.getMessage()));
            }
        }
    }

    private Bytes taken(String name) {
        return Optional.ofNullable(objects.get(name)).orElse(Bytes.NONE);
    }

    private ObjectStore.Got get(String name) {
        var found = objects.get(name);
        if (found == null) {
            return new ObjectStore.Got.Absent();
        }
        if (rotten.containsKey(name)) {
            exercised.count("rotten objects read");
            return new ObjectStore.Got.Found(rotted(found));
        }
        return new ObjectStore.Got.Found(found);
    }

    private static Bytes rotted(Bytes bytes) {
        var changed = bytes.toArray();
        changed[changed.length / 2] ^= 4;
        return Bytes.of(changed);
    }

    private ObjectStore.Listed list(String prefix, String after, int most) {
        return new ObjectStore.Listed.Names(new TreeMap<>(objects)
                .tailMap(prefix, true).keySet().stream()
                        .takeWhile(name -> name.startsWith(prefix))
                        .filter(name -> name.compareTo(after) > 0)
                        .limit(most)
                        .toList());
    }

    private boolean is(Trouble trouble) {
        return troubles.getOrDefault(trouble, 0) > 0;
    }

    /// Begins some trouble. Nothing where there is nothing that could rot.
    Optional<Ongoing> begin(Trouble trouble) {
        return trouble == Trouble.ROTTEN ? rot() : Optional.of(begun(trouble));
    }

    private Ongoing begun(Trouble trouble) {
        troubles.merge(trouble, 1, Integer::sum);
        return () -> troubles.merge(trouble, -1, Integer::sum);
    }

    /// Some object is another one until whoever keeps the store brings back what it was.
    private Optional<Ongoing> rot() {
        if (objects.isEmpty()) {
            return Optional.empty();
        }
        var names = List.copyOf(new TreeSet<>(objects.keySet()));
        var name = randomness.oneOf(names);
        rotten.merge(name, 1, Integer::sum);
        return Optional.of(() -> rotten.computeIfPresent(name, (_, times) -> times == 1 ? null : times - 1));
    }
}
