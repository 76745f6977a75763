package dev.scrubjay.log;

import dev.scrubjay.log.RecordForm.Logged;
import dev.scrubjay.value.LogRecord;

/// How records are written and read: as this version does it, but for nodes that play another one.
public interface Records {
    Records CURRENT = new Records() {
        @Override
        public byte[] encode(long group, LogRecord record) {
            return RecordForm.encode(group, record);
        }

        @Override
        public Logged decode(byte[] bytes) {
            return RecordForm.decode(bytes);
        }
    };

    byte[] encode(long group, LogRecord record);

    /// Reads a record that fills these bytes.
    Logged decode(byte[] bytes);
}
