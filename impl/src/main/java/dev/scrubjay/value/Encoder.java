package dev.scrubjay.value;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SortedSet;
import java.util.zip.CRC32C;

/// Writes values as bytes: numbers of fixed width, highest byte first; text as UTF-8 with its length before
/// it.
///
/// Each kind of thing has a number that never changes its meaning. A number without a meaning yet is reserved
/// for what the design already names, so that an old reader refuses it instead of taking it for something
/// else.
public final class Encoder {
    static final byte WRITE = 1;
    static final byte NO_OP = 2;
    static final byte END = 5;
    static final byte BEGIN = 6;
    static final byte RECONFIGURE = 3;
    static final byte SCRUB_MARK = 4;

    static final byte STORAGE = 1;
    static final byte LOG = 2;

    static final byte GET = 1;
    static final byte PUT = 2;
    static final byte DELETE = 3;
    static final byte CONDITIONAL_PUT = 4;

    static final byte DONE = 1;
    static final byte FOUND = 2;
    static final byte UNMET = 3;
    static final byte BEGUN = 4;
    static final byte ENDED = 5;
    static final byte NO_SESSION = 6;
    static final byte STALE = 7;

    private static final int SIZE_AT_FIRST = 128;

    private ByteBuffer bytes = ByteBuffer.allocate(SIZE_AT_FIRST);

    private ByteBuffer room(int more) {
        if (bytes.remaining() < more) {
            var larger = ByteBuffer.allocate(Math.max(2 * bytes.capacity(), bytes.position() + more));
            bytes = larger.put(bytes.flip());
        }
        return bytes;
    }

    public Encoder put(byte value) {
        room(Byte.BYTES).put(value);
        return this;
    }

    public Encoder put(FormVersion version) {
        return put(version.oneByte());
    }

    public Encoder put(boolean value) {
        return put((byte) (value ? 1 : 0));
    }

    public Encoder put(int value) {
        room(Integer.BYTES).putInt(value);
        return this;
    }

    public Encoder put(long value) {
        room(Long.BYTES).putLong(value);
        return this;
    }

    /// Half a character has no bytes in UTF-8. Replaced by a question mark, as Java would, one key would
    /// become another's.
    public Encoder put(String text) {
        var utf8 = utf8(text);
        put(utf8.length);
        room(utf8.length).put(utf8);
        return this;
    }

    /// Text that goes on to the end, and so needs no length before it. Such bytes have the order of the
    /// characters.
    public Encoder putLast(String text) {
        var utf8 = utf8(text);
        room(utf8.length).put(utf8);
        return this;
    }

    private static byte[] utf8(String text) {
        for (int i = 0; i < text.length(); i++) {
            // Most text has none: so nothing is made to look, which was a sixth of what encoding made.
            if (Character.isSurrogate(text.charAt(i)) && isHalf(text, i)) {
                throw new IllegalArgumentException(
                        "text that holds half a character, a surrogate alone: UTF-8 has no bytes for it");
            }
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// Whether the other half of the surrogate there does not stand beside it.
    private static boolean isHalf(String text, int at) {
        return Character.isHighSurrogate(text.charAt(at))
                ? at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1))
                : at == 0 || !Character.isHighSurrogate(text.charAt(at - 1));
    }

    public Encoder put(Bytes value) {
        put(value.length());
        value.into(room(value.length()));
        return this;
    }

    public Encoder put(ReplicaId replica) {
        return put(replica.node()).put(replica.incarnation());
    }

    public Encoder put(SortedSet<ReplicaId> replicas) {
        put(replicas.size());
        replicas.forEach(this::put);
        return this;
    }

    public Encoder put(Members members) {
        return put(members.generation()).put(members.voters());
    }

    public Encoder put(Site site) {
        put(
                switch (site.kind()) {
                    case STORAGE -> STORAGE;
                    case LOG -> LOG;
                });
        return put(site.zone()).put(site.rack());
    }

    public Encoder put(Ballot ballot) {
        return put(ballot.round()).put(ballot.replica());
    }

    public Encoder put(MaybeValue value) {
        return switch (value) {
            case MaybeValue.Absent() -> put(false);
            case MaybeValue.Present(var text) -> put(true).put(text);
        };
    }

    public Encoder put(Request request) {
        return switch (request) {
            case Request.Get(var key) -> put(GET).put(key);
            case Request.Put(var key, var value) -> put(PUT).put(key).put(value);
            case Request.Delete(var key) -> put(DELETE).put(key);
            case Request.ConditionalPut(var key, var expected, var value) ->
                put(CONDITIONAL_PUT).put(key).put(expected).put(value);
        };
    }

    public Encoder put(Reply reply) {
        return switch (reply) {
            case Reply.Done() -> put(DONE);
            case Reply.Found(var held) -> put(FOUND).put(held);
            case Reply.Unmet(var held) -> put(UNMET).put(held);
            case Reply.Begun(var session) -> put(BEGUN).put(session);
            case Reply.Ended() -> put(ENDED);
            case Reply.NoSession() -> put(NO_SESSION);
            case Reply.Stale() -> put(STALE);
        };
    }

    public Encoder put(Entry entry) {
        return switch (entry) {
            case Entry.Write(var session, var number, var request) ->
                put(WRITE).put(session).put(number).put(request);
            case Entry.Begin(var nonce) -> put(BEGIN).put(nonce);
            case Entry.End(var session) -> put(END).put(session);
            case Entry.Reconfigure(var generation, var voters) ->
                put(RECONFIGURE).put(generation).put(voters);
            case Entry.NoOp() -> put(NO_OP);
            case Entry.ScrubMark() -> put(SCRUB_MARK);
        };
    }

    /// What was written, alone: for a place that knows its length and holds a checksum over it.
    public byte[] bytes() {
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    /// The checksum of what was written.
    int checksum() {
        return checksum(bytes.array(), 0, bytes.position());
    }

    /// What was written, with its length and its checksum before it: ready for a disk or a network.
    public byte[] framed() {
        int length = bytes.position();
        return ByteBuffer.allocate(Decoder.HEAD + length)
                .putInt(length)
                .putInt(checksum())
                .put(bytes.array(), 0, length)
                .array();
    }

    /// Covers the length too: of a length that was damaged, the checksum would stand elsewhere.
    static int checksum(byte[] bytes, int from, int length) {
        var checksum = new CRC32C();
        checksum.update(length >>> 24);
        checksum.update(length >>> 16);
        checksum.update(length >>> 8);
        checksum.update(length);
        checksum.update(bytes, from, length);
        return (int) checksum.getValue();
    }
}
