package dev.scrubjay.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.scrubjay.checker.Generated.Wrong;
import dev.scrubjay.object.Register;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What is planted in a history too long to try everything is found by every engine, and nothing is found
/// where nothing is planted.
final class PlantedTest {
    private static final int LONG = 1_000;

    @ParameterizedTest
    @MethodSource("plans")
    void everyEngineFindsWhatIsPlanted(Generated plan, String engine) {
        var history = plan.record();
        var register = new Register();
        var checker = new Checker(register, Limits.standard());
        var judgement = (engine.equals("auto") ? checker : checker.with(engine)).judge(history);

        if (judgement.isDeclined()) {
            assertThat(plan.values()).as("only repeated values are declined").isPositive();
            return;
        }
        if (plan.wrong() == Wrong.NOTHING) {
            assertThat(judgement.verdict()).isInstanceOf(Verdict.Linearizable.class);
            Certificate.check(
                    register,
                    history.operations(),
                    ((Verdict.Linearizable) judgement.verdict()).order(),
                    Integer.MAX_VALUE);
        } else {
            assertThat(judgement.verdict()).isInstanceOf(Verdict.NotLinearizable.class);
            var evidence = ((Verdict.NotLinearizable) judgement.verdict()).evidence();
            // Not before the last tenth begins.
            assertThat(evidence.last()).isGreaterThan(history.events().size() * 8 / 10);
            if (evidence instanceof Verdict.Refusal(var order, var refused)) {
                Certificate.check(register, history.operations(), order, evidence.last() - 1);
            }
        }
    }

    static Stream<Arguments> plans() {
        var plans = new ArrayList<Generated>();
        for (var wrong : Wrong.values()) {
            for (int clients : new int[] {5, 20}) {
                // Epochs are of values that come again.
                if (wrong != Wrong.EPOCH) {
                    plans.add(Generated.register(clients, LONG, 0, wrong));
                }
                // A value that is written again and again is never stale.
                if (wrong != Wrong.STALE) {
                    plans.add(Generated.register(clients, LONG, 5, wrong));
                }
            }
            plans.add(Generated.lossy(10, 5, wrong == Wrong.STALE ? Wrong.RELAPSE : wrong));
        }
        var engines = List.of("auto", "zones", "search", "depth", "breadth");
        return plans.stream().flatMap(plan -> engines.stream().map(engine -> arguments(plan, engine)));
    }
}
