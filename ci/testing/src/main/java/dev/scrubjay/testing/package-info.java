/// What the tests of all modules share: the test libraries, their settings, and [dev.scrubjay.testing.Needs]
/// for a test that wants something a machine may lack.
///
/// Nothing here is shipped, and no module depends on it outside its tests.
@NullMarked
package dev.scrubjay.testing;

import org.jspecify.annotations.NullMarked;
