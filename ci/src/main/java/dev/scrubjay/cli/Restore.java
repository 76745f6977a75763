package dev.scrubjay.cli;

import dev.scrubjay.archive.ArchiveReader;
import dev.scrubjay.node.GroupState;
import dev.scrubjay.protocol.Sessions;
import dev.scrubjay.scrub.StoppedNodes;
import dev.scrubjay.specs.InputException;
import dev.scrubjay.state.RocksStateStore;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/// `restore`: the state of a group as it was at some slot, made from the archive alone.
@CommandLine.Command(
        name = "restore",
        headerHeading = "Example: ./scrubjay restore --archive archive --group 1 --slot 5000 --into restored%n%n",
        header = "Make the state of a group, as it was at some slot, from the archive alone.",
        synopsisHeading = "%nUsage: ",
        customSynopsis = "./scrubjay restore --archive DIR --group N [--slot S] --into DIR [--json]",
        sortOptions = false,
        description = "What is made is compared with what the archived log comes to when it is computed apart from it.",
        descriptionHeading = "%n",
        optionListHeading = "%nOptions:%n")
final class Restore extends Command {
    @Option(names = "--archive", required = true, paramLabel = "DIR", description = "The folder of the archive.")
    Path archive = Path.of("");

    @Option(names = "--group", required = true, paramLabel = "N", description = "The group.")
    long group;

    @Option(
            names = "--slot",
            paramLabel = "S",
            description = "The last slot that is to be in it (default: the last that is archived).")
    long slot = Long.MAX_VALUE;

    @Option(
            names = "--into",
            required = true,
            paramLabel = "DIR",
            description = "The folder to make: the state lies in DIR/state then.")
    Path into = Path.of("");

    @Override
    Report run(PrintStream people, Progress progress) throws IOException, InterruptedException {
        if (slot < 1) {
            throw new InputException("--slot " + slot + ": the first slot is 1");
        }
        if (Files.exists(into.resolve("state"))) {
            throw new InputException(into + ": there is a state already; name a folder that has none");
        }
        try (var objects = Scrub.open(archive)) {
            var reader = new ArchiveReader(objects);
            progress.begin("restoring group " + group);
            // All of it first: who asked for too much finds nothing half made.
            var slots = new AtomicLong();
            var broken = reader.log(group).read((at, _) -> {
                slots.set(at);
                return at < slot;
            });
            if (slots.get() == 0 || (slot != Long.MAX_VALUE && slots.get() < slot)) {
                progress.clear();
                throw new InputException(archive + ": has " + Words.count(slots.get(), "slot") + " of group " + group
                        + broken.map(what -> "; then " + what).orElse("") + "; name an earlier one with --slot");
            }
            make(reader.log(group), slots.get());
            progress.clear();
            var compared = new StoppedNodes(List.of(into), reader).compare(group);
            var findings = new ArrayList<Report.Finding>();
            broken.ifPresent(what -> findings.add(new Report.Finding(
                    "archive", "group " + group, what + "; what comes after that is not restored", "")));
            compared.copies().stream()
                    .filter(copy -> !copy.isRight())
                    .forEach(copy -> findings.add(new Report.Finding(
                            "wrong-copy", into.toString(), copy.different() + " " + copy.problem(), "")));
            var facts = new LinkedHashMap<String, Object>();
            facts.put("slot", slots.get());
            var closing = "group " + group + " as it was at slot " + Words.number(slots.get()) + ", in "
                    + into.resolve("state");
            return new Report(findings.isEmpty() ? Exit.HELD : Exit.VIOLATED, closing, findings, facts);
        }
    }

    private void make(ArchiveReader.Log log, long slots) throws IOException, InterruptedException {
        Files.createDirectories(into);
        var loop = new LinkedBlockingQueue<Runnable>();
        try (var states = RocksStateStore.open(into.resolve("state"), RocksStateStore.Sizes.STANDARD, loop::add)) {
            var state = new Sessions(new GroupState(states, group));
            var broken = log.read((at, entry) -> {
                state.apply(at, entry);
                return at < slots;
            });
            var ended = new ArrayList<Object>();
            states.flush(ended::add);
            while (ended.isEmpty()) {
                loop.take().run();
            }
            if (broken.isPresent()) {
                throw new IOException(broken.get());
            }
        }
    }
}
