package dev.scrubjay.cli;

import dev.scrubjay.archive.ArchiveReader;
import dev.scrubjay.archive.DirectoryStore;
import dev.scrubjay.scrub.StoppedNodes;
import dev.scrubjay.scrub.StoppedNodes.Copy;
import dev.scrubjay.scrub.StoppedNodes.Group;
import dev.scrubjay.specs.InputException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/// `scrub`: what nodes that are stopped have on their disks, held against the archive.
@CommandLine.Command(
        name = "scrub",
        headerHeading = "Example: ./scrubjay scrub --data nodes/a --data nodes/b --data nodes/c --archive archive%n%n",
        header = "Compare the disks of stopped nodes with each other and with the archive.",
        synopsisHeading = "%nUsage: ",
        customSynopsis = "./scrubjay scrub --data DIR ... --archive DIR [--group N] [--json]",
        sortOptions = false,
        description =
                "Nothing is written. A copy is wrong if it differs from what the archived log comes to, and another "
                        + "copy does not; where no copy agrees with the archive, nobody knows who is wrong (exit 3).",
        descriptionHeading = "%n",
        optionListHeading = "%nOptions:%n")
final class Scrub extends Command {
    /// Of a copy that is wrong everywhere, some keys are enough.
    private static final int NAMED_MAX = 10;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "The folder of a node: its state lies in DIR/state, its log in DIR/log. Once for each node.")
    List<Path> data = List.of();

    @Option(names = "--archive", required = true, paramLabel = "DIR", description = "The folder of the archive.")
    Path archive = Path.of("");

    @Option(names = "--group", paramLabel = "N", description = "This group alone (default: all that there are).")
    @Nullable
    Long group;

    @Override
    Report run(PrintStream people, Progress progress) throws IOException {
        for (var folder : data) {
            if (!Files.isDirectory(folder.resolve("state")) && !Files.isDirectory(folder.resolve("log"))) {
                throw new InputException(
                        folder + ": has neither a folder 'state' nor a folder 'log'; name a node's folder");
            }
        }
        try (var objects = open(archive)) {
            var nodes = new StoppedNodes(data, new ArchiveReader(objects));
            var all = nodes.groups();
            if (group != null && !all.contains(group)) {
                throw new InputException("--group " + group + ": there is no such group; there are " + all);
            }
            var groups = group == null ? List.copyOf(all) : List.of(group);
            var found = new ArrayList<Group>();
            for (long each : groups) {
                progress.begin("comparing group " + each);
                var compared = nodes.compare(each);
                progress.clear();
                print(people, compared);
                found.add(compared);
            }
            return report(found);
        }
    }

    static DirectoryStore open(Path archive) {
        if (!Files.isDirectory(archive)) {
            throw new InputException(archive + ": there is no such folder; name the folder of an archive");
        }
        return DirectoryStore.toRead(archive, Runnable::run);
    }

    private static void print(PrintStream people, Group group) {
        people.println(
                "group " + group.group() + ": " + Words.count(group.copies().size(), "copy") + ", "
                        + Words.count(group.archived(), "slot") + " in the archive"
                        + (group.broken().isEmpty() ? "" : "; then " + group.broken()));
        for (var copy : group.copies()) {
            people.println("  " + copy.folder() + ": slot " + Words.number(copy.slot()) + ", "
                    + Words.count(copy.rows(), "row") + ", " + said(copy));
        }
        group.unreadable().forEach((folder, what) -> people.println("  " + folder + ": its log: " + what));
        group.logs()
                .forEach((folder, slots) -> people.println("  " + folder + ": its log has other entries in " + slots));
    }

    private static String said(Copy copy) {
        if (copy.isRight()) {
            return "right";
        }
        var keys = copy.different().isEmpty() ? "" : "other than the archive: " + named(copy);
        return keys + (keys.isEmpty() || copy.problem().isEmpty() ? "" : "; ") + copy.problem();
    }

    private static String named(Copy copy) {
        var some = copy.different().stream().limit(NAMED_MAX).toList();
        int more = copy.different().size() - some.size();
        return String.join(", ", some) + (more == 0 ? "" : " and " + Words.number(more) + " more");
    }

    private Report report(List<Group> groups) {
        var findings = new ArrayList<Report.Finding>();
        var exit = Exit.HELD;
        for (var each : groups) {
            if (!each.broken().isEmpty()) {
                exit = Exit.worst(exit, Exit.VIOLATED);
                findings.add(
                        finding("archive", "group " + each.group(), each.broken() + "; bring it back from a copy"));
            }
            for (var copy : each.copies()) {
                if (!copy.isRight()) {
                    boolean isNamed = copy.isWrong() && each.isDecided();
                    exit = Exit.worst(exit, isNamed ? Exit.VIOLATED : Exit.UNDECIDED);
                    findings.add(finding(
                            isNamed ? "wrong-copy" : "undecided",
                            "group " + each.group() + ", " + copy.folder(),
                            said(copy)
                                    + (isNamed
                                            ? "; another copy agrees with the archive, so this one is wrong: move its "
                                                    + "state away, and start the node"
                                            : "; nobody agrees with the archive, so it cannot be said who is wrong")));
                }
            }
            for (var log : each.unreadable().entrySet()) {
                exit = Exit.worst(exit, Exit.VIOLATED);
                findings.add(finding(
                        "wrong-log", "group " + each.group() + ", " + log.getKey(), "its log: " + log.getValue()));
            }
            for (var log : each.logs().entrySet()) {
                exit = Exit.worst(exit, Exit.VIOLATED);
                findings.add(finding(
                        "wrong-log",
                        "group " + each.group() + ", " + log.getKey(),
                        "its log has other entries than the archive in slots " + log.getValue()));
            }
        }
        int copies = groups.stream().mapToInt(each -> each.copies().size()).sum();
        if (copies == 0) {
            exit = Exit.worst(exit, Exit.UNDECIDED);
            findings.add(finding("undecided", archive.toString(), "there is no state to compare with it"));
        }
        var facts = new LinkedHashMap<String, Object>();
        facts.put("groups", groups.size());
        facts.put("copies", copies);
        facts.put("rows", rows(groups));
        facts.put("archiveBytes", groups.stream().mapToLong(Group::bytes).sum());
        var closing = Words.count(copies, "copy") + " of "
                + Words.count(groups.size(), "group") + ", " + Words.count(rows(groups), "row") + ", "
                + Words.number(groups.stream().mapToLong(Group::bytes).sum()) + " bytes of archive";
        return new Report(exit, closing, findings, facts);
    }

    private static long rows(List<Group> groups) {
        return groups.stream()
                .flatMap(each -> each.copies().stream())
                .mapToLong(Copy::rows)
                .sum();
    }

    private Report.Finding finding(String kind, String where, String text) {
        var again = new StringBuilder("./scrubjay scrub");
        data.forEach(folder -> again.append(" --data ").append(folder));
        return new Report.Finding(kind, where, text, again + " --archive " + archive);
    }
}
