package dev.scrubjay.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scrubjay.log.RecordForm;
import dev.scrubjay.message.Frame;
import dev.scrubjay.message.FrameForm;
import dev.scrubjay.message.Message;
import dev.scrubjay.node.Host;
import dev.scrubjay.scenario.ScenarioForm;
import dev.scrubjay.simulation.Build;
import dev.scrubjay.simulation.Campaign;
import dev.scrubjay.simulation.Simulation;
import dev.scrubjay.specs.InputException;
import dev.scrubjay.value.Ballot;
import dev.scrubjay.value.Bytes;
import dev.scrubjay.value.Decoder.MalformedException;
import dev.scrubjay.value.Entry;
import dev.scrubjay.value.LogRecord;
import dev.scrubjay.value.ReplicaId;
import dev.scrubjay.world.HistoryCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NextVersionTest {
    private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
    private static final ReplicaId A = new ReplicaId("a", 1);
    private static final Ballot BALLOT = new Ballot(3, A);
    private static final Message HEARTBEAT = new Message.Heartbeat(BALLOT, Ballot.none(A), 16, 12, true, 5, true);

    @TempDir
    private static Path temporary;

    private static Host.Forms next;

    @BeforeAll
    static void makeIt() throws IOException, InterruptedException {
        next = NextVersion.make(HOME, temporary);
    }

    private static Frame between(Message message) {
        return new Frame.Between(7, 341, A, new ReplicaId("b", 2), message);
    }

    @Test
    void whatItSendsHasAFieldMoreAndIsReadByThisVersion() {
        var bytes = next.frames().encode(between(HEARTBEAT));

        assertThat(bytes).hasSize(FrameForm.encode(between(HEARTBEAT)).length + Long.BYTES);
        assertThat(FrameForm.decode(bytes)).isEqualTo(between(HEARTBEAT));
    }

    @Test
    void itReadsWhatThisVersionSends() {
        var messages = List.of(
                HEARTBEAT,
                new Message.Promised(
                        BALLOT, 4, List.of(new Message.Report(BALLOT, new Entry.Begin("n"), Ballot.none(A)))),
                new Message.Quarantine(3, Bytes.of(new byte[] {1, 2}), new TreeSet<>(List.of(A))));

        for (var message : messages) {
            assertThat(next.frames().decode(FrameForm.encode(between(message)))).isEqualTo(between(message));
            assertThat(next.frames().decode(next.frames().encode(between(message))))
                    .isEqualTo(between(message));
        }
    }

    @Test
    void eachReadsTheRecordsOfTheOther() {
        var record = new LogRecord.Accept(BALLOT, 1, 17, Entry.NO_OP);
        var later = next.records().encode(7, record);

        assertThat(later).hasSize(RecordForm.encode(7, record).length + Long.BYTES);
        assertThat(RecordForm.decode(later)).isEqualTo(new RecordForm.Logged(7, record));
        assertThat(next.records().decode(RecordForm.encode(7, record))).isEqualTo(new RecordForm.Logged(7, record));
    }

    @Test
    void whatIsMalformedForItIsSoForUs() {
        assertThatThrownBy(() -> next.frames().decode(new byte[] {1, 2, 3}))
                .isExactlyInstanceOf(MalformedException.class)
                .hasMessageStartingWith("a frame of 3 bytes");
    }

    /// Up and back under load, with faults in between. That the frames and the logs of both versions were
    /// read by both is counted: it could pass without.
    @Test
    void aGroupIsUpgradedAndGoesBackUnderLoad() throws IOException {
        var text = Files.readString(HOME.resolve("fault-injection/scenarios/rolling-upgrade.scenario"));
        var scenario = ScenarioForm.read(text);

        for (long seed = 1; seed <= 2; seed++) {
            var run = Simulation.run(scenario.with(seed), new Build("test", Optional.of(next)));

            assertThat(Campaign.findings(run, List.of(new HistoryCheck()))).isEmpty();
            assertThat(run.exercised())
                    .containsEntry("fault upgrade", 4L)
                    .containsEntry("fault downgrade", 4L)
                    .hasEntrySatisfying(
                            "frames of a later version taken",
                            count -> assertThat(count).isGreaterThan(1_000))
                    .hasEntrySatisfying(
                            "frames of an earlier version taken",
                            count -> assertThat(count).isGreaterThan(1_000))
                    .hasEntrySatisfying(
                            "logs of a later version read",
                            count -> assertThat(count).isGreaterThanOrEqualTo(3))
                    .hasEntrySatisfying(
                            "logs of an earlier version read",
                            count -> assertThat(count).isGreaterThanOrEqualTo(3));
        }
    }

    /// A world that knows no later version cannot bring the fault, and says so.
    @Test
    void whereNoLaterVersionIsKnownTheRunProvesNothing() throws IOException {
        var text = Files.readString(HOME.resolve("fault-injection/scenarios/rolling-upgrade.scenario"));

        var run = Simulation.run(ScenarioForm.read(text), Build.of("test"));

        assertThat(run.findings())
                .extracting(finding -> finding.text())
                .anyMatch(told -> told.startsWith("'at 3s upgrade a2' had no effect"));
    }

    @Test
    void aPatchThatDoesNotFitAnyMoreIsNamed() throws IOException {
        var home = Files.createDirectories(temporary.resolve("elsewhere"));
        var patch =
                Files.createDirectories(home.resolve("conformance/versions")).resolve("next.patch");
        Files.copy(HOME.resolve("conformance/versions/next.patch"), patch);

        assertThatThrownBy(() -> NextVersion.make(home, temporary))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("next.patch: there is no file impl/src/main/java")
                .hasMessageEndingWith("make it anew for what is there now (git diff)");
    }
}
