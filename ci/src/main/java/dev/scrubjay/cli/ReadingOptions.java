package dev.scrubjay.cli;

import dev.scrubjay.history.Format;
import dev.scrubjay.history.Histories;
import dev.scrubjay.history.HistoryException;
import dev.scrubjay.history.Value;
import dev.scrubjay.object.Guess;
import dev.scrubjay.object.Reading;
import dev.scrubjay.object.SequentialObject;
import dev.scrubjay.object.SequentialObjects;
import dev.scrubjay.specs.InputException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/// What a history is held against, and how it is read. For what is not said, the history is asked.
final class ReadingOptions {
    @Option(
            names = "--object",
            paramLabel = "NAME",
            description = "The sequential object (docs/objects.md; default: the one that has these operations).")
    @Nullable
    String object;

    @Option(
            names = "--fail",
            paramLabel = "dropped|observed",
            description = "What a 'fail' tells: nothing, or that its condition was not met (default: dropped; "
                    + "observed in Jepsen's log lines).")
    Reading.@Nullable Failures failures;

    @Option(
            names = "--read-nil",
            paramLabel = "unknown|initial",
            description = "What a read of nil saw: nobody knows, or the initial value (default: unknown; "
                    + "initial in Jepsen's log lines).")
    Reading.@Nullable AbsentReads absentReads;

    @Option(
            names = "--initial",
            paramLabel = "VALUE",
            description = "What registers and counters hold at first, as EDN (default: nil, and 0 of a counter).")
    @Nullable
    String initial;

    /// How words on a command line become what they mean.
    static void registerOn(CommandLine commandLine) {
        commandLine.registerConverter(Reading.Failures.class, word -> of(Reading.Failures.values(), word));
        commandLine.registerConverter(Reading.AbsentReads.class, word -> of(Reading.AbsentReads.values(), word));
    }

    private static <E extends Enum<E>> E of(E[] values, String word) {
        for (var value : values) {
            if (word(value).equals(word)) {
                return value;
            }
        }
        throw new TypeConversionException("'" + word + "' is none of "
                + String.join(
                        ", ", List.of(values).stream().map(ReadingOptions::word).toList()));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /// Options that stand in a file instead of on the command line.
    static ReadingOptions parse(List<String> words) {
        var options = new ReadingOptions();
        var commandLine = new CommandLine(options);
        registerOn(commandLine);
        try {
            commandLine.parseArgs(words.toArray(String[]::new));
        } catch (ParameterException e) {
            throw new InputException(String.valueOf(e.getMessage()));
        }
        return options;
    }

    Reading reading(Format format) {
        var usual = Reading.of(format);
        return new Reading(
                failures == null ? usual.failures() : failures,
                absentReads == null ? usual.absentReads() : absentReads,
                initial == null ? usual.initial() : value(initial));
    }

    private static Value value(String text) {
        try {
            // A value alone is no history; as the argument of an operation it is.
            return Histories.parse("{:type :invoke :process 0 :f :write :value " + text + "\n}", "--initial.edn")
                    .operation(0)
                    .argument();
        } catch (HistoryException e) {
            throw new InputException(
                    "--initial: '" + text + "' is no value of EDN; write a number, \"a text\", or nil");
        }
    }

    /// The object that a history is held against.
    SequentialObject<?> object(Histories.Loaded loaded, String where) {
        var name = object != null
                ? object
                : Guess.name(loaded.history())
                        .orElseThrow(() -> new InputException(where
                                + ": name the object with --object; its operations ("
                                + String.join(", ", Guess.operations(loaded.history()))
                                + ") do not say which of these it is: "
                                + String.join(", ", SequentialObjects.names())));
        try {
            return SequentialObjects.named(name, reading(loaded.format()));
        } catch (IllegalArgumentException e) {
            throw new InputException("--object: " + e.getMessage());
        }
    }

    /// One line that says how a history was read.
    String text(Reading reading) {
        return "--fail " + word(reading.failures()) + " --read-nil " + word(reading.absentReads()) + " --initial "
                + reading.initial();
    }
}
