package dev.scrubjay.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;

/// Reads a log segment sector by sector, and judges each.
final class SegmentReader {
    private static final int SECTORS_MAX = 512;

    private final Device device;
    private final long segment;
    private final String name;
    private final int sectors;
    private final byte[] window;
    private final boolean[] unreadable;
    private final Consumer<IOException> failed;
    private int first;
    private int at;

    /// @param count how many sectors will be looked at, from the first one on
    /// @param failed hears of each sector that cannot be read
    SegmentReader(Device device, long segment, int count, Consumer<IOException> failed) {
        this.device = device;
        this.segment = segment;
        this.name = SegmentHeader.name(segment);
        this.sectors = Math.min(count, SECTORS_MAX);
        this.window = new byte[sectors * Sector.BYTES];
        this.unreadable = new boolean[sectors];
        this.first = -sectors;
        this.failed = failed;
    }

    /// What is there. Beyond the end of the file nothing was ever written.
    Sector judge(int sector) {
        if (sector < first || sector >= first + sectors) {
            load(sector);
        }
        at = (sector - first) * Sector.BYTES;
        return unreadable[sector - first] ? Sector.BAD : Sector.judge(window, at, segment, sector);
    }

    /// Where in `bytes` the sector begins that was judged last.
    int at() {
        return at;
    }

    /// What was read. Not to be changed.
    byte[] bytes() {
        return window;
    }

    /// A disk that cannot read a sector says so of the whole request.
    private void load(int from) {
        first = from;
        Arrays.fill(unreadable, false);
        try {
            read(0, sectors);
        } catch (IOException _) {
            for (int sector = 0; sector < sectors; sector++) {
                try {
                    read(sector, 1);
                } catch (IOException e) {
                    unreadable[sector] = true;
                    failed.accept(e);
                }
            }
        }
    }

    private void read(int sector, int count) throws IOException {
        int begin = sector * Sector.BYTES;
        int length = count * Sector.BYTES;
        Arrays.fill(window, begin, begin + length, (byte) 0);
        device.read(name, (long) (first + sector) * Sector.BYTES, ByteBuffer.wrap(window, begin, length));
    }
}
