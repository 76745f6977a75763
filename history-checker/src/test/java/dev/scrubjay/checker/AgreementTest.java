package dev.scrubjay.checker;

import dev.scrubjay.history.History;
import dev.scrubjay.history.Recorder;
import dev.scrubjay.history.Value;
import dev.scrubjay.object.KeyValueStore;
import dev.scrubjay.object.Register;
import dev.scrubjay.object.SequentialObject;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.statistics.Statistics;

/// The checker agrees with trying everything, and can show what it says.
final class AgreementTest {
    @Property(tries = 15_000, edgeCases = EdgeCasesMode.NONE)
    void theCheckerAgreesWithBruteForceOnAStore(@ForAll("turns") List<SmallHistories.Turn> turns) {
        agree(new KeyValueStore(), SmallHistories.play(turns, Clients.ofAStore()));
    }

    @Property(tries = 15_000, edgeCases = EdgeCasesMode.NONE)
    void theCheckerAgreesWithBruteForceOnARegister(@ForAll("turns") List<SmallHistories.Turn> turns) {
        agree(new Register(), SmallHistories.play(turns, Clients.ofARegister()));
    }

    /// Which of several lost operations had its effect is where dropping one configuration too many shows,
    /// and chance seldom comes there: so here some operations are lost, and then one client alone sees
    /// anything at all.
    @Property(tries = 15_000, edgeCases = EdgeCasesMode.NONE)
    void theCheckerAgreesWithBruteForceWhereMuchIsLost(
            @ForAll @Size(min = 2, max = 4) List<@IntRange(max = 11) Integer> lost,
            @ForAll @Size(min = 2, max = 3) List<@IntRange(max = 11) Integer> seen) {
        var recorder = new Recorder();
        for (int i = 0; i < lost.size(); i++) {
            int choice = lost.get(i);
            if (choice < 3) {
                recorder.invoke(i, 0, "write", Value.number(choice));
            } else {
                recorder.invoke(i, 0, "cas", Value.sequence(Value.number(choice / 3 - 1), Value.number(choice % 3)));
            }
        }
        for (int choice : seen) {
            if (choice < 9) {
                recorder.ok(recorder.invoke(lost.size(), 0, "write", Value.number(choice / 3)), 0, Value.absent());
            }
            recorder.ok(recorder.invoke(lost.size(), 0, "read", Value.absent()), 0, Value.number(choice % 3));
        }
        agree(new Register(), recorder.history());
    }

    private static void agree(SequentialObject<?> object, History history) {
        var isLinearizable = Agreement.check(object, history);
        Statistics.label("linearizable")
                .collect(isLinearizable)
                .coverage(coverage -> coverage.check(true).percentage(share -> share > 20 && share < 80));
    }

    @Provide
    Arbitrary<List<SmallHistories.Turn>> turns() {
        return SmallHistories.turns();
    }
}
