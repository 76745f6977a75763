package dev.scrubjay.testing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Something that a machine may lack.
public enum Need {
    NAMESPACES(
            "mount and network namespaces",
            "run as root on Linux with util-linux installed",
            "unshare",
            "--mount --net true"),
    SHELLCHECK("shellcheck", "install the package shellcheck", "shellcheck", "--version"),
    CHROMIUM(
            "Chromium",
            "install the package chromium, or Google Chrome",
            "chromium,chromium-browser,google-chrome,google-chrome-stable,"
                    + "/Applications/Chromium.app/Contents/MacOS/Chromium,"
                    + "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
            "--version");

    // What to call it, how to get it, the names its program goes by, and arguments that work where it is
    // there.
    private final String what;
    private final String remedy;
    private final String programs;
    private final String arguments;

    Need(String what, String remedy, String programs, String arguments) {
        this.what = what;
        this.remedy = remedy;
        this.programs = programs;
        this.arguments = arguments;
    }

    /// Asks the machine, by running a command that works only where it is there.
    boolean isThere() {
        return found().isPresent();
    }

    /// The program that is there, by the name under which it can be started.
    public String program() {
        return found().orElseThrow(() -> new IllegalStateException(missing()));
    }

    private Optional<String> found() {
        return Stream.of(programs.split(",", -1)).filter(this::works).findFirst();
    }

    private boolean works(String program) {
        var command = new ArrayList<>(List.of(program));
        command.addAll(List.of(arguments.split(" ", -1)));
        try {
            return new ProcessBuilder(command)
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
