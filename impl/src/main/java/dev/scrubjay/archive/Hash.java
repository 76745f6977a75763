package dev.scrubjay.archive;

import dev.scrubjay.value.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// Tells bytes apart, whoever chose them.
final class Hash {
    private Hash() {}

    static Bytes of(Bytes bytes) {
        try {
            return Bytes.of(MessageDigest.getInstance("SHA-256").digest(bytes.toArray()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
