/// Another version of the program beside this one: made from `conformance/versions/next.patch`, which adds a
/// field to a message and one to a record, so that groups of mixed versions can be tried before there are
/// any.
///
/// Start at `NextVersion`. What a version may change, and how, is not said here but by `FormVersion`.
@NullMarked
package dev.scrubjay.version;

import org.jspecify.annotations.NullMarked;
