package dev.scrubjay.message;

import dev.scrubjay.value.Decoder;
import dev.scrubjay.value.Encoder;
import dev.scrubjay.value.FormVersion;

/// A frame in bytes: version, kind, group, order and body, with length and checksum before them.
///
/// A message between replicas has a kind of its own, and so has what stands in the body; the others are a
/// client's request and the reply to it.
public final class FrameForm {
    private static final FormVersion VERSION = new FormVersion(8, 0);

    private static final byte REQUEST = 32;
    private static final byte REPLY = 33;

    private FrameForm() {}

    /// Whether it says that this version wrote it.
    public static boolean isCurrent(byte[] bytes) {
        return bytes.length > Decoder.HEAD && bytes[Decoder.HEAD] == VERSION.oneByte();
    }

    public static byte[] encode(Frame frame) {
        var encoder = new Encoder().put(VERSION);
        switch (frame) {
            case Frame.Between(var group, var order, var from, var to, var message) -> {
                encoder.put(MessageForm.kind(message))
                        .put(group)
                        .put(order)
                        .put(from)
                        .put(to);
                MessageForm.put(encoder, message);
            }
            case Frame.Asked(var group, var order, var client, var request) -> {
                encoder.put(REQUEST).put(group).put(order).put(client);
                ClientForm.put(encoder, request);
            }
            case Frame.Told(var group, var order, var client, var id, var reply) -> {
                encoder.put(REPLY).put(group).put(order).put(client).put(id);
                ClientForm.put(encoder, reply);
            }
        }
        return encoder.framed();
    }

    /// Reads a frame that fills these bytes.
    public static Frame decode(byte[] bytes) {
        var decoder = Decoder.ofFrame(bytes);
        if (!decoder.isOf(VERSION)) {
            throw decoder.unknown("version of a frame");
        }
        var kind = decoder.oneByte();
        if (kind != REQUEST && kind != REPLY && !MessageForm.isKind(kind)) {
            throw decoder.unknown("frame");
        }
        long group = decoder.number();
        long order = decoder.number();
        var frame = switch (kind) {
            case REQUEST -> new Frame.Asked(group, order, decoder.text(), ClientForm.request(decoder));
            case REPLY -> new Frame.Told(group, order, decoder.text(), decoder.number(), ClientForm.reply(decoder));
            default ->
                new Frame.Between(
                        group, order, decoder.replica(), decoder.replica(), MessageForm.message(kind, decoder));
        };
        decoder.end();
        return frame;
    }
}
