package dev.scrubjay.scenario;

import java.util.List;

/// What a run promises that its groups survive. What is found inside of that is a bug.
public enum Promise {
    /// All that a group has to survive, wherever it strikes.
    EVERYTHING("everything"),
    /// The same, as long as at any moment the nodes of one zone alone are struck. Nothing else comes.
    ONE_ZONE("one-zone"),
    /// Nothing: more may come than any group survives.
    NOTHING("nothing");

    private final String word;

    Promise(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    static Promise read(Line line) {
        var survive = line.required(line.option("survive"), "survive");
        return List.of(values()).stream()
                .filter(promise -> promise.word.equals(survive))
                .findFirst()
                .orElseThrow(
                        () -> line.bad("survive=" + survive, "is nothing to promise", "everything, one-zone, nothing"));
    }
}
