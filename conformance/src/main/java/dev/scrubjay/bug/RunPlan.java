package dev.scrubjay.bug;

import dev.scrubjay.simulation.Plan;
import java.util.Arrays;
import java.util.Optional;

/// What goes wrong in the runs that the simulation and the history get to see.
public enum RunPlan {
    /// All that a group has to survive.
    CAMPAIGN("campaign"),
    /// Links alone, one at a time, in a group that has a leader: whatever happens then was not needed.
    GRAY("gray");

    private final String word;

    RunPlan(String word) {
        this.word = word;
    }

    /// As a person writes it.
    public String word() {
        return word;
    }

    Plan plan() {
        return switch (this) {
            case CAMPAIGN -> Plan.CAMPAIGN;
            case GRAY -> Plan.GRAY;
        };
    }

    static Optional<RunPlan> of(String word) {
        return Arrays.stream(values()).filter(plan -> plan.word.equals(word)).findFirst();
    }
}
