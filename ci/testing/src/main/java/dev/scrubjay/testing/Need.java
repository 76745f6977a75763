package dev.scrubjay.testing;

import java.io.IOException;

/// Something that a machine may lack.
public enum Need {
    NAMESPACES(
            "mount and network namespaces",
            "run as root on Linux with util-linux installed",
            "unshare --mount --net true"),
    SHELLCHECK("shellcheck", "install the package shellcheck", "shellcheck --version");

    // What to call it, how to get it, and a command that works only where it is there.
    private final String what;
    private final String remedy;
    private final String probe;

    Need(String what, String remedy, String probe) {
        this.what = what;
        this.remedy = remedy;
        this.probe = probe;
    }

    /// Asks the machine, by running a command that works only where it is there.
    boolean isThere() {
        try {
            return new ProcessBuilder(probe.split(" ", -1))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException commandIsAbsent) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// What is missing and how to get it.
    String missing() {
        return "needs " + what + " (" + name() + "): " + remedy;
    }
}
