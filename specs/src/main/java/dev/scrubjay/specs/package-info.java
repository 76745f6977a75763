/// Puts TLC to work on specifications: reads the manifest, runs each model in a Java process of its own, and
/// compares what TLC found with what the manifest expects; and has TLC judge whether traces are behaviours of
/// a specification.
///
/// TLC never runs in this process: it keeps static state, so a second run in one class loader gives wrong
/// results, and it may end the process it runs in. What belongs elsewhere: printing for people
/// (`dev.scrubjay.cli`) and where traces come from.
///
/// Start at [dev.scrubjay.specs.SpecsFolder], which finds the models, and [dev.scrubjay.specs.ModelChecker],
/// which runs one; for traces at [dev.scrubjay.specs.TraceChecker].
@NullMarked
package dev.scrubjay.specs;

import org.jspecify.annotations.NullMarked;
