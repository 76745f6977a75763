/// How the records of a write-ahead log look on a disk.
///
/// Start with `RecordForm`. Log segments and the reading of damaged ones will live here too.
@NullMarked
package dev.scrubjay.log;

import org.jspecify.annotations.NullMarked;
