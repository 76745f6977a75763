package dev.scrubjay.object;

import java.util.List;
import java.util.ServiceLoader;

/// The objects that can be named: ours, and those of every library on the class path.
public final class SequentialObjects {
    private SequentialObjects() {}

    /// The object that a user names, as `NAME` or `NAME:ARGUMENT`, with Jepsen's reading.
    ///
    /// @throws IllegalArgumentException with one line for the user, where there is none
    public static SequentialObject<?> named(String name) {
        return named(name, Reading.jepsen());
    }

    /// The object that a user names, as `NAME` or `NAME:ARGUMENT`.
    ///
    /// @throws IllegalArgumentException with one line for the user, where there is none
    public static SequentialObject<?> named(String name, Reading reading) {
        int colon = name.indexOf(':');
        var begin = colon < 0 ? name : name.substring(0, colon);
        for (var provider : providers()) {
            if (provider.name().equals(begin)) {
                return provider.object(colon < 0 ? "" : name.substring(colon + 1), reading);
            }
        }
        throw new IllegalArgumentException(
                "there is no object '" + begin + "'; there are: " + String.join(", ", names()));
    }

    /// The names of all objects, sorted.
    public static List<String> names() {
        return providers().stream().map(SequentialObjectProvider::name).sorted().toList();
    }

    private static List<SequentialObjectProvider> providers() {
        return ServiceLoader.load(SequentialObjectProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    /// Refuses an argument, for objects that have no use for one.
    static void requireNone(String name, String argument) {
        if (!argument.isEmpty()) {
            throw new IllegalArgumentException(name + " takes nothing after a colon; leave out ':" + argument + "'");
        }
    }
}
