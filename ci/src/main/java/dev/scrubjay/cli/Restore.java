package dev.scrubjay.cli;

import dev.scrubjay.archive.ArchiveReader;
import dev.scrubjay.node.GroupState;
import dev.scrubjay.protocol.Sessions;
import dev.scrubjay.scrub.ReferenceReplica;
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
            var reference = new ReferenceReplica();
            var broken = restore(reader.log(group), reference);
            progress.clear();
            if (reference.slot() == 0 || (slot != Long.MAX_VALUE && reference.slot() < slot)) {
                throw new InputException(archive + ": has " + Words.count(reference.slot(), "slot") + " of group "
                        + group + (broken.isEmpty() ? "" : "; then " + broken.getFirst())
                        + "; name an earlier one with --slot");
            }
            var compared = new StoppedNodes(List.of(into), reader).compare(group);
            var findings = new ArrayList<Report.Finding>();
            compared.copies().stream()
                    .filter(copy -> !copy.isRight())
                    .forEach(copy -> findings.add(new Report.Finding(
                            "wrong-copy", into.toString(), copy.different() + " " + copy.problem(), "")));
            var facts = new LinkedHashMap<String, Object>();
            facts.put("slot", reference.slot());
            var closing = "group " + group + " as it was at slot " + Words.number(reference.slot()) + ", in "
                    + into.resolve("state");
            return new Report(findings.isEmpty() ? Exit.HELD : Exit.VIOLATED, closing, findings, facts);
        }
    }

    /// Says what is wrong with the archive, where it ends before it should.
    private List<String> restore(ArchiveReader.Log log, ReferenceReplica reference)
            throws IOException, InterruptedException {
        Files.createDirectories(into);
        var loop = new LinkedBlockingQueue<Runnable>();
        try (var states = RocksStateStore.open(into.resolve("state"), RocksStateStore.Sizes.STANDARD, loop::add)) {
            var state = new Sessions(new GroupState(states, group));
            var broken = log.read((at, entry) -> {
                state.apply(at, entry);
                reference.apply(entry);
                return at < slot;
            });
            var ended = new ArrayList<Object>();
            states.flush(ended::add);
            while (ended.isEmpty()) {
                loop.take().run();
            }
            return broken.stream().toList();
        }
    }
}
