/// Decides whether a recorded history is linearizable, and says why not.
///
/// This module depends on nothing else of Scrubjay and compiles for Java 21, so that anybody can check the
/// histories of a system of their own with it. A verdict is one of three kinds, never a boolean: where limits
/// end the search, it says so. What belongs elsewhere: files (`dev.scrubjay.history`), what a data type does
/// (`dev.scrubjay.object`), and printing for people (`dev.scrubjay.cli`).
///
/// Start at [dev.scrubjay.checker.Checker]; how it decides is told in `Zones`, where each value is written
/// once, and else in `Breadth`.
@NullMarked
package dev.scrubjay.checker;

import org.jspecify.annotations.NullMarked;
