package dev.scrubjay.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;

final class NeedsTest {
    @Test
    void aTestRunsWhereNothingIsMissing() {
        assertThat(NeedsCondition.judge(List.of(), "all").isDisabled()).isFalse();
    }

    @Test
    void aTestIsSkippedWithTheRemedyWhereSomethingIsMissing() {
        var verdict = NeedsCondition.judge(List.of(Need.SHELLCHECK, Need.NAMESPACES), "");

        assertThat(verdict.isDisabled()).isTrue();
        assertThat(verdict.getReason().orElseThrow())
                .isEqualTo(
                        "needs shellcheck (SHELLCHECK): install the package shellcheck; needs mount and network namespaces "
                                + "(NAMESPACES): run as root on Linux with util-linux installed");
    }

    /// It goes by several names, so whoever needs it asks for the one that works here.
    @Test
    void aProgramIsNamedWhereItIsThereAndTheRemedyWhereNot() {
        if (Need.CHROMIUM.isThere()) {
            assertThat(Need.CHROMIUM.program()).containsIgnoringCase("chrom");
        } else {
            assertThatThrownBy(Need.CHROMIUM::program)
                    .hasMessage("needs Chromium (CHROMIUM): install the package chromium, or Google Chrome");
        }
    }

    @Test
    void aSkipFailsWhereTheNeedIsRequired() {
        for (var require : List.of("all", "SHELLCHECK", "NAMESPACES,SHELLCHECK")) {
            assertThatThrownBy(() -> NeedsCondition.judge(List.of(Need.SHELLCHECK), require))
                    .as(require)
                    .hasMessageContaining("install the package shellcheck")
                    .hasMessageContaining("SCRUBJAY_REQUIRE=" + require);
        }
        assertThat(NeedsCondition.judge(List.of(Need.SHELLCHECK), "NAMESPACES").isDisabled())
                .isTrue();
    }

    /// On any machine: what is there runs, what is not is skipped, or fails where CI requires it; never
    /// silently neither.
    @Test
    void theConditionIsAskedOnClassesAndMethods() {
        var tests = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(OnMethod.class), selectClass(OnClass.class))
                .execute();

        var runs = Need.NAMESPACES.isThere() ? 2 : 0;
        assertThat(tests.testEvents().started().count()).isEqualTo(runs);
        assertThat(tests.allEvents().skipped().count()
                        + tests.allEvents().failed().count())
                .isEqualTo(2 - runs);
    }

    static final class OnMethod {
        @Test
        @Needs(Need.NAMESPACES)
        void runsWhereTheNeedIsMet() {
            assertThat(Need.NAMESPACES.isThere()).isTrue();
        }
    }

    @Needs(Need.NAMESPACES)
    static final class OnClass {
        @Test
        void runsWhereTheNeedIsMet() {
            assertThat(Need.NAMESPACES.isThere()).isTrue();
        }
    }
}
