package dev.scrubjay.simulation;

import static dev.scrubjay.simulation.InvariantsTest.assertBroken;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.log.RecordForm.Logged;
import dev.scrubjay.log.RecordName;
import dev.scrubjay.log.Recovered;
import dev.scrubjay.value.Ballot;
import dev.scrubjay.value.Entry;
import dev.scrubjay.value.LogRecord;
import dev.scrubjay.value.ReplicaId;
import dev.scrubjay.value.Request;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What disks may not do to a log, and a log not to what stands on it.
final class DiskInvariantsTest {
    private static final long GROUP = 1;
    private static final List<ReplicaId> VOTERS =
            List.of(new ReplicaId("a", 1), new ReplicaId("b", 1), new ReplicaId("c", 1));
    private static final Ballot ONE = new Ballot(1, new ReplicaId("a", 1));
    private static final Ballot TWO = new Ballot(2, new ReplicaId("b", 1));
    private static final LogRecord BLUE = new LogRecord.Accept(ONE, 1, 1, put("blue"));
    private static final LogRecord RED = new LogRecord.Accept(ONE, 1, 2, put("red"));

    private final Disks disks = new Disks(VOTERS, true);

    private static Entry put(String value) {
        return new Entry.Write(1, 1, new Request.Put("colour", value));
    }

    private static Logged logged(LogRecord record) {
        return new Logged(GROUP, record);
    }

    private static Recovered intact(LogRecord record) {
        return new Recovered.Intact(1, logged(record));
    }

    // ---------------------------------------------------------------- what is synced stays

    /// What was not synced may be there or not, and what can be read no more is named.
    @Test
    void toFindLessThanWasSyncedBreaksSyncedStays() {
        var invariant = new SyncedStaysInv(disks);
        disks.wrote("a", List.of(logged(BLUE)));
        disks.sync("a", 1);
        disks.wrote("a", List.of(logged(RED)));
        invariant.found("a", 0, List.of(intact(BLUE)));
        invariant.found("a", 0, List.of(intact(BLUE), intact(RED)));
        var corrupt = new Recovered.Corrupt(1, new RecordName.Accept(GROUP, ONE, 1));
        assertBroken(
                "SyncedStaysInv",
                "recovery cannot read record 1 of a, and nothing happened to it: " + logged(BLUE),
                () -> invariant.found("a", 0, List.of(corrupt)));
        disks.corrupt("a", Set.of(0));
        invariant.found("a", 0, List.of(corrupt));

        assertBroken(
                "SyncedStaysInv",
                "a had synced 1 records, and recovery finds 0",
                () -> invariant.found("a", 0, List.of()));
        assertBroken(
                "SyncedStaysInv",
                "a had written 2 records, and recovery finds 3",
                () -> invariant.found("a", 0, List.of(intact(BLUE), intact(RED), intact(RED))));
    }

    @Test
    void toFindSomethingElseThanWasWrittenBreaksSyncedStays() {
        var invariant = new SyncedStaysInv(disks);
        disks.wrote("a", List.of(logged(BLUE)));
        disks.sync("a", 1);
        for (var other : List.of(
                intact(new LogRecord.Accept(ONE, 1, 1, put("red"))),
                new Recovered.Corrupt(1, new RecordName.Accept(GROUP, TWO, 1)),
                new Recovered.Corrupt(1, new RecordName.Promise(GROUP, ONE)))) {
            assertBroken(
                    "SyncedStaysInv",
                    "record 1 of a was " + logged(BLUE) + ", and recovery finds " + other,
                    () -> invariant.found("a", 0, List.of(other)));
        }
    }

    @Test
    void aLogThatIsLostBreaksSyncedStays() {
        var invariant = new SyncedStaysInv(disks);

        assertBroken("SyncedStaysInv", "a lost its log: there", () -> invariant.lost("a", "there"));
    }

    /// Where nothing is lost with the power, what is written is as good as synced: nobody could tell.
    @Test
    void whoOnlyKillsProcessesTakesWhatIsWrittenForSynced() {
        var kills = new Disks(VOTERS, false);
        for (var node : List.of("a", "b")) {
            disks.wrote(node, List.of(logged(BLUE)));
            kills.wrote(node, List.of(logged(BLUE)));
        }

        assertThat(disks.chosenLog(GROUP)).isEmpty();
        assertThat(kills.chosenLog(GROUP)).containsExactly(put("blue"));
        kills.sync("a", 1);
        assertThat(kills.synced("a")).isEqualTo(1);
    }

    // ---------------------------------------------------------------- what is archived and trimmed

    private void choose(LogRecord record) {
        for (var node : List.of("a", "b")) {
            disks.wrote(node, List.of(logged(record)));
            disks.sync(node, disks.written(node).size());
        }
    }

    @Test
    void toArchiveWhatIsNotChosenBreaksArchiveIsPrefix() {
        var invariant = new ArchiveIsPrefixInv(disks);
        choose(BLUE);
        disks.wrote("a", List.of(logged(RED)));
        invariant.archived(GROUP, 1, put("blue"));

        assertBroken(
                "ArchiveIsPrefixInv",
                "the archive has slot 2 of group 1, and no quorum has synced it: " + put("red"),
                () -> invariant.archived(GROUP, 2, put("red")));
        assertBroken(
                "ArchiveIsPrefixInv",
                "the archive has " + put("red") + " in slot 1 of group 1; chosen is " + put("blue"),
                () -> invariant.archived(GROUP, 1, put("red")));
    }

    @Test
    void toTrimWhatIsNotArchivedBreaksTrimmedIsArchived() {
        var invariant = new TrimmedIsArchivedInv(disks);
        choose(BLUE);
        disks.archived(GROUP, 1, put("blue"));
        invariant.wrote("a", GROUP, new LogRecord.Trim(ONE, 1, 0));

        assertBroken(
                "TrimmedIsArchivedInv",
                "a trims its log of group 1 up to slot 2, and the archive has 1 slots",
                () -> invariant.wrote("a", GROUP, new LogRecord.Trim(ONE, 2, 0)));
    }
}
