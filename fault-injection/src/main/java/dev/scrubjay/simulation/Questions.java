package dev.scrubjay.simulation;

import dev.scrubjay.message.ClientReply.Answered;
import dev.scrubjay.message.Frame;
import dev.scrubjay.message.Operation;
import dev.scrubjay.simulation.AnswerInvariant.Request;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What every client asked, so that an answer can be held against it. Invariants that look at the same frames
/// share one, and each frame is looked up once for all of them: that was a twentieth of a run.
final class Questions {
    /// What a frame is about.
    sealed interface Heard {
        /// Of no question, and of no answer.
        record Nothing() implements Heard {}

        /// A client asks.
        ///
        /// @param isFirst whether nobody has asked it before
        record Question(Request request, Operation operation, boolean isFirst) implements Heard {}

        record Answer(Request request, Operation operation, Answered answer) implements Heard {}

        /// An answer that nobody waits for.
        record Unasked(Request request) implements Heard {}
    }

    private static final Heard NOTHING = new Heard.Nothing();

    private final Map<Request, Operation> asked = new HashMap<>();
    private @Nullable Frame last;
    private Heard heard = NOTHING;

    /// What a frame is that was sent just now.
    @SuppressWarnings("ReferenceEquality") // One that was sent again is another, although it is equal.
    Heard hear(Frame frame) {
        if (frame != last) {
            last = frame;
            heard = look(frame);
        }
        return heard;
    }

    private Heard look(Frame frame) {
        return switch (frame) {
            case Frame.Between _ -> NOTHING;
            case Frame.Asked(var group, var _, var client, var asking) -> {
                var request = new Request(group, client, asking.id());
                boolean isFirst = asked.putIfAbsent(request, asking.operation()) == null;
                yield new Heard.Question(request, asking.operation(), isFirst);
            }
            case Frame.Told(var group, var _, var client, var id, Answered answer) -> {
                var request = new Request(group, client, id);
                var operation = asked.get(request);
                yield operation == null ? new Heard.Unasked(request) : new Heard.Answer(request, operation, answer);
            }
            case Frame.Told _ -> NOTHING;
        };
    }
}
