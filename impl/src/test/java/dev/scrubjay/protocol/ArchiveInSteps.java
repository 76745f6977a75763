package dev.scrubjay.protocol;

import dev.scrubjay.scrub.ReferenceReplica;
import dev.scrubjay.value.Entry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/// The archive of one group, which answers only when a story says so.
final class ArchiveInSteps {
    private final List<Entry> slots = new ArrayList<>();
    private final ArrayDeque<Runnable> asked = new ArrayDeque<>();
    private final BiConsumer<String, Input> answers;
    private boolean isAway;

    /// @param answers takes each answer to the node of that name
    ArchiveInSteps(BiConsumer<String, Input> answers) {
        this.answers = answers;
    }

    void put(String node, long group, long after, List<Entry> entries) {
        ask(() -> {
            entries.stream().skip(Math.max(0, slots.size() - after)).forEach(slots::add);
            answers.accept(node, new Input.Archived(group, 0, slots.size()));
        });
    }

    void get(String node, long group, long after, int most) {
        ask(() -> answers.accept(
                node,
                new Input.Fetched(
                        group, 0, after, slots.stream().skip(after).limit(most).toList())));
    }

    /// Says what its slots come to up to this one, if it has so many.
    void refer(String node, long group, long slot) {
        ask(() -> {
            if (slot <= slots.size()) {
                var reference = new ReferenceReplica();
                slots.subList(0, (int) slot).forEach(reference::apply);
                answers.accept(node, new Input.Referred(group, 0, reference));
            }
        });
    }

    private void ask(Runnable question) {
        if (!isAway) {
            asked.add(question);
        }
    }

    /// From now on it hears nothing, or does again.
    void isAway(boolean away) {
        isAway = away;
    }

    /// It took this before the story begins.
    void hold(Entry entry) {
        slots.add(entry);
    }

    boolean isAsked() {
        return !asked.isEmpty();
    }

    void answer() {
        asked.remove().run();
    }

    List<Entry> slots() {
        return List.copyOf(slots);
    }
}
