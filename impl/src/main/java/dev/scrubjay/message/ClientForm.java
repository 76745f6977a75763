package dev.scrubjay.message;

import dev.scrubjay.value.Decoder;
import dev.scrubjay.value.Encoder;
import dev.scrubjay.value.ReplicaId;
import java.util.Optional;

/// What a client asks and is told, in bytes: the part of a frame after the client's name.
final class ClientForm {
    private static final byte BEGIN = 1;
    private static final byte END = 2;
    private static final byte WRITE = 3;
    private static final byte READ = 4;
    private static final byte EVENTUAL_READ = 5;

    private static final byte ANSWERED = 1;
    private static final byte NOT_LEADER = 2;
    private static final byte WRONG_GROUP = 3;
    private static final byte THROTTLED = 4;
    private static final byte BEHIND = 5;

    private ClientForm() {}

    static void put(Encoder encoder, ClientRequest request) {
        encoder.put(request.id()).put(request.table()).put(request.routeVersion());
        switch (request.operation()) {
            case Operation.Begin(var nonce) -> encoder.put(BEGIN).put(nonce);
            case Operation.End(var session) -> encoder.put(END).put(session);
            case Operation.Write(var session, var number, var asked) ->
                encoder.put(WRITE).put(session).put(number).put(asked);
            case Operation.Read(var key) -> encoder.put(READ).put(key);
            case Operation.EventualRead(var key, var atLeast) ->
                encoder.put(EVENTUAL_READ).put(key).put(atLeast);
        }
    }

    static ClientRequest request(Decoder decoder) {
        return new ClientRequest(decoder.number(), decoder.text(), decoder.number(), operation(decoder));
    }

    private static Operation operation(Decoder decoder) {
        return switch (decoder.oneByte()) {
            case BEGIN -> new Operation.Begin(decoder.text());
            case END -> new Operation.End(decoder.session());
            case WRITE -> new Operation.Write(decoder.session(), decoder.numberInSession(), decoder.request());
            case READ -> new Operation.Read(decoder.text());
            case EVENTUAL_READ -> new Operation.EventualRead(decoder.text(), decoder.slots());
            default -> throw decoder.unknown("operation");
        };
    }

    static void put(Encoder encoder, ClientReply reply) {
        switch (reply) {
            case ClientReply.Answered(var answer, var slot) ->
                encoder.put(ANSWERED).put(answer).put(slot);
            case ClientReply.NotLeader(var hint) -> {
                encoder.put(NOT_LEADER).put(hint.isPresent());
                hint.ifPresent(encoder::put);
            }
            case ClientReply.WrongGroup(var hint) -> {
                encoder.put(WRONG_GROUP).put(hint.isPresent());
                hint.ifPresent(group -> encoder.put(group.longValue()));
            }
            case ClientReply.Throttled(var afterNanos) -> encoder.put(THROTTLED).put(afterNanos);
            case ClientReply.Behind(var slot) -> encoder.put(BEHIND).put(slot);
        }
    }

    static ClientReply reply(Decoder decoder) {
        return switch (decoder.oneByte()) {
            case ANSWERED -> new ClientReply.Answered(decoder.reply(), decoder.slots());
            case NOT_LEADER ->
                new ClientReply.NotLeader(
                        hasHint(decoder) ? Optional.of(decoder.replica()) : Optional.<ReplicaId>empty());
            case WRONG_GROUP ->
                new ClientReply.WrongGroup(hasHint(decoder) ? Optional.of(decoder.number()) : Optional.<Long>empty());
            case THROTTLED -> new ClientReply.Throttled(decoder.number());
            case BEHIND -> new ClientReply.Behind(decoder.slots());
            default -> throw decoder.unknown("reply to a client");
        };
    }

    private static boolean hasHint(Decoder decoder) {
        return decoder.flag("presence of a hint");
    }
}
