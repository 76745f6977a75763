package dev.scrubjay.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// What every device does that a log can lie on.
abstract class DeviceContract {
    private static final Device.Outcome SYNCED = new Device.Outcome.Synced();

    abstract Device device();

    /// Waits for the end of a sync.
    abstract Device.Outcome ended(Consumer<Consumer<Device.Outcome>> sync);

    @Test
    final void aFolderIsEmptyAtFirst() throws IOException {
        assertThat(device().names()).isEmpty();
    }

    @Test
    final void aNewFileHasZeros() throws IOException {
        device().create("one", 3 * Sector.BYTES);

        assertThat(ended(ended -> device().sync("one", ended))).isEqualTo(SYNCED);
        assertThat(ended(device()::syncFolder)).isEqualTo(SYNCED);
        assertThat(device().names()).containsExactly("one");
        assertThat(device().size("one")).isEqualTo(3 * Sector.BYTES);
        assertThat(read("one", 0, 3 * Sector.BYTES)).containsOnly(0);
    }

    @Test
    final void whatIsWrittenIsReadWhereItWasWritten() throws IOException {
        device().create("one", 3 * Sector.BYTES);
        device().write("one", Sector.BYTES, sector(7));

        assertThat(read("one", 0, Sector.BYTES)).containsOnly(0);
        assertThat(read("one", Sector.BYTES, Sector.BYTES)).containsOnly(7);
        assertThat(read("one", 2 * Sector.BYTES, Sector.BYTES)).containsOnly(0);
        assertThat(ended(ended -> device().sync("one", ended))).isEqualTo(SYNCED);
        assertThat(read("one", Sector.BYTES, Sector.BYTES)).containsOnly(7);
    }

    @Test
    final void aReadStopsWhereTheFileEnds() throws IOException {
        device().create("one", 2 * Sector.BYTES);
        var into = ByteBuffer.allocate(3 * Sector.BYTES);

        device().read("one", Sector.BYTES, into);

        assertThat(into.position()).isEqualTo(Sector.BYTES);
    }

    @Test
    final void aReadBehindTheEndReadsNothing() throws IOException {
        device().create("one", Sector.BYTES);
        var into = ByteBuffer.allocate(Sector.BYTES);

        device().read("one", 5 * Sector.BYTES, into);

        assertThat(into.position()).isZero();
    }

    @Test
    final void aFileIsMadeAnewInPlaceOfAnother() throws IOException {
        device().create("one", 2 * Sector.BYTES);
        device().write("one", 0, sector(7));
        device().create("one", Sector.BYTES);

        assertThat(device().names()).containsExactly("one");
        assertThat(device().size("one")).isEqualTo(Sector.BYTES);
        assertThat(read("one", 0, Sector.BYTES)).containsOnly(0);
    }

    @Test
    final void aFileThatWasDeletedIsGone() throws IOException {
        device().create("one", Sector.BYTES);
        device().create("two", Sector.BYTES);
        device().delete("one");

        assertThat(ended(device()::syncFolder)).isEqualTo(SYNCED);
        assertThat(device().names()).containsExactly("two");
    }

    @Test
    final void whatIsNotThereCannotBeRead() {
        assertThatThrownBy(() -> device().size("none")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> read("none", 0, 1)).isInstanceOf(IOException.class);
    }

    static byte[] sector(int value) {
        var bytes = new byte[Sector.BYTES];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private byte[] read(String name, long from, int length) throws IOException {
        var bytes = new byte[length];
        device().read(name, from, ByteBuffer.wrap(bytes));
        return bytes;
    }
}
