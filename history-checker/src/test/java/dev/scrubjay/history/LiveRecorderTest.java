package dev.scrubjay.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

/// Recording while many threads are at work.
final class LiveRecorderTest {
    private static final int THREADS = 8;
    private static final int OPERATIONS_EACH = 10_000;

    /// How many are taken while others record; each is gone through.
    private static final int HISTORIES = 20;

    /// Readings of one clock that all threads advance.
    ///
    /// @param operation the index of the invocation
    /// @param called before the recorder was told of the call
    /// @param effect during the call
    /// @param returned after the recorder was told of its end
    private record Stamps(int operation, long called, long effect, long returned) {}

    private final LiveRecorder recorder = new LiveRecorder();

    @Test
    void whoCallsAfterAnotherReturnedIsRecordedAfterIt() throws Exception {
        var stamps = hammer();
        var history = recorder.history();
        var ends = ends(history);

        assertThat(history.operations()).hasSize(THREADS * OPERATIONS_EACH).allMatch(operation -> !operation.isOpen());
        // For each call, of all that returned before it, the last end: walked through as the clock went.
        var byReturn = sorted(stamps, Stamps::returned);
        int returned = 0;
        int lastEnd = -1;
        int overlapped = 0;
        for (var stamp : sorted(stamps, Stamps::called)) {
            for (; byReturn.get(returned).returned() < stamp.called(); returned++) {
                lastEnd = Math.max(lastEnd, ends[byReturn.get(returned).operation()]);
            }
            assertThat(lastEnd).isLessThan(stamp.operation());
            overlapped += lastEnd == stamp.operation() - 1 ? 0 : 1;
        }
        assertThat(overlapped).as("operations that overlap others").isPositive();
    }

    @Test
    void whatIsRecordedAfterAnotherHappenedAfterIt() throws Exception {
        var stamps = hammer();
        var ends = ends(recorder.history());

        // For each invocation, of all that ended before it, the last effect: walked through as recorded.
        var byEnd = sorted(stamps, stamp -> ends[stamp.operation()]);
        int ended = 0;
        long lastEffect = -1;
        for (var stamp : sorted(stamps, Stamps::operation)) {
            for (; ends[byEnd.get(ended).operation()] < stamp.operation(); ended++) {
                lastEffect = Math.max(lastEffect, byEnd.get(ended).effect());
            }
            assertThat(lastEffect).isLessThan(stamp.effect());
        }
    }

    /// Every value is written once here, and a swap says what it found: so each swap found what the last one
    /// wrote that the history lets it find.
    @Test
    void aHistoryTakenMeanwhileExplainsWhatItShows() throws Exception {
        var register = new AtomicReference<>(Value.number(-1));
        var values = new AtomicLong();
        var running = new AtomicLong(THREADS);
        List<Callable<List<History>>> tasks = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            tasks.add(() -> {
                var client = recorder.client();
                for (int i = 0; i < OPERATIONS_EACH; i++) {
                    var value = Value.number(values.getAndIncrement());
                    client.invoke("swap", value);
                    client.ok(register.getAndSet(value));
                }
                running.decrementAndGet();
                return List.of();
            });
        }
        tasks.add(() -> {
            var histories = new ArrayList<History>();
            while (running.get() > 0 && histories.size() < HISTORIES) {
                histories.add(recorder.history());
            }
            return histories;
        });

        var histories = together(tasks);

