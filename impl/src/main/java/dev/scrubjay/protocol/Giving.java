package dev.scrubjay.protocol;

import dev.scrubjay.message.Message;
import dev.scrubjay.protocol.Snapshots.Given;
import dev.scrubjay.value.Bytes;
import dev.scrubjay.value.ReplicaId;
import dev.scrubjay.value.SnapshotPart;
import java.util.Optional;

/// Gives the state of a replica to others, part by part: one snapshot at a time, to whoever asks.
///
/// Who asks waits for one part before it asks for the next, so to answer late is all that it takes not to be
/// asked for more than a node may give. One question waits at a time; whoever has none there asks again.
final class Giving {
    /// A part, and who asked for it.
    record Gift(ReplicaId to, SnapshotPart part) {}

    private record Question(ReplicaId from, Message.AskPart asked) {}

    private final Settings.Snapshots settings;
    private Optional<Given> open = Optional.empty();
    private Optional<Question> question = Optional.empty();
    private long keepUntil;

    Giving(Settings.Snapshots settings) {
        this.settings = settings;
    }

    void asked(ReplicaId from, Message.AskPart ask) {
        question = Optional.of(new Question(from, ask));
    }

    boolean isAsked() {
        return question.isPresent();
    }

    /// Whether the question that waits asks for another snapshot than the one that is open, if any.
    boolean wantsAnother(long applied, long now) {
        if (question.isEmpty() || applied <= question.get().asked().above()) {
            return false;
        }
        var asked = question.get().asked();
        long slot = open.map(Given::slot).orElse(0L);
        return slot <= asked.above() || (slot != asked.slot() && now >= keepUntil);
    }

    void open(Given given) {
        close();
        open = Optional.of(given);
    }

    void forget() {
        question = Optional.empty();
        close();
    }

    /// A snapshot that nobody reads any more costs room.
    void closeIdle(long now) {
        if (now >= keepUntil) {
            close();
        }
    }

    private void close() {
        open.ifPresent(Given::close);
        open = Optional.empty();
    }

    /// Answers the question that waits, from what is open; not if that is of no use to who asked.
    Optional<Gift> give(long now) {
        var asked = question;
        question = Optional.empty();
        if (asked.isEmpty()
                || open.isEmpty()
                || open.get().slot() <= asked.get().asked().above()) {
            return Optional.empty();
        }
        keepUntil = now + settings.keepNanos();
        boolean goesOn = open.get().slot() == asked.get().asked().slot();
        var from = goesOn ? asked.get().asked().from() : Bytes.NONE;
        return Optional.of(new Gift(asked.get().from(), open.get().part(from, settings.partBytes())));
    }
}
