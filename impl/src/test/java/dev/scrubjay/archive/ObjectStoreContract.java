package dev.scrubjay.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scrubjay.port.ObjectStore;
import dev.scrubjay.port.ObjectStore.Got;
import dev.scrubjay.port.ObjectStore.Listed;
import dev.scrubjay.port.ObjectStore.Put;
import dev.scrubjay.value.Bytes;
import dev.scrubjay.value.Invariant;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every object store does.
abstract class ObjectStoreContract {
    private static final int ANSWER_SECONDS_MAX = 60;

    /// What is to be heard, by whoever asked.
    final BlockingQueue<Runnable> heard = new LinkedBlockingQueue<>();

    abstract ObjectStore store();

    static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Asks, and waits for the answer.
    private <A> A ask(Consumer<Consumer<A>> question) {
        var answers = new ArrayList<A>();
        question.accept(answers::add);
        assertThat(answers).as("answers before the call returned").isEmpty();
        hear();
        assertThat(answers).hasSize(1);
        return answers.getFirst();
    }

    private void hear() {
        try {
            var answer = heard.poll(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
            assertThat(answer).as("an answer").isNotNull();
            if (answer != null) {
                answer.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    final Put put(String name, String text) {
        return this.<Put>ask(answer -> store().put(name, bytes(text), answer));
    }

    final Got get(String name) {
        return this.<Got>ask(answer -> store().get(name, answer));
    }

    final List<String> list(String prefix, String after, int most) {
        var listed = this.<Listed>ask(answer -> store().list(prefix, after, most, answer));
        assertThat(listed).isInstanceOf(Listed.Names.class);
        return ((Listed.Names) listed).names();
    }

    @Test
    final void whatIsPutIsThere() {
        assertThat(get("a/one")).isEqualTo(new Got.Absent());

        assertThat(put("a/one", "x")).isEqualTo(new Put.Stored());
        assertThat(put("two", "")).isEqualTo(new Put.Stored());

        assertThat(get("a/one")).isEqualTo(new Got.Found(bytes("x")));
        assertThat(get("two")).isEqualTo(new Got.Found(Bytes.NONE));
        assertThat(get("a")).isEqualTo(new Got.Absent());
    }

    @Test
    final void nothingIsEverReplaced() {
        put("a", "x");

        assertThat(put("a", "y")).isEqualTo(new Put.Taken());
        assertThat(put("a", "x")).isEqualTo(new Put.Taken());

        assertThat(get("a")).isEqualTo(new Got.Found(bytes("x")));
    }

    @Test
    final void namesComeInTheirOrderAndAPageAtATime() {
        for (var name : List.of("b/2", "a/1", "b/10", "b/1", "b-c", "bb/1")) {
            put(name, name);
        }

        assertThat(list("", "", 100)).containsExactly("a/1", "b-c", "b/1", "b/10", "b/2", "bb/1");
        assertThat(list("b/", "", 2)).containsExactly("b/1", "b/10");
        assertThat(list("b/", "b/10", 2)).containsExactly("b/2");
        assertThat(list("b/1", "", 100)).containsExactly("b/1", "b/10");
        assertThat(list("c/", "", 100)).isEmpty();
        assertThat(list("b/2", "b/2", 100)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/a", "a/", "a//b", "../a", "a/../b", ".a", "A", "a b", "a/.b", "ä"})
    final void whatIsNoNameIsRefused(String name) {
        assertThatThrownBy(() -> store().put(name, Bytes.NONE, _ -> {}))
                .isInstanceOf(Invariant.Broken.class)
                .hasMessage("invariant broken: '" + name + "' is no name of an object");
        assertThatThrownBy(() -> store().get(name, _ -> {})).isInstanceOf(Invariant.Broken.class);
    }
}
