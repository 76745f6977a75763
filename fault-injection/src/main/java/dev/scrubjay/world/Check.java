package dev.scrubjay.world;

import java.util.List;

/// Judges a finished run.
@FunctionalInterface
public interface Check {
    List<Finding> judge(Run run);
}
