package dev.scrubjay.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.value.Damage;
import dev.scrubjay.value.Decoder;
import dev.scrubjay.value.Decoder.MalformedException;
import dev.scrubjay.value.Values;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Test;

/// Whatever bytes stand on the disk, reading them gives a value or a refusal.
final class LogFormsTest {
    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void contentsAreReadAsTheyWereWritten(@ForAll("contents") Contents contents) {
        assertThat(Contents.decode(contents.encode())).isEqualTo(contents);
    }

    @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
    void contentsAreWhatWouldBeWrittenOrRefused(
            @ForAll("contents") Contents contents, @ForAll @Size(min = 1, max = 3) List<Long> changes) {
        var body = Damage.body(contents.encode());
        for (long change : changes) {
            body[(int) Long.remainderUnsigned(change >>> 8, body.length)] = (byte) change;
        }
        LogBytes.readContents(body);
    }

    @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
    void anyBytesAreWhatWouldBeWrittenOrRefused(@ForAll @Size(max = 80) byte[] body) {
        LogBytes.readContents(body);
        LogBytes.readHeader(body);
        LogBytes.readRecord(body);
    }

    @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
    void aHeaderIsWhatWouldBeWrittenOrRefused(@ForAll @Size(min = 1, max = 3) List<Long> changes) {
        var header = new SegmentHeader(Logs.LOG, 3, 12, 2, 128).encode();
        var body = Arrays.copyOfRange(
                header, Sector.HEAD + Decoder.HEAD, Sector.HEAD + Contents.length(header, Sector.HEAD));
        for (long change : changes) {
            body[(int) Long.remainderUnsigned(change >>> 8, body.length)] = (byte) change;
        }
        LogBytes.readHeader(body);
    }

    @Provide
    Arbitrary<Contents> contents() {
        var lengths = Arbitraries.integers().greaterOrEqual(1);
        var promises = Combinators.combine(Values.numbers(), Values.ballots()).as(RecordName.Promise::new);
        var accepts = Combinators.combine(Values.numbers(), Values.ballots(), Values.slots())
                .as(RecordName.Accept::new);
        var trims = Combinators.combine(Values.numbers(), Values.ballots(), Values.slots(), Values.slots())
                .as(RecordName.Trim::new);
        return Combinators.combine(Arbitraries.<RecordName>oneOf(promises, accepts, trims), lengths)
                .as(Contents.Line::new)
                .list()
                .ofMaxSize(8)
                .map(Contents::new);
    }

    /// The head of a frame is believed only as far as there are bytes.
    @Test
    void aLengthThatLeadsOutsideIsRefused() {
        for (int length : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 489}) {
            var payload = new byte[Sector.PAYLOAD];
            for (int i = 0; i < Integer.BYTES; i++) {
                payload[i] = (byte) (length >>> (24 - 8 * i));
            }
            try {
                Contents.frame(payload, 0);
                throw new AssertionError(length + " was believed");
            } catch (MalformedException _) {
                // As it should be.
            }
        }
    }

    @Test
    void everyByteOfASectorIsCovered() {
        var bytes = new byte[Sector.BYTES];
        new Random(1).nextBytes(bytes);
        var good = new Sector.Good(Sector.FRONT, 17, 2, 5);
        Sector.seal(bytes, 0, 3, 9, good);

        assertThat(Sector.judge(bytes, 0, 3, 9)).isEqualTo(good);
        assertThat(Sector.judge(bytes, 0, 3, 8)).isEqualTo(Sector.BAD);
        assertThat(Sector.judge(bytes, 0, 4, 9)).isEqualTo(Sector.BAD);
        for (int at = 0; at < Sector.BYTES; at++) {
            for (int bit = 0; bit < 8; bit++) {
                var damaged = bytes.clone();
                damaged[at] ^= (byte) (1 << bit);
                assertThat(Sector.judge(damaged, 0, 3, 9)).isEqualTo(Sector.BAD);
            }
        }
        assertThat(Sector.judge(new byte[Sector.BYTES], 0, 3, 9)).isEqualTo(Sector.FILL);
    }

    /// Only the file `segment-000012` is called so.
    @Test
    void theNameOfASegmentHoldsItsNumber() {
        assertThat(SegmentHeader.name(12)).isEqualTo("segment-000012");
        assertThat(SegmentHeader.number("segment-000012")).hasValue(12);
        assertThat(SegmentHeader.number("segment-1234567")).hasValue(1_234_567);
        for (var other : List.of("segment-12", "segment-0000012", "segment-000000", "segment-00000a", "x-000012")) {
            assertThat(SegmentHeader.number(other)).as(other).isEmpty();
        }
    }

    /// Any bytes anywhere, some of them under checksums that are right: what a faulty writer leaves.
    @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE)
    void recoveryOfAnyBytesEndsWithAValue(@ForAll @Size(min = LogBytes.EDIT, max = 4 * LogBytes.EDIT) byte[] edits) {
        var found = LogBytes.recover(edits);

        Statistics.collect(found.getClass().getSimpleName());
        Statistics.coverage(coverage -> {
            for (var kind : List.of("Whole", "Unknown", "Lost")) {
                coverage.check(kind).count(count -> count > 0);
            }
        });
    }
}
