package dev.scrubjay.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/// A disk in memory that knows what a power-off may leave of it: of what is not synced any sectors, and of
/// each name in the folder any file that it had since the last sync of the folder.
///
/// A sync returns when its owner says so. One that fails makes the system forget: what it covered is still
/// read, and no later sync covers it unless it is written again. A file that was never synced may have lost
/// its length too.
public final class MemoryDevice implements Device {
    /// Where decisions come from.
    @FunctionalInterface
    public interface Chooser {
        /// A number from 0 on, below the bound.
        int below(int bound);
    }

    /// What a power-off leaves of the sectors that were written and not synced.
    public enum Kept {
        /// All of them, and all names as they were: as if only the process had been killed.
        EVERYTHING,
        NOTHING,
        /// Those that were written first.
        PREFIX,
        /// Any of them.
        SUBSET,
        /// All but some of the last write, if that has more than one.
        TORN
    }

    /// What a power-off leaves of the names in the folder.
    public enum Names {
        /// Of each name that is not synced, what it stood for at any moment since the last sync of the
        /// folder.
        STRICT,
        /// As they were, on a file system that takes them to the disk with the file.
        ORDERED
    }

    /// What a power-off left: the files and their bytes.
    record Image(SortedMap<String, ByteBuffer> files) {}

    /// A sector that was written and may not be on the disk: what is there for certain, and which write it
    /// was.
    private static final class Pending {
        private final byte[] safe;
        private final long write;
        private final boolean isForgotten;

        Pending(byte[] safe, long write, boolean isForgotten) {
            this.safe = safe;
            this.write = write;
            this.isForgotten = isForgotten;
        }
    }

    /// A sector that a sync covers, as it was when that began.
    private static final class Covered {
        private final byte[] bytes;
        private final long write;

        Covered(byte[] bytes, long write) {
            this.bytes = bytes;
            this.write = write;
        }
    }

    private static final class Content {
        private final byte[] now;
        private final TreeMap<Integer, Pending> pending = new TreeMap<>();
        private boolean hasLength;

        Content(byte[] now, boolean hasLength) {
            this.now = now;
            this.hasLength = hasLength;
        }

        Content copy() {
            var copy = new Content(now.clone(), hasLength);
            copy.pending.putAll(pending);
            return copy;
        }

        byte[] sector(int sector) {
            return Arrays.copyOfRange(now, sector * Sector.BYTES, Math.min(now.length, (sector + 1) * Sector.BYTES));
        }

        void write(int from, byte[] bytes, long write) {
            for (int sector = from / Sector.BYTES; sector * Sector.BYTES < from + bytes.length; sector++) {
                var before = pending.get(sector);
                pending.put(sector, new Pending(before == null ? sector(sector) : before.safe, write, false));
            }
            System.arraycopy(bytes, 0, now, from, bytes.length);
        }

        SortedMap<Integer, Covered> covered() {
            var covered = new TreeMap<Integer, Covered>();
            pending.forEach((sector, one) -> {
                if (!one.isForgotten) {
                    covered.put(sector, new Covered(sector(sector), one.write));
                }
            });
            return covered;
        }

        /// What was written again since the sync began is not synced by it.
        void synced(SortedMap<Integer, Covered> covered) {
            covered.forEach((sector, one) -> {
                var still = pending.get(sector);
                if (still != null && still.write == one.write) {
                    pending.remove(sector);
                } else if (still != null) {
                    pending.put(sector, new Pending(one.bytes, still.write, false));
                }
            });
            hasLength = true;
        }

        void forget(SortedMap<Integer, Covered> covered) {
            covered.forEach((sector, one) -> pending.computeIfPresent(
                    sector, (_, still) -> new Pending(still.safe, still.write, still.write == one.write)));
        }

        void lose(int sector, Pending one) {
            System.arraycopy(one.safe, 0, now, sector * Sector.BYTES, one.safe.length);
        }

        /// All that may be left of it.
        List<ByteBuffer> images() {
            var images = new ArrayList<ByteBuffer>();
            var sectors = List.copyOf(pending.entrySet());
            for (int subset = 0; subset < 1 << sectors.size(); subset++) {
                var left = copy();
                for (int i = 0; i < sectors.size(); i++) {
                    if ((subset >> i & 1) == 0) {
                        left.lose(sectors.get(i).getKey(), sectors.get(i).getValue());
                    }
                }
                images.add(ByteBuffer.wrap(left.now));
            }
            if (!hasLength) {
                images.add(ByteBuffer.allocate(0));
            }
            return images;
        }
    }

