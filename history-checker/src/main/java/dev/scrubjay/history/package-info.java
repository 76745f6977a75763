/// What the clients of a system saw: events, the operations that they make up, and the files in which both
/// are kept.
///
/// A history has Jepsen's shape: each event says that a process invoked an operation, or how the operation
/// ended. `ok` and `fail` are certain, `info` is not. This package knows no data type and has no opinion on
/// what is right; that is said in `dev.scrubjay.object` and decided in `dev.scrubjay.checker`, and neither
/// may be used here.
///
/// Start at [dev.scrubjay.history.History]; then [dev.scrubjay.history.Recorder], which makes one,
/// [dev.scrubjay.history.LiveRecorder], which makes one of what many threads do, and
/// [dev.scrubjay.history.Histories], which reads and writes them.
@NullMarked
package dev.scrubjay.history;

import org.jspecify.annotations.NullMarked;
