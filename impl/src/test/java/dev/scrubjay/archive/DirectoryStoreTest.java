package dev.scrubjay.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.port.ObjectStore;
import dev.scrubjay.port.ObjectStore.Got;
import dev.scrubjay.port.ObjectStore.Put;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DirectoryStoreTest extends ObjectStoreContract {
    @TempDir
    Path scratch;

    private DirectoryStore store;

    @BeforeEach
    void open() throws IOException {
        store = DirectoryStore.open(scratch.resolve("archive"), heard::add);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    ObjectStore store() {
        return store;
    }

    @Test
    void objectsAreThereForTheNextProcess() throws IOException {
        put("a/b/c", "x");
        store.close();
        open();

        assertThat(get("a/b/c")).isEqualTo(new Got.Found(bytes("x")));
        assertThat(list("", "", 10)).containsExactly("a/b/c");
    }

    /// Whoever lost its power in the middle of a put left something without a name.
    @Test
    void whatHasNoNameYetIsNoObject() throws IOException {
        put("a", "x");
        Files.writeString(scratch.resolve("archive/.unnamed/half"), "y");

        assertThat(list("", "", 10)).containsExactly("a");
        try (var left = Files.list(scratch.resolve("archive/.unnamed"))) {
            assertThat(left).as("a put leaves nothing there itself").hasSize(1);
        }
    }

    @Test
    void aFolderThatCannotBeWrittenFailsThePut() throws IOException {
        Files.writeString(scratch.resolve("archive/a"), "a file where a folder should be");

        assertThat(put("a/b", "x")).isInstanceOf(Put.Failed.class);
        assertThat(get("a/b")).isInstanceOf(Got.Failed.class);
    }

    /// Of many that put at once, one stores, and what it put is there.
    @Test
    void oneOfManyStores() throws Exception {
        var stored = new ConcurrentLinkedQueue<String>();
        var stores = IntStream.range(0, 4).mapToObj(_ -> opened()).toList();
        for (int i = 0; i < 50; i++) {
            for (int writer = 0; writer < stores.size(); writer++) {
                var text = writer + " of " + i;
                stores.get(writer).put("name-" + i, bytes(text), put -> {
                    if (put instanceof Put.Stored) {
                        stored.add(text);
                    }
                });
            }
        }
        stores.forEach(DirectoryStore::close);

        assertThat(stored).hasSize(50);
        for (var text : stored) {
            assertThat(get("name-" + text.split(" of ", -1)[1])).isEqualTo(new Got.Found(bytes(text)));
        }
    }

    private DirectoryStore opened() {
        try {
            return DirectoryStore.open(scratch.resolve("archive"), Runnable::run);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
