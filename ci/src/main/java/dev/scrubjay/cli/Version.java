package dev.scrubjay.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/// What runs here, for `--version` and for whoever gets a report of a fault.
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {scrubjay(), java() + " in " + System.getProperty("java.home")};
    }

    static String fault(Throwable fault) {
        return "this is a fault of Scrubjay itself, not a finding: "
                + fault.getClass().getSimpleName() + ": "
                + Objects.requireNonNullElse(fault.getMessage(), "no message")
                + "; please report it with the lines above and: " + scrubjay() + ", " + java();
    }

    static String scrubjay() {
        return "scrubjay "
                + Objects.requireNonNullElse(Version.class.getPackage().getImplementationVersion(), "(not packaged)");
    }

    private static String java() {
        return "java " + System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + "), "
                + System.getProperty("os.name") + " " + System.getProperty("os.arch");
    }
}
