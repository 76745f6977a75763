package dev.scrubjay.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.port.StateStore;
import dev.scrubjay.port.StateStore.Outcome;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

final class MemoryStateStoreTest extends StateStoreContract {
    private final TestedMemory memory = new TestedMemory();
    private final MemoryStateStore store = memory.store();

    @Override
    TestedStore make() {
        return memory;
    }

    @Test
    void aPowerOffLeavesTheStateAfterAnyWriteSinceTheLastFlush() {
        put(1, 1, "a=1");
        flush();
        put(1, 2, "a=2");
        put(2, 1, "a=1");

        assertThat(store.images())
                .extracting(left -> StateRows.all(left, 1) + " " + StateRows.all(left, 2))
                .containsExactly("[a=1] []", "[a=2] []", "[a=2] [a=1]");
        var asked = new ArrayList<Integer>();
        var left = store.powerOff(choices -> {
            asked.add(choices);
            return 1;
        });
        assertThat(asked).containsExactly(3);
        assertThat(StateRows.all(left, 1)).containsExactly("a=2");
        assertThat(left.images()).as("what is read after it is safe").hasSize(1);
    }

    @Test
    void anImageIsNotChangedByWhatIsWrittenLater() {
        put(1, 1, "a=1");
        var image = store.images().getLast();
        put(1, 2, "a=2");
        flush();

        assertThat(StateRows.all(image, 1)).containsExactly("a=1");
    }

    @Test
    void damageIsThereAfterAPowerOff() {
        put(1, 1, "a=1");
        flush();
        store.damage(1);
        assertThat(isCorrupt(store.images().getFirst())).isTrue();
        store.clear(1);

        assertThat(store.images()).as("it does not come back").hasSize(1).noneMatch(MemoryStateStoreTest::isCorrupt);
        put(1, 1, "a=2");
        store.damage(1);
        flush();
        assertThat(store.images()).hasSize(1).allMatch(MemoryStateStoreTest::isCorrupt);
    }

    private static boolean isCorrupt(StateStore store) {
        try {
            store.applied(1);
            return false;
        } catch (StateStore.CorruptException _) {
            return true;
        }
    }

    /// Those who asked while it was under way share the next one, which may end well: that changes nothing.
    @Test
    void onceAFlushFailedAllFail() {
        put(1, 1, "a=1");
        store.flush(outcomes::add);
        store.flush(outcomes::add);
        memory.fail("the disk said no");
        memory.hear();
        flush();

        assertThat(outcomes).hasSize(3).containsOnly(new Outcome.Failed("the disk said no"));
        assertThat(store.flushed(1)).isZero();
    }
}
