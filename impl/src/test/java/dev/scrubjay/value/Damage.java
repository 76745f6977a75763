package dev.scrubjay.value;

import dev.scrubjay.value.Decoder.MalformedException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Function;

/// What may happen to bytes on their way, and what a form must say to each.
public final class Damage {
    private Damage() {}

    /// Changes each byte to every other value, cuts the end off at each place, and adds something.
    public static void isRefused(byte[] whole, Function<byte[], ?> decode) {
        for (int at = 0; at < whole.length; at++) {
            for (int change = 1; change <= 0xFF; change++) {
                var damaged = whole.clone();
                damaged[at] ^= (byte) change;
                assertRefused(damaged, decode);
            }
            assertRefused(Arrays.copyOf(whole, at), decode);
        }
        assertRefused(Arrays.copyOf(whole, whole.length + 1), decode);
        assertRefused(Arrays.copyOf(whole, 2 * whole.length), decode);
    }

    private static void assertRefused(byte[] damaged, Function<byte[], ?> decode) {
        try {
            var read = decode.apply(damaged);
            throw new AssertionError(hex(damaged) + " was read as " + read);
        } catch (MalformedException _) {
            // As it should be. Any other exception passes on and fails the test.
        }
    }

    /// A frame around this body, with the right length and checksum: what a faulty writer sends.
    public static byte[] framed(byte[] body) {
        var encoder = new Encoder();
        for (byte b : body) {
            encoder.put(b);
        }
        return encoder.framed();
    }

    /// What a frame is around.
    public static byte[] body(byte[] framed) {
        return Arrays.copyOfRange(framed, Decoder.HEAD, framed.length);
    }

    /// The bytes as people read them: the length, the checksum, the version and the kind, and the rest.
    public static String hex(byte[] framed) {
        var hex = HexFormat.of().formatHex(framed);
        if (framed.length <= Decoder.HEAD + 2) {
            return hex;
        }
        return String.join(" ", hex.substring(0, 8), hex.substring(8, 16), hex.substring(16, 20), hex.substring(20));
    }

    public static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
