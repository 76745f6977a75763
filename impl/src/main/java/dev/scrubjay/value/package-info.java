/// The values that everything else speaks of: replicas, ballots, entries, what a store is asked and answers,
/// what a replica writes to its disk; and how each looks in bytes.
///
/// Values only: nothing here changes, and nothing knows what a message or a rule is. Start with `Entry` and
/// `LogRecord`.
@NullMarked
package dev.scrubjay.value;

import org.jspecify.annotations.NullMarked;
