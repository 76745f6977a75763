package dev.scrubjay.history;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/// The characters of a file, compressed or not, for a reader that looks at each.
///
/// It refuses what is no text, and an event that has no end: a reader says where an event begins, and gets no
/// more than so many characters for it, so that no file makes it gather more than memory holds. One character
/// can always be put back.
final class Source extends Reader {
    /// What [#take] and [#peek] give after the last character.
    static final int END = -1;

    /// How many characters one event may have.
    static final int EVENT_MAX = 1 << 24;

    private static final int BYTES = 1 << 15;

    /// The first two bytes of everything that gzip wrote.
    private static final byte[] GZIP = {0x1f, (byte) 0x8b};

    private static final String CUT_OFF = "the file ends in the middle of what gzip wrote; copy or record it once more";

    private static final char BYTE_ORDER_MARK = '\ufeff';

    private final InputStream in;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();

    /// Bytes that are not characters yet.
    private final ByteBuffer bytes;

    private boolean isRead;

    /// What is to be said once all bytes are characters; null while nothing is wrong.
    private @Nullable String broken;

    /// What is to be read next stands from `at` on, and before it what was put there last.
    private final char[] buffer;

    private int at;
    private int limit;

    /// How many characters came into the buffer, and how many of them before the event.
    private long passed;

    private long began;

    /// The line of the next character to be taken, and that of the first one not in the buffer yet.
    private int line = 1;

    private long bufferedLine = 1;
    private boolean isNulNext;

    /// Reads bytes, which gzip may have compressed: that is seen by how they begin.
    static Source of(InputStream in) throws IOException {
        var buffered = new BufferedInputStream(in, BYTES);
        buffered.mark(GZIP.length);
        var begin = buffered.readNBytes(GZIP.length);
        buffered.reset();
        if (begin.length < GZIP.length || begin[0] != GZIP[0] || begin[1] != GZIP[1]) {
            return new Source(buffered);
        }
        try {
            return new Source(new GZIPInputStream(buffered, BYTES));
        } catch (EOFException e) {
            throw new BrokenInput(1, CUT_OFF);
        } catch (ZipException e) {
            throw new BrokenInput(1, damaged(e));
        }
    }

    private Source(InputStream in) throws IOException {
        this.in = in;
        this.bytes = ByteBuffer.allocate(BYTES).flip();
        this.buffer = new char[BYTES + 1];
        this.at = 1;
        this.limit = 1;
        if (peek() == BYTE_ORDER_MARK) {
            take();
        }
    }

    Source(String text) throws BrokenInput {
        this.in = InputStream.nullInputStream();
        this.bytes = ByteBuffer.allocate(0);
        this.isRead = true;
        this.buffer = new char[text.length() + 1];
        text.getChars(0, text.length(), buffer, 1);
        this.at = 1;
        this.limit = buffer.length;
        endAtNul();
        if (limit == 1 && isNulNext) {
            throw nul();
        }
    }

    /// What comes next and stays there; [#END] after the last.
    int peek() throws IOException {
        return at < limit || fill() ? buffer[at] : END;
    }

    /// What comes next; [#END] after the last.
    int take() throws IOException {
        if (at == limit && !fill()) {
            return END;
        }
        char taken = buffer[at++];
        if (taken == '\n') {
            line++;
        }
        return taken;
    }

    /// Puts the last character back. Only one can be.
    void putBack() {
        at--;
        if (buffer[at] == '\n') {
            line--;
        }
    }

    int line() {
        return line;
    }

    /// Says that an event begins at the next character, or later.
    void begin() {
        began = passed - (limit - at);
    }

    /// The characters that can be had without reading on: from [#at] to [#limit].
    char[] buffer() {
        return buffer;
    }

    int at() {
        return at;
    }

    int limit() {
        return limit;
    }

    /// Passes over characters in the buffer, none of which ends a line.
    void moveTo(int place) {
        at = place;
    }

    /// What the text begins with, as far as it was read.
    String beginning() throws IOException {
        return peek() == END ? "" : new String(buffer, at, limit - at);
    }

    @Override
    public int read(char[] into, int from, int length) throws IOException {
        if (peek() == END) {
            return END;
        }
        int count = Math.min(length, limit - at);
        System.arraycopy(buffer, at, into, from, count);
        at += count;
        return count;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /// Puts what follows into the buffer, which is used up.
    ///
    /// @return whether there was anything
    private boolean fill() throws IOException {
        if (isNulNext) {
            throw nul();
        }
        if (passed - began > EVENT_MAX) {
            throw new HistoryException(String.format(
                    Locale.ROOT,
                    "what begins here is longer than the %,d characters that an event may have; a history has one "
                            + "event after the other, on lines of their own",
                    EVENT_MAX));
        }
        if (bytes.capacity() == 0) {
            return false;
        }
        buffer[0] = buffer[limit - 1];
        at = 1;
        limit = 1;
        while (true) {
            var characters = CharBuffer.wrap(buffer, 1, buffer.length - 1);
            var result = decoder.decode(bytes, characters, isRead);
            limit = characters.position();
            if (limit > 1) {
                endAtNul();
                passed += limit - 1;
                if (limit > 1) {
                    return true;
                }
                throw nul();
            }
            if (result.isError()) {
                throw new BrokenInput(
                        bufferedLine,
                        "is not UTF-8; a history is a text file of JSON lines, EDN or the "
                                + "lines of Jepsen's log, and gzip may have compressed it");
            }
            if (broken != null) {
                throw new BrokenInput(bufferedLine, broken);
            }
            if (isRead) {
                return false;
            }
            readBytes();
        }
    }

    /// Reads until the buffer is full, the file is at its end, or gzip finds it broken, of which we speak
    /// when all before it has been read.
    private void readBytes() throws IOException {
        bytes.compact();
        try {
            while (bytes.hasRemaining() && !isRead) {
                int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
                isRead = count < 0;
                bytes.position(bytes.position() + Math.max(0, count));
            }
        } catch (EOFException e) {
            broken = CUT_OFF;
        } catch (ZipException e) {
            broken = damaged(e);
        }
        bytes.flip();
    }

    /// Ends the buffer before the first NUL, and counts its lines. Written without branches, for it looks at
    /// all there is to read.
    private void endAtNul() {
        int lines = 0;
        int nuls = 0;
        for (int i = 1; i < limit; i++) {
            lines += buffer[i] == '\n' ? 1 : 0;
            nuls += buffer[i] == 0 ? 1 : 0;
        }
        if (nuls > 0) {
            isNulNext = true;
            lines = 0;
            int end = 1;
            for (; buffer[end] != 0; end++) {
                lines += buffer[end] == '\n' ? 1 : 0;
            }
            limit = end;
        }
        bufferedLine += lines;
    }

    private BrokenInput nul() {
        return new BrokenInput(
                bufferedLine,
                "holds a byte of value 0, which no text has; a history is a text file of JSON lines, EDN or the lines "
                        + "of Jepsen's log");
    }

    private static String damaged(ZipException e) {
        return "gzip cannot undo what it wrote (" + e.getMessage() + "); copy or record it once more";
    }
}
