package dev.scrubjay.conformance;

import dev.scrubjay.specs.InputException;
import java.util.List;

/// Who takes part in a group.
///
/// @param voters who votes at first
/// @param replicas all, lowest first
/// @param logs who of them keeps the log alone
record Roster(List<String> voters, List<String> replicas, List<String> logs) {
    Roster {
        voters = List.copyOf(voters);
        replicas = List.copyOf(replicas);
        logs = List.copyOf(logs);
    }

    /// As the trace specification wants it.
    String parameters() {
        return "{\"replicas\":" + names(replicas) + ",\"voters\":" + names(voters) + ",\"logs\":" + names(logs) + "}";
    }

    private static String names(List<String> names) {
        for (var name : names) {
            if (!name.matches("[\\w.-]+")) {
                throw new InputException("'" + name + "' is no name of a replica; letters, digits, '.', '-' and '_'");
            }
        }
        return names.isEmpty() ? "[]" : "[\"" + String.join("\",\"", names) + "\"]";
    }
}
