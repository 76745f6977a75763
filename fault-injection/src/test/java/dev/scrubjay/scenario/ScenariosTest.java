package dev.scrubjay.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.simulation.Campaign;
import dev.scrubjay.simulation.Simulation;
import dev.scrubjay.world.HistoryCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The scenarios that come with the project hold, and all that goes wrong in them has its effect.
final class ScenariosTest {
    /// Those with a later version are run where one can be made, in conformance.
    static Stream<Path> files() throws IOException {
        try (var files = Files.list(Path.of("scenarios"))) {
            return files.filter(file -> !file.endsWith("rolling-upgrade.scenario")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void eachHolds(Path file) throws IOException {
        var scenario = ScenarioForm.read(Files.readString(file));
        for (long seed = 1; seed <= 3; seed++) {
            var run = Simulation.run(scenario.with(seed), "test");

            assertThat(Campaign.findings(run, List.of(new HistoryCheck()))).isEmpty();
            assertThat(run.exercised())
                    .containsEntry("faults", (long) scenario.steps().size());
            assertThat(run.exercised().get("operations answered")).isGreaterThan(1_000);
        }
    }
}