        for (var history : histories) {
            var written = new HashSet<Value>();
            written.add(Value.number(-1));
            for (var event : history.events()) {
                if (event.type() == EventType.INVOKE) {
                    written.add(event.value());
                } else {
                    assertThat(written.contains(event.value()))
                            .as(event.toString())
                            .isTrue();
                }
            }
        }
        assertThat(recorder.history().size()).isEqualTo(THREADS * OPERATIONS_EACH);
    }

    /// Here a thread has taken a number and does not come to put its event there.
    @Test
    void nothingIsShownAfterAnEventThatIsOnItsWay() {
        var client = recorder.client();
        client.invoke("write", Value.number(1));
        recorder.take();
        client.ok(Value.absent());
        client.invoke("read", Value.absent());

        assertThat(recorder.history().events()).hasSize(1);
    }

    @Test
    void aClientGoesOnUnderANewNumberAfterAnUnknownOutcome() {
        var first = recorder.client();
        var second = recorder.client();
        first.invoke("write", Value.number(1));
        first.info();
        first.invoke("read", Value.absent());
        second.invoke("write", Value.number(2));
        second.fail();
        first.ok(Value.number(1));
        second.invoke("write", Value.number(3));

        assertThat(recorder.history().operations())
                .extracting(Object::toString)
                .containsExactly(
                        "process 0 write 1 -> unknown (events 0 to 1)",
                        "process 2 read nil -> 1 (events 2 to 5)",
                        "process 1 write 2 -> failed (events 3 to 4)",
                        "process 1 write 3 -> unknown (event 6)");
        assertThat(first.process()).isEqualTo(2);
    }

    @Test
    void aFullRecorderRefusesInvocationsAndTakesWhatIsOpen() {
        var small = new LiveRecorder(5);
        var first = small.client();
        var second = small.client();
        first.invoke("write", Value.number(1));
        second.invoke("write", Value.number(2));
        var third = small.client();

        assertThatThrownBy(() -> third.invoke("write", Value.number(3)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the recorder has room for 5 events, and all of it is taken; "
                        + "make it with more, or record less");
        first.ok(Value.absent());
        second.info();
        assertThatThrownBy(() -> first.invoke("read", Value.absent())).hasMessageContaining("room for 5 events");

        assertThat(small.history().events()).hasSize(4);
    }

    @Test
    void aClientHasOneOperationAtATime() {
        var client = recorder.client();

        assertThatThrownBy(() -> client.ok(Value.absent()))
                .hasMessage("process 0 records 'ok', but has invoked nothing that is not complete; call invoke first");
        client.invoke("read", Value.absent());
        assertThatThrownBy(() -> client.invoke("write", Value.absent()))
                .hasMessage("process 0 invokes 'write' while its 'read' is not complete; call ok, fail or info first");
    }

    @Test
    void whatWasRecordedIsReadAsItWas() {
        var client = recorder.client();
        for (int i = 0; i < 5_000; i++) {
            client.invoke("write", Value.number(i));
            client.ok(Value.absent());
        }
        var history = recorder.history();

        assertThat(History.of(history.events())).isEqualTo(history);
        assertThat(history.operation(4_999).argument()).isEqualTo(Value.number(4_999));
    }

    /// Many threads write to one register and compare and set it, and each notes the time three times.
    private List<Stamps> hammer() throws Exception {
        var clock = new AtomicLong();
        var register = new AtomicReference<>(Value.absent());
        List<Callable<List<Stamps>>> tasks = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            tasks.add(() -> {
                var client = recorder.client();
                var stamps = new ArrayList<Stamps>();
                for (int i = 0; i < OPERATIONS_EACH; i++) {
                    long called = clock.incrementAndGet();
                    int operation = client.invoke("write", Value.number(called));
                    long effect;
                    if (i % 3 == 0) {
                        var found = register.get();
                        effect = clock.incrementAndGet();
                        if (register.compareAndSet(found, Value.number(called))) {
                            client.ok(Value.number(effect));
                        } else {
                            client.fail();
                        }
                    } else {
                        register.set(Value.number(called));
                        effect = clock.incrementAndGet();
                        client.ok(Value.number(effect));
                    }
                    stamps.add(new Stamps(operation, called, effect, clock.incrementAndGet()));
                }
                return stamps;
            });
        }
        return together(tasks);
    }

    /// Runs tasks at the same time, and joins what they return.
    private static <T> List<T> together(List<Callable<List<T>>> tasks) throws InterruptedException, ExecutionException {
        var start = new CyclicBarrier(tasks.size());
        var all = new ArrayList<T>();
        try (var executor = Executors.newFixedThreadPool(tasks.size())) {
            var running = tasks.stream()
                    .map(task -> executor.submit(() -> {
                        start.await();
                        return task.call();
                    }))
                    .toList();
            for (var future : running) {
                all.addAll(future.get());
            }
        }
        return all;
    }

    private static List<Stamps> sorted(List<Stamps> stamps, ToLongFunction<Stamps> key) {
        return stamps.stream().sorted(Comparator.comparingLong(key)).toList();
    }

    /// The end of each operation, by the index of its invocation.
    private static int[] ends(History history) {
        var ends = new int[history.events().size()];
        for (int i = 0; i < history.size(); i++) {
            ends[history.begin(i)] = history.end(i);
        }
        return ends;
    }
}
