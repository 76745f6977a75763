package dev.scrubjay.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.picture.Lane;
import dev.scrubjay.scenario.ScenarioForm;
import dev.scrubjay.world.Finding;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DrawingTest {
    private static final String TEXT = """
            scenario 1
            node a
            node b
            node c
            node d spare keeps=log
            set scrub.every=1s scrub.patience=1s
            workload clients=2 keys=2
            run 3s heal=20s
            at 1s power-off leader for 500ms
            at 2s storm lost=30% delay=1ms delay-to=5ms for 300ms
            """;

    private static final Simulation.Explained RUN = Simulation.explain(ScenarioForm.read(TEXT), Build.of("test"));

    @Test
    void everybodyHasALaneAndFaultsHaveOne() {
        var picture = RUN.picture(Optional.empty(), List.of("again"));

        assertThat(picture.lanes())
                .extracting(Lane::name)
                .containsExactly("faults", "a", "b", "c", "d", "client-1", "client-2", "reader");
        assertThat(picture.summary()).containsExactly("again");
        assertThat(picture.story()).isEmpty();
    }

    @Test
    void whatLastsIsThereFromItsBeginningToItsEnd() {
        var picture = RUN.picture(Optional.empty(), List.of());

        assertThat(picture.spans())
                .filteredOn(span -> span.kind().equals("fault"))
                .satisfiesExactly(
                        off -> {
                            assertThat(off.label()).startsWith("power-off ");
                            assertThat(off.to() - off.from()).isEqualTo(500_000_000);
                        },
                        storm -> {
                            assertThat(storm.label()).isEqualTo("storm");
                            assertThat(storm.from()).isEqualTo(2_000_000_000);
                            assertThat(storm.to()).isEqualTo(2_300_000_000L);
                        });
        assertThat(picture.spans())
                .filteredOn(span -> span.kind().equals("off"))
                .hasSize(1)
                .first()
                .satisfies(off -> assertThat(off.to() - off.from()).isBetween(500_000_000L, 600_000_000L));
        assertThat(picture.spans())
                .filteredOn(span -> span.kind().equals("leads"))
                .hasSizeGreaterThan(1);
        assertThat(picture.spans()).anyMatch(span -> span.kind().equals("lease"));
        assertThat(picture.spans())
                .filteredOn(span -> span.kind().equals("operation"))
                .hasSize(RUN.run().history().operations().size());
    }

    @Test
    void everyEventAndEveryMessageIsThere() {
        var picture = RUN.picture(Optional.empty(), List.of());
        var exercised = RUN.run().exercised();
        long events = exercised.entrySet().stream()
                .filter(count -> count.getKey().startsWith("action "))
                .mapToLong(Map.Entry::getValue)
                .sum();

        assertThat(picture.marks()).hasSize((int) events);
        assertThat(picture.arrows())
                .filteredOn(arrow -> arrow.arrivedAt().isPresent())
                .hasSize(exercised.getOrDefault("frames brought", 0L).intValue());
        assertThat(picture.arrows())
                .filteredOn(arrow -> arrow.arrivedAt().isEmpty())
                .hasSizeGreaterThanOrEqualTo(
                        exercised.getOrDefault("frames lost", 0L).intValue());
        assertThat(picture.levels())
                .anyMatch(level ->
                        level.name().equals("group 1 role") && level.value().equals("leader"));
    }

    @Test
    void whatTheStoryTellsStandsOut() {
        var picture =
                RUN.picture(Optional.of(new Finding("AgreementInv", "group 1, slot 5: two entries", "")), List.of());

        assertThat(picture.title()).isEqualTo("AgreementInv: group 1, slot 5: two entries");
        assertThat(picture.story()).anyMatch(line -> line.text().startsWith("proposes in slot 5"));
        assertThat(picture.marks())
                .filteredOn(mark -> mark.isKey())
                .anyMatch(mark -> mark.label().equals("Propose 5"));
        assertThat(picture.arrows())
                .filteredOn(arrow -> arrow.isKey())
                .allMatch(arrow -> arrow.label().endsWith(" 5"))
                .isNotEmpty();
    }
}