    /// A sector that a power-off may lose.
    private record Place(Content content, int sector, Pending pending) {
        long write() {
            return pending.write;
        }
    }

    private final TreeMap<String, List<Optional<Content>>> folder = new TreeMap<>();
    private final Deque<Runnable> underWay = new ArrayDeque<>();
    private final Set<Long> unreadable = new TreeSet<>();
    private Runnable moment = () -> {};
    private long writes;
    private int failing = Integer.MAX_VALUE;
    private boolean drops;

    /// A disk that nobody used before.
    public MemoryDevice() {}

    /// A disk that has just this on it, all of it synced.
    MemoryDevice(Image image) {
        image.files.forEach((name, bytes) -> {
            var now = new byte[bytes.capacity()];
            bytes.get(0, now);
            folder.put(name, new ArrayList<>(List.of(Optional.of(new Content(now, true)))));
        });
    }

    /// The same disk for the process that comes after one that was killed: nothing is lost, and no sync
    /// returns any more.
    MemoryDevice afterKill() {
        var copy = new MemoryDevice();
        folder.forEach((name, states) -> copy.folder.put(
                name,
                new ArrayList<>(
                        states.stream().map(state -> state.map(Content::copy)).toList())));
        copy.writes = writes;
        return copy;
    }

    /// How many sectors and names are not on the disk for certain.
    public int unsynced() {
        int unsynced = 0;
        for (var states : folder.values()) {
            unsynced += states.size()
                    - 1
                    + states.getLast().map(content -> content.pending.size()).orElse(0);
        }
        return unsynced;
    }

    /// The process that used it is gone: nothing is lost, and no sync returns any more.
    public void kill() {
        underWay.clear();
    }

    /// All files are gone.
    public void wipe() {
        underWay.clear();
        folder.clear();
    }

    /// The power went, and is back: what is there now is on the disk.
    public void powerOff(Kept kept, Names names, Chooser chooser) {
        underWay.clear();
        var all = kept == Kept.EVERYTHING;
        folder.values().forEach(states -> {
            int of = all || names == Names.ORDERED ? states.size() - 1 : chooser.below(states.size());
            var state = states.get(of).map(content -> hasLength(content, kept, chooser) ? content : empty());
            states.clear();
            states.add(state);
        });
        folder.values().removeIf(states -> states.getFirst().isEmpty());
        lose(kept, chooser);
    }

    private static boolean hasLength(Content content, Kept kept, Chooser chooser) {
        return content.hasLength
                || switch (kept) {
                    case EVERYTHING -> true;
                    case NOTHING -> false;
                    case PREFIX, SUBSET, TORN -> chooser.below(2) == 0;
                };
    }

    private static Content empty() {
        return new Content(new byte[0], true);
    }

    private void lose(Kept kept, Chooser chooser) {
        var places = new ArrayList<Place>();
        var contents = folder.values().stream()
                .map(states -> states.getFirst().orElseThrow())
                .toList();
        for (var content : contents) {
            content.pending.forEach((sector, pending) -> places.add(new Place(content, sector, pending)));
        }
        places.sort(Comparator.comparingLong(Place::write));
        var lost = switch (kept) {
            case EVERYTHING -> List.<Place>of();
            case NOTHING -> places;
            case PREFIX -> places.subList(chooser.below(places.size() + 1), places.size());
            case SUBSET -> some(places, chooser);
            case TORN -> torn(places, chooser);
        };
        lost.forEach(place -> place.content.lose(place.sector, place.pending));
        contents.forEach(content -> {
            content.pending.clear();
            content.hasLength = true;
        });
    }

    private static List<Place> some(List<Place> places, Chooser chooser) {
        return places.stream().filter(_ -> chooser.below(2) == 0).toList();
    }

    /// Some of the last write, and not all.
    private static List<Place> torn(List<Place> places, Chooser chooser) {
        var last = places.stream()
                .filter(place -> place.write() == places.getLast().write())
                .toList();
        if (last.size() < 2) {
            return some(last, chooser);
        }
        int isLost = chooser.below(last.size());
        int isKept = (isLost + 1 + chooser.below(last.size() - 1)) % last.size();
        var lost = new ArrayList<Place>();
        for (int i = 0; i < last.size(); i++) {
            if (i == isLost || (i != isKept && chooser.below(2) == 0)) {
                lost.add(last.get(i));
            }
        }
        return lost;
    }

    /// Has this run whenever something changed: at each moment at which the power may go.
    void atEachMoment(Runnable hook) {
        moment = hook;
    }

