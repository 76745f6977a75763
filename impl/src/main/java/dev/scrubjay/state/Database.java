package dev.scrubjay.state;

import java.nio.file.Path;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.CompressionType;
import org.rocksdb.FlushOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteOptions;

/// RocksDB as this store wants it, and all that it holds outside of Java's memory.
///
/// One column family for all groups. One for each would cost a memtable for each, and some for each kind of
/// row could be flushed at different moments, so that values and the slot they belong to would part. With
/// one, what lies in the files is always what the first so many writes made: its memtables go there whole and
/// one after the other.
final class Database implements AutoCloseable {
    private static final int BLOOM_BITS = 10;
    private static final int OPEN_FILES_MAX = 500;
    private static final int MEMTABLES_MAX = 3;
    private static final long INFO_LOG_BYTES_MAX = 1 << 20;
    private static final int INFO_LOGS_MAX = 2;

    private final Cache cache;
    private final BloomFilter filter;
    private final Options options;
    private final WriteOptions writing;
    private final ReadOptions reading;
    private final FlushOptions flushing;
    private final RocksDB rocks;

    static {
        RocksDB.loadLibrary();
    }

    /// Opens the database in a folder.
    ///
    /// @param create makes an empty one if there is none
    Database(Path folder, RocksStateStore.Sizes sizes, boolean create) throws RocksDBException {
        cache = new LRUCache(sizes.cacheBytes());
        filter = new BloomFilter(BLOOM_BITS);
        options = options(sizes, create);
        // What RocksDB's own log would bring back, the write-ahead log of the node does, which was synced.
        writing = new WriteOptions().setDisableWAL(true);
        reading = new ReadOptions().setVerifyChecksums(true);
        // Writes go on meanwhile.
        flushing = new FlushOptions().setWaitForFlush(true).setAllowWriteStall(false);
        try {
            rocks = RocksDB.open(options, folder.toString());
        } catch (RocksDBException e) {
            closeSettings();
            throw e;
        }
    }

    private Options options(RocksStateStore.Sizes sizes, boolean create) {
        var tables = new BlockBasedTableConfig()
                .setBlockCache(cache)
                // Asking for a session or a key that is not there is common, and should not read the disk.
                .setFilterPolicy(filter)
                // With the blocks, so that the size of the cache bounds them too, however many groups there
                // are.
                .setCacheIndexAndFilterBlocks(true)
                .setPinL0FilterAndIndexBlocksInCache(true);
        return new Options()
                .setCreateIfMissing(create)
                .setTableFormatConfig(tables)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setWriteBufferSize(sizes.memtableBytes())
                .setMaxWriteBufferNumber(MEMTABLES_MAX)
                .setMaxOpenFiles(OPEN_FILES_MAX)
                // Stops at what it finds damaged, and checks a table that it has written before it counts on
                // it.
                .setParanoidChecks(true)
                .setParanoidFileChecks(true)
                .setForceConsistencyChecks(true)
                // A write that failed is not tried again: the system may have forgotten what it could not
                // write.
                .setMaxBgErrorResumeCount(0)
                // Closing promises nothing, and should not wait for a disk that may be the reason for it.
                .setAvoidFlushDuringShutdown(true)
                // RocksDB's diary is for people. It may not grow for ever, or wake up to write figures.
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setMaxLogFileSize(INFO_LOG_BYTES_MAX)
                .setKeepLogFileNum(INFO_LOGS_MAX)
                .setStatsDumpPeriodSec(0)
                .setStatsPersistPeriodSec(0);
    }

    RocksDB rocks() {
        return rocks;
    }

    WriteOptions writing() {
        return writing;
    }

    ReadOptions reading() {
        return reading;
    }

    /// Returns when all that was written before is safe.
    void flush() throws RocksDBException {
        rocks.flush(flushing);
    }

    /// The database first: it uses the rest until it is closed.
    @Override
    public void close() {
        rocks.close();
        closeSettings();
    }

    private void closeSettings() {
        flushing.close();
        reading.close();
        writing.close();
        options.close();
        filter.close();
        cache.close();
    }
}
