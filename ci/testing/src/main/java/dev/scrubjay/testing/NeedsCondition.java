package dev.scrubjay.testing;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/// Skips or fails a test whose [Needs] are not met.
final class NeedsCondition implements ExecutionCondition {
    private static final String REQUIRE = "SCRUBJAY_REQUIRE";
    private static final String ALL = "all";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        var missing = AnnotationSupport.findAnnotation(context.getElement(), Needs.class).stream()
                .flatMap(needs -> List.of(needs.value()).stream())
                .filter(need -> !need.isThere())
                .toList();
        return judge(missing, Objects.requireNonNullElse(System.getenv(REQUIRE), ""));
    }

    /// Decides about a test for which something is missing.
    ///
    /// @param require the names of what must be there, separated by commas, or `all`
    /// @throws IllegalStateException when the test must not be skipped
    static ConditionEvaluationResult judge(List<Need> missing, String require) {
        if (missing.isEmpty()) {
            return ConditionEvaluationResult.enabled("nothing is missing");
        }
        var reasons = missing.stream().map(Need::missing).collect(Collectors.joining("; "));
        var required = new HashSet<>(List.of(require.split(",", -1)));
        if (required.contains(ALL) || missing.stream().anyMatch(need -> required.contains(need.name()))) {
            throw new IllegalStateException(
                    reasons + " (and " + REQUIRE + "=" + require + " lets no such test be skipped)");
        }
        return ConditionEvaluationResult.disabled(reasons);
    }
}
