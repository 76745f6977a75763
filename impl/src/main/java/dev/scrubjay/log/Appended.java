package dev.scrubjay.log;

import dev.scrubjay.value.LogRecord;

/// A record on its way into a batch.
final class Appended {
    private final Contents.Line line;
    private final byte[] body;

    Appended(long group, LogRecord record, byte[] body) {
        this.body = body;
        line = new Contents.Line(RecordName.of(group, record), body.length);
    }

    Contents.Line line() {
        return line;
    }

    /// Its bytes. Not to be changed.
    byte[] body() {
        return body;
    }
}
