/// The bank of seeded bugs: defects that somebody once shipped, as patches against the specification and the
/// implementation, and the runner that shows which check catches which.
///
/// A check that has never failed is not a check. The bugs live in `conformance/bugs`, a folder each; product
/// code knows nothing of them. Start with `Bug`, then `BugRunner`.
@NullMarked
package dev.scrubjay.bug;

import org.jspecify.annotations.NullMarked;
