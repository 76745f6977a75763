/// What an implementation says it did: one event for each action of the specification, and its form as a line
/// of JSON.
///
/// Start with `TraceEvent`. The names here are the specification's; docs/formats.md describes a whole file.
@NullMarked
package dev.scrubjay.trace;

import org.jspecify.annotations.NullMarked;
