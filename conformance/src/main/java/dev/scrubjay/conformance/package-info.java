/// Ties implementation and specification together: a trace that the implementation wrote must be a behaviour
/// of the specification.
///
/// The rules themselves live in the specification alone; what is here reads traces, asks TLC, and explains a
/// refusal. Start with `TraceConformance`.
///
/// And a history may be held against a module of the specification: `TlaObject`.
@NullMarked
package dev.scrubjay.conformance;

import org.jspecify.annotations.NullMarked;
