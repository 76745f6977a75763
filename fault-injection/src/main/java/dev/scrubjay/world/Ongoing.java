package dev.scrubjay.world;

import java.util.List;
import java.util.Optional;

/// Something that goes wrong now, and will until it is ended.
@FunctionalInterface
public interface Ongoing {
    /// Undoes what this one did, and nothing of what others did. To be called once.
    void end();

    /// Several that end together; nothing if none of them had an effect.
    static Optional<Ongoing> together(List<Optional<Ongoing>> each) {
        var all = each.stream().flatMap(Optional::stream).toList();
        return all.isEmpty() ? Optional.empty() : Optional.of(() -> all.forEach(Ongoing::end));
    }
}