    /// The sync after so many others fails, and each one after it returns well.
    public void failSyncAfter(int others) {
        failing = others;
    }

    /// Whether syncs return well from now on and make nothing safe.
    public void dropSyncs(boolean drops) {
        this.drops = drops;
    }

    /// What stands in a sector, to whoever reads it now.
    public byte[] sector(String name, int sector) {
        return now(name).sector(sector);
    }

    /// Something else stands in a sector from now on that nobody wrote there, on the disk and in the memory
    /// of the system.
    public void damage(String name, int sector, byte[] bytes) {
        var content = now(name);
        content.pending.remove(sector);
        System.arraycopy(bytes, 0, content.now, sector * Sector.BYTES, bytes.length);
    }

    /// The bytes of a file as they are, for a test to damage.
    byte[] bytes(String name) {
        return now(name).now;
    }

    /// Reading that sector fails from now on.
    void makeUnreadable(int sector) {
        unreadable.add((long) sector);
    }

    /// Lets the sync return that was begun first, if there is one.
    public boolean returnSync() {
        var first = underWay.poll();
        if (first == null) {
            return false;
        }
        first.run();
        return true;
    }

    /// Lets all syncs return, those too that are begun on the way.
    MemoryDevice settle() {
        while (returnSync()) {
            // As long as there is one.
        }
        return this;
    }

    /// All that a power-off may leave at this moment.
    Set<Image> images() {
        var images = List.of(new Image(new TreeMap<>()));
        for (var file : folder.entrySet()) {
            var name = file.getKey();
            var next = new ArrayList<Image>();
            for (var state : file.getValue()) {
                for (var image : images) {
                    if (state.isEmpty()) {
                        next.add(image);
                    } else {
                        state.get().images().forEach(bytes -> next.add(with(image, name, bytes)));
                    }
                }
            }
            images = next;
        }
        return new LinkedHashSet<>(images);
    }

    private static Image with(Image image, String name, ByteBuffer bytes) {
        var files = new TreeMap<>(image.files);
        files.put(name, bytes);
        return new Image(files);
    }

    @Override
    public List<String> names() {
        return folder.entrySet().stream()
                .filter(file -> file.getValue().getLast().isPresent())
                .map(Map.Entry::getKey)
                .toList();
    }

    private Content now(String name) {
        return folder.getOrDefault(name, List.of(Optional.empty())).getLast().orElseThrow();
    }

    private Content there(String name) throws IOException {
        if (!folder.getOrDefault(name, List.of(Optional.empty())).getLast().isPresent()) {
            throw new NoSuchFileException(name);
        }
        return now(name);
    }

    @Override
    public long size(String name) throws IOException {
        return there(name).now.length;
    }

    @Override
    public void read(String name, long from, ByteBuffer into) throws IOException {
        var bytes = there(name).now;
        int begin = (int) Math.min(from, bytes.length);
        int length = Math.min(into.remaining(), bytes.length - begin);
        for (int sector = begin / Sector.BYTES; sector * Sector.BYTES < begin + length; sector++) {
            if (unreadable.contains((long) sector)) {
                throw new IOException("sector " + sector + " of " + name);
            }
        }
        into.put(bytes, begin, length);
    }

    @Override
    public void create(String name, long bytes) {
        put(name, Optional.of(new Content(new byte[(int) bytes], false)));
    }

    @Override
    public void delete(String name) {
        now(name);
        put(name, Optional.empty());
    }

    private void put(String name, Optional<Content> state) {
        folder.computeIfAbsent(name, _ -> new ArrayList<>(List.of(Optional.empty())))
                .add(state);
        moment.run();
    }

    @Override
    public void write(String name, long from, byte[] bytes) {
        now(name).write((int) from, bytes, ++writes);
        moment.run();
    }

    @Override
    public void sync(String name, Consumer<Outcome> ended) {
        var content = now(name);
        var covered = content.covered();
        begin(ended, () -> content.synced(covered), () -> content.forget(covered));
    }

    @Override
    public void syncFolder(Consumer<Outcome> ended) {
        begin(
                ended,
                () -> folder.values()
                        .forEach(states -> states.subList(0, states.size() - 1).clear()),
                () -> {});
    }

    private void begin(Consumer<Outcome> ended, Runnable sync, Runnable forget) {
        var fails = failing-- == 0;
        underWay.add(() -> {
            if (fails) {
                forget.run();
                ended.accept(new Outcome.Failed("the disk said no"));
            } else {
                if (!drops) {
                    sync.run();
                }
                moment.run();
                ended.accept(new Outcome.Synced());
            }
        });
    }
}
