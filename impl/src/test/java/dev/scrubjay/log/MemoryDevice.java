package dev.scrubjay.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/// A disk in memory that knows what a power-off may leave of it: of what is not synced any sectors, and of
/// each name in the folder any file that it had since the last sync of the folder.
///
/// A sync returns when the test says so. A file that was never synced may have lost its length too.
final class MemoryDevice implements Device {
    /// What a power-off left: the files and their bytes.
    record Image(SortedMap<String, ByteBuffer> files) {}

    private static final class Content {
        private final byte[] now;
        private final byte[] synced;
        private final SortedSet<Integer> unsynced;
        private boolean hasLength;

        Content(byte[] now, byte[] synced, SortedSet<Integer> unsynced, boolean hasLength) {
            this.now = now;
            this.synced = synced;
            this.unsynced = unsynced;
            this.hasLength = hasLength;
        }

        Content copy() {
            return new Content(now.clone(), synced.clone(), new TreeSet<>(unsynced), hasLength);
        }

        /// What is left of it, if just these sectors got to the disk.
        ByteBuffer with(Iterable<Integer> sectors) {
            var left = synced.clone();
            for (int sector : sectors) {
                int at = sector * Sector.BYTES;
                System.arraycopy(now, at, left, at, Sector.BYTES);
            }
            return ByteBuffer.wrap(left);
        }

        List<ByteBuffer> images() {
            var images = new ArrayList<ByteBuffer>();
            var sectors = List.copyOf(unsynced);
            for (int subset = 0; subset < 1 << sectors.size(); subset++) {
                var kept = new ArrayList<Integer>();
                for (int i = 0; i < sectors.size(); i++) {
                    if ((subset >> i & 1) == 1) {
                        kept.add(sectors.get(i));
                    }
                }
                images.add(with(kept));
            }
            if (!hasLength) {
                images.add(ByteBuffer.allocate(0));
            }
            return images;
        }
    }

    private final TreeMap<String, List<Optional<Content>>> folder = new TreeMap<>();
    private final Deque<Runnable> underWay = new ArrayDeque<>();
    private final Set<Long> unreadable = new TreeSet<>();
    private Runnable moment = () -> {};
    private int failing = Integer.MAX_VALUE;

    MemoryDevice() {}

    /// A disk that has just this on it, all of it synced.
    MemoryDevice(Image image) {
        image.files.forEach((name, bytes) -> {
            var now = new byte[bytes.capacity()];
            bytes.get(0, now);
            var content = new Content(now, now.clone(), new TreeSet<>(), true);
            folder.put(name, new ArrayList<>(List.of(Optional.of(content))));
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
        return copy;
    }

    /// Has this run whenever something changed: at each moment at which the power may go.
    void atEachMoment(Runnable hook) {
        moment = hook;
    }

    /// The sync after so many others fails, and each one after it returns well: a system that forgets.
    void failSyncAfter(int others) {
        failing = others;
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
    boolean returnSync() {
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

    /// One of them.
    Image image(Random random) {
        var image = new Image(new TreeMap<>());
        for (var file : folder.entrySet()) {
            var name = file.getKey();
            var states = file.getValue();
            var state = states.get(random.nextInt(states.size()));
            if (state.isPresent()) {
                var content = state.get();
                var kept = content.unsynced.stream()
                        .filter(_ -> random.nextBoolean())
                        .toList();
                var isGone = !content.hasLength && random.nextBoolean();
                image = with(image, name, isGone ? ByteBuffer.allocate(0) : content.with(kept));
            }
        }
        return image;
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
        if (!names().contains(name)) {
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
        var zeros = new byte[(int) bytes];
        put(name, Optional.of(new Content(zeros, zeros.clone(), new TreeSet<>(), false)));
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
        var content = now(name);
        System.arraycopy(bytes, 0, content.now, (int) from, bytes.length);
        for (long at = from; at < from + bytes.length; at += Sector.BYTES) {
            content.unsynced.add((int) (at / Sector.BYTES));
        }
        moment.run();
    }

    @Override
    public void sync(String name, Consumer<Outcome> ended) {
        var content = now(name);
        var covers = List.copyOf(content.unsynced);
        var bytes = content.now.clone();
        begin(ended, () -> {
            for (int sector : covers) {
                int at = sector * Sector.BYTES;
                System.arraycopy(bytes, at, content.synced, at, Sector.BYTES);
                if (Arrays.equals(bytes, at, at + Sector.BYTES, content.now, at, at + Sector.BYTES)) {
                    content.unsynced.remove(sector);
                }
            }
            content.hasLength = true;
        });
    }

    @Override
    public void syncFolder(Consumer<Outcome> ended) {
        begin(
                ended,
                () -> folder.values()
                        .forEach(states -> states.subList(0, states.size() - 1).clear()));
    }

    private void begin(Consumer<Outcome> ended, Runnable sync) {
        var fails = failing-- == 0;
        underWay.add(() -> {
            if (fails) {
                ended.accept(new Outcome.Failed("the disk said no"));
            } else {
                sync.run();
                moment.run();
                ended.accept(new Outcome.Synced());
            }
        });
    }
}
