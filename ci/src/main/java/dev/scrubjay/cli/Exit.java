package dev.scrubjay.cli;

import java.util.List;
import java.util.Locale;

/// How a command ends, the same for all of them; `docs/command-line.md` tells the user.
enum Exit {
    HELD(0, "holds"),
    VIOLATED(1, "violated"),
    BAD_INPUT(2, "error"),
    UNDECIDED(3, "undecided"),
    /// Our own error, never to be mistaken for a finding.
    BROKEN(4, "error"),
    INTERRUPTED(130, "error");

    /// From the worst to the best: a finding stays a finding whatever else went wrong.
    private static final List<Exit> WORST_FIRST = List.of(VIOLATED, BROKEN, BAD_INPUT, UNDECIDED, HELD);

    private final int code;
    private final String verdict;

    Exit(int code, String verdict) {
        this.code = code;
        this.verdict = verdict;
    }

    int code() {
        return code;
    }

    /// The word in the JSON form.
    String verdict() {
        return verdict;
    }

    /// The word that opens the closing line.
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /// Of several inputs, the one that counts.
    static Exit worst(Exit one, Exit other) {
        return WORST_FIRST.indexOf(one) < WORST_FIRST.indexOf(other) ? one : other;
    }
}
