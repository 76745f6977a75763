package dev.scrubjay.archive;

import dev.scrubjay.port.ObjectStore;
import dev.scrubjay.port.ObjectStore.Got;
import dev.scrubjay.port.ObjectStore.Listed;
import dev.scrubjay.value.Bytes;
import dev.scrubjay.value.Entry;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// Reads an archive from one end to the other, and waits for it: for who has nothing else to do.
public final class ArchiveReader {
    private static final int NAMES_AT_ONCE = 1_000;

    private final ObjectStore objects;

    /// @param objects answers on another thread than the one that asks here
    public ArchiveReader(ObjectStore objects) {
        this.objects = objects;
    }

    private interface Question<A> {
        void ask(Consumer<A> answer);
    }

    private static <A> A asked(Question<A> question) {
        var answer = new CompletableFuture<A>();
        question.ask(answer::complete);
        return answer.join();
    }

    /// The groups of which it has anything.
    public SortedSet<Long> groups() throws IOException {
        var groups = new TreeSet<Long>();
        var after = "";
        while (true) {
            var last = after;
            var listed = names(asked(answer -> objects.list("", last, NAMES_AT_ONCE, answer)));
            if (listed.isEmpty()) {
                return groups;
            }
            for (var name : listed) {
                Names.group(name).ifPresent(groups::add);
            }
            after = listed.getLast();
        }
    }

    private static List<String> names(Listed listed) throws IOException {
        return switch (listed) {
            case Listed.Names(var names) -> names;
            case Listed.Failed(var why) -> throw new IOException(why);
        };
    }

    /// What one group has there.
    public Log log(long group) {
        return new Log(group);
    }

    /// Hears of each slot, from the first on.
    @FunctionalInterface
    public interface Reader {
        /// Says whether there should be more.
        boolean read(long slot, Entry entry);
    }

    /// The archived log of one group.
    public final class Log {
        private final Chain chain;
        private long bytes;

        private Log(long group) {
            chain = new Chain(group);
        }

        /// Reads all slots. Says what is wrong where it ends before the archive does; nothing if nothing is.
        public Optional<String> read(Reader reader) throws IOException {
            try {
                for (var manifest = next(); manifest.isPresent(); manifest = next()) {
                    var segment = Chain.segment(manifest.get(), segment(manifest.get()));
                    long slot = segment.first();
                    for (var entry : segment.entries()) {
                        if (!reader.read(slot++, entry)) {
                            return Optional.empty();
                        }
                    }
                }
                return Optional.empty();
            } catch (Chain.BrokenException e) {
                return Optional.of(String.valueOf(e.getMessage()));
            }
        }

        private Optional<Manifest> next() throws IOException, Chain.BrokenException {
            var name = chain.nextName();
            long before = chain.slots();
            var got = get(name);
            if (got.isEmpty()) {
                return Optional.empty();
            }
            chain.add(name, got.get());
            return chain.with(before + 1);
        }

        private Bytes segment(Manifest manifest) throws IOException, Chain.BrokenException {
            var name = manifest.segmentName();
            var got = get(name);
            if (got.isEmpty()) {
                throw new Chain.BrokenException(name, "is named by " + manifest.name() + ", and is not there");
            }
            return got.get();
        }

        private Optional<Bytes> get(String name) throws IOException {
            Got got = asked(answer -> objects.get(name, answer));
            return switch (got) {
                case Got.Found(var found) -> {
                    bytes += found.length();
                    yield Optional.of(found);
                }
                case Got.Absent() -> Optional.empty();
                case Got.Failed(var why) -> throw new IOException(name + ": " + why);
            };
        }

        /// How much was read.
        public long bytes() {
            return bytes;
        }
    }
}
