package dev.scrubjay.checker;

import dev.scrubjay.history.History;
import dev.scrubjay.history.Recorder;
import dev.scrubjay.history.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/// Histories of a few operations by a few clients, most of them right, some with a lie in them.
final class SmallHistories {
    private static final int PROCESSES = 4;
    private static final int OPERATIONS_MAX = 8;

    /// One client's turn: if it is idle it invokes, if it has invoked the system may act, and then the
    /// operation ends.
    record Turn(int process, int call, int ending) {}

    private final Clients clients;
    private final Recorder recorder = new Recorder();
    private final long[] names = {0, 1, 2, 3};
    private final int[] invocations = new int[PROCESSES];
    private final int[] calls = new int[PROCESSES];
    private final boolean[] isBusy = new boolean[PROCESSES];
    private final boolean[] isMade = new boolean[PROCESSES];
    private final List<Optional<Value>> results = new ArrayList<>();
    private int operations;

    private SmallHistories(Clients clients) {
        this.clients = clients;
        for (int i = 0; i < PROCESSES; i++) {
            results.add(Optional.empty());
        }
    }

    static Arbitrary<List<Turn>> turns() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, PROCESSES - 1),
                        Arbitraries.integers().between(0, 1_000),
                        Arbitraries.integers().between(0, 99))
                .as(Turn::new)
                .list()
                .ofMinSize(4)
                .ofMaxSize(30);
    }

    static History play(List<Turn> turns, Clients clients) {
        var histories = new SmallHistories(clients);
        turns.forEach(histories::take);
        return histories.recorder.history();
    }

    private void take(Turn turn) {
        int process = turn.process();
        if (!isBusy[process]) {
            invoke(process, turn.call() % clients.calls());
        } else if (turn.ending() < 30 && !isMade[process]) {
            make(process);
        } else if (turn.ending() < 62) {
            make(process);
            results.get(process)
                    .ifPresentOrElse(
                            result -> recorder.ok(invocations[process], 0, result),
                            () -> recorder.fail(invocations[process], 0));
            isBusy[process] = false;
        } else if (turn.ending() < 78) {
            recorder.ok(invocations[process], 0, clients.lie(calls[process], turn.call()));
            isBusy[process] = false;
        } else if (turn.ending() < 84) {
            // A lie too, if the call was made.
            recorder.fail(invocations[process], 0);
            isBusy[process] = false;
        } else {
            recorder.info(invocations[process], 0);
            names[process] += PROCESSES;
            isBusy[process] = false;
        }
    }

    private void invoke(int process, int call) {
        if (operations < OPERATIONS_MAX) {
            operations++;
            calls[process] = call;
            isBusy[process] = true;
            isMade[process] = false;
            invocations[process] = recorder.invoke(names[process], 0, clients.f(call), clients.argument(call));
        }
    }

    private void make(int process) {
        if (!isMade[process]) {
            isMade[process] = true;
            results.set(process, clients.make(calls[process]));
        }
    }
}
