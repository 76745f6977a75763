package dev.scrubjay.simulation;

import dev.scrubjay.world.Ongoing;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.function.Consumer;

/// What has come for a node and is not taken yet, from one power-on to the next. While the node goes, that is
/// nothing; while it stands still everything waits, and is taken one after another when it goes on, each at
/// its own moment.
///
/// The queue is bounded. A frame that finds it full is lost, as it would be on its way. A tick that finds one
/// waiting has nothing to add. Syncs, answers of the archive and the word that the node is to stop always
/// find a place: no more than a few of each are under way.
final class Inbox {
    private static final int FRAMES_MAX = 1_024;
    private static final long TAKE_NANOS = 20_000;

    enum Kind {
        FRAME,
        TICK,
        SYNC,
        ARCHIVE,
        LEAVE
    }

    /// One thing that happens to a node.
    @FunctionalInterface
    interface Step {
        void take();
    }

    private record Arrived(Kind kind, Step step) {}

    private final Timeline timeline;
    private final Exercised exercised;
    private final Consumer<Step> taker;
    private final ArrayDeque<Arrived> waiting = new ArrayDeque<>();
    private int frames;
    private boolean tickWaits;
    private boolean paused;
    private boolean closed;

    Inbox(Timeline timeline, Exercised exercised, Consumer<Step> taker) {
        this.timeline = timeline;
        this.exercised = exercised;
        this.taker = taker;
    }

    void arrive(Kind kind, Step step) {
        if (closed) {
            return;
        }
        if (!paused && waiting.isEmpty()) {
            taker.accept(step);
            return;
        }
        switch (kind) {
            case FRAME -> {
                if (frames == FRAMES_MAX) {
                    exercised.count("frames lost at a full queue");
                    return;
                }
                frames++;
                exercised.count("frames that waited out a pause");
            }
            case TICK -> {
                if (tickWaits) {
                    return;
                }
                tickWaits = true;
            }
            case SYNC, ARCHIVE, LEAVE -> {}
        }
        waiting.add(new Arrived(kind, step));
    }

    boolean isPaused() {
        return paused;
    }

    /// Nothing where it stands still already, or is gone.
    Optional<Ongoing> pause() {
        if (paused || closed) {
            return Optional.empty();
        }
        paused = true;
        return Optional.of(() -> {
            paused = false;
            takeNext();
        });
    }

    private void takeNext() {
        if (!paused && !waiting.isEmpty()) {
            var arrived = waiting.remove();
            switch (arrived.kind()) {
                case FRAME -> frames--;
                case TICK -> tickWaits = false;
                case SYNC, ARCHIVE, LEAVE -> {}
            }
            taker.accept(arrived.step());
            timeline.after(TAKE_NANOS, this::takeNext);
        }
    }

    /// The power went: nothing of it is ever taken.
    void close() {
        closed = true;
        waiting.clear();
    }
}
