package dev.scrubjay.checker;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/// One way in which everything that has completed so far can have come about.
///
/// @param state the object's state then
/// @param running the slots of those running operations that are placed already although they complete later
/// @param open the numbers of those open operations that are placed
/// @param last the order itself, from its end
record Configuration(
        int state,
        BigInteger running,
        BigInteger open,
        @Nullable Placement last) {

    /// What must be equal in two configurations for one to stand for the other.
    record Kind(int state, BigInteger running) {}

    Kind kind() {
        return new Kind(state, running);
    }

    /// Whether this one may still place everything that the other may, if they are of one kind.
    boolean standsFor(Configuration other) {
        return open.andNot(other.open).signum() == 0;
    }
}
