package dev.scrubjay.value;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SortedSet;
import java.util.TreeSet;

/// Reads what `Encoder` wrote, and believes nothing: a length that leads outside, a kind that is not known,
/// or a byte too many is refused.
public final class Decoder {
    /// The bytes do not hold what they should. The caller knows what that means for it; here it has no
    /// meaning yet.
    public static final class MalformedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        public MalformedException(String text) {
            super(text);
        }
    }

    /// The bytes before a body: its length and its checksum.
    public static final int HEAD = 2 * Integer.BYTES;

    private static final char REPLACEMENT = '\uFFFD';

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, BIG_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, BIG_ENDIAN);

    private final byte[] bytes;
    private int at;
    private boolean maySayMore;

    private Decoder(byte[] bytes, int at) {
        this.bytes = bytes;
        this.at = at;
    }

    /// Opens a frame that should fill these bytes.
    public static Decoder ofFrame(byte[] frame) {
        if (frame.length < HEAD) {
            throw new MalformedException("a frame of " + frame.length + " bytes; its head alone has " + HEAD);
        }
        int length = (int) INTS.get(frame, 0);
        int checksum = (int) INTS.get(frame, Integer.BYTES);
        if (length != frame.length - HEAD) {
            throw new MalformedException(
                    "a body of " + length + " bytes said, and " + (frame.length - HEAD) + " there");
        }
        int actual = Encoder.checksum(frame, HEAD, length);
        if (actual != checksum) {
            throw new MalformedException(
                    "checksum " + Integer.toHexString(actual) + ", expected " + Integer.toHexString(checksum));
        }
        return new Decoder(frame, HEAD);
    }

    /// Opens bytes that have no length and no checksum of their own.
    public static Decoder of(byte[] bytes) {
        return new Decoder(bytes, 0);
    }

    private int remaining() {
        return bytes.length - at;
    }

    /// Goes on behind so many bytes, and says where they begin.
    private int take(int count) {
        if (remaining() < count) {
            throw new MalformedException("ends " + (count - remaining()) + " bytes short at byte " + at);
        }
        int from = at;
        at += count;
        return from;
    }

    /// Reads which version a form has, and says whether that is one that says all this one does, and perhaps
    /// more at its end.
    public boolean isOf(FormVersion known) {
        var version = FormVersion.of(oneByte());
        maySayMore = version.minor() > known.minor();
        return version.major() == known.major();
    }

    /// Whether it goes on: not where an earlier version wrote it, which had no more to say.
    public boolean goesOn() {
        return remaining() > 0;
    }

    public byte oneByte() {
        return bytes[take(Byte.BYTES)];
    }

    public int integer() {
        return (int) INTS.get(bytes, take(Integer.BYTES));
    }

    public long number() {
        return (long) LONGS.get(bytes, take(Long.BYTES));
    }

    /// A number that cannot be below this one.
    public long atLeast(long least, String what) {
        long number = number();
        if (number < least) {
            throw new MalformedException(what + " " + number + " before byte " + at + "; the first is " + least);
        }
        return number;
    }

    public long slot() {
        return atLeast(1, "slot");
    }

    /// The slot in which it began, which is a session's number.
    public long session() {
        return atLeast(1, "session");
    }

    /// The place of a write in its session.
    public long numberInSession() {
        return atLeast(1, "number of a write");
    }

    /// How many slots of a log, from the first on.
    public long slots() {
        return atLeast(0, "number of slots");
    }

    /// Yes or no.
    public boolean flag(String what) {
        return switch (oneByte()) {
            case 0 -> false;
            case 1 -> true;
            default -> throw unknown(what);
        };
    }

    /// A count of things that follow, each of at least one byte.
    public int count() {
        int count = integer();
        if (count < 0 || count > remaining()) {
            throw new MalformedException("a count of " + count + " with " + remaining() + " bytes left");
        }
        return count;
    }

    public String text() {
        return text(count());
    }

    /// Text that goes on to the end.
    public String lastText() {
        return text(remaining());
    }

    private String text(int length) {
        int from = take(length);
        var text = new String(bytes, from, length, StandardCharsets.UTF_8);
        // What is not UTF-8 would turn into this mark, and come out as other bytes than went in.
        if (text.indexOf(REPLACEMENT) >= 0
                && !Arrays.equals(
                        text.getBytes(StandardCharsets.UTF_8), Arrays.copyOfRange(bytes, from, from + length))) {
            throw new MalformedException("text that is not UTF-8 before byte " + at);
        }
        return text;
    }

    public Bytes bytes() {
        int length = count();
        int from = take(length);
        return Bytes.of(bytes, from, from + length);
    }

    public ReplicaId replica() {
        return new ReplicaId(text(), integer());
    }

    /// At least one replica, each above the one before.
    public SortedSet<ReplicaId> replicas() {
        int count = count();
        if (count < 1) {
            throw new MalformedException("no replicas before byte " + at);
        }
        var replicas = new TreeSet<ReplicaId>();
        for (int i = 0; i < count; i++) {
            var replica = replica();
            if (!replicas.isEmpty() && replicas.last().compareTo(replica) >= 0) {
                throw new MalformedException(replica + " after " + replicas.last() + ", before byte " + at
                        + ": replicas stand in their order, each once");
            }
            replicas.add(replica);
        }
        return replicas;
    }

    public long generation() {
        return atLeast(1, "generation");
    }

    public Members members() {
        return new Members(generation(), replicas());
    }

    public Site site() {
        return new Site(kind(), text(), text());
    }

    private ReplicaKind kind() {
        return switch (oneByte()) {
            case Encoder.STORAGE -> ReplicaKind.STORAGE;
            case Encoder.LOG -> ReplicaKind.LOG;
            default -> throw unknown("replica");
        };
    }

    public Ballot ballot() {
        return new Ballot(number(), replica());
    }

    public MaybeValue maybeValue() {
        return flag("presence of a value") ? MaybeValue.of(text()) : MaybeValue.ABSENT;
    }

    public Request request() {
        return switch (oneByte()) {
            case Encoder.GET -> new Request.Get(text());
            case Encoder.PUT -> new Request.Put(text(), text());
            case Encoder.DELETE -> new Request.Delete(text());
            case Encoder.CONDITIONAL_PUT -> new Request.ConditionalPut(text(), maybeValue(), text());
            default -> throw unknown("request");
        };
    }

    public Reply reply() {
        return switch (oneByte()) {
            case Encoder.DONE -> Reply.DONE;
            case Encoder.FOUND -> new Reply.Found(maybeValue());
            case Encoder.UNMET -> new Reply.Unmet(maybeValue());
            case Encoder.BEGUN -> new Reply.Begun(session());
            case Encoder.ENDED -> Reply.ENDED;
            case Encoder.NO_SESSION -> Reply.NO_SESSION;
            case Encoder.STALE -> Reply.STALE;
            default -> throw unknown("reply");
        };
    }

    public Entry entry() {
        return switch (oneByte()) {
            case Encoder.WRITE -> new Entry.Write(session(), numberInSession(), request());
            case Encoder.BEGIN -> new Entry.Begin(text());
            case Encoder.END -> new Entry.End(session());
            case Encoder.RECONFIGURE -> new Entry.Reconfigure(generation(), replicas());
            case Encoder.NO_OP -> Entry.NO_OP;
            case Encoder.SCRUB_MARK -> Entry.SCRUB_MARK;
            default -> throw unknown("entry");
        };
    }

    /// A kind that this version has no meaning for: damaged, reserved, or from a later version.
    public MalformedException unknown(String what) {
        return new MalformedException(
                "kind " + bytes[at - 1] + " of " + what + " before byte " + at + " is not known to this version");
    }

    /// Nothing may follow, unless it is of a later version.
    public void end() {
        if (remaining() > 0 && !maySayMore) {
            throw new MalformedException(remaining() + " bytes too many at byte " + at);
        }
    }
}
