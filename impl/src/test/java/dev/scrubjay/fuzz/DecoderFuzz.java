package dev.scrubjay.fuzz;

import dev.scrubjay.log.LogBytes;
import dev.scrubjay.message.FrameBytes;
import dev.scrubjay.node.RowBytes;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/// What the fuzzer calls: bytes of its own making, to one of the laws that also the tests ask. `ci/fuzz` runs
/// it.
public final class DecoderFuzz {
    private static final Map<String, Consumer<byte[]>> TARGETS = new TreeMap<>(Map.of(
            "frame", FrameBytes::read,
            "record", LogBytes::readRecord,
            "contents", LogBytes::readContents,
            "header", LogBytes::readHeader,
            "recovery", LogBytes::recover,
            "row", RowBytes::read));

    private static Optional<Consumer<byte[]>> target = Optional.empty();

    private DecoderFuzz() {}

    /// Jazzer calls it once.
    ///
    /// @param arguments the name of the target
    public static void fuzzerInitialize(String[] arguments) {
        target = Optional.of(TARGETS.get(arguments[0]));
    }

    /// Jazzer calls it again and again.
    public static void fuzzerTestOneInput(byte[] input) {
        target.orElseThrow().accept(input);
    }

    /// Says which targets there are.
    public static void main(String[] arguments) {
        TARGETS.keySet().forEach(System.out::println);
    }
}
