/// The command line: one class per command, which parses, calls a library and prints, and decides nothing.
///
/// What all commands share is written once: exit codes in [dev.scrubjay.cli.Exit], the JSON form and the
/// closing line in [dev.scrubjay.cli.Report], errors and interruption in [dev.scrubjay.cli.Main], progress in
/// [dev.scrubjay.cli.Progress]. To add a command, write the class, name it in `Main`, and document it in
/// `docs/command-line.md`; a test compares the two.
@NullMarked
package dev.scrubjay.cli;

import org.jspecify.annotations.NullMarked;
