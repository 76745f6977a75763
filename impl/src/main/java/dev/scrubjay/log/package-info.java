/// The write-ahead log of a node: what it looks like on a disk, how it is written, and how it is read after a
/// power-off or when the disk lied.
///
/// Nothing here knows what the records mean to a replica. Start with `WriteAheadLog` and `Recovering`; then
/// `Sector` and `Batch`, and `RecordForm` for a record alone.
@NullMarked
package dev.scrubjay.log;

import org.jspecify.annotations.NullMarked;
