package dev.scrubjay.port;

/// Carries frames to nodes and clients. It may lose one, bring it twice, late, or before an earlier one.
@FunctionalInterface
public interface Network {
    void send(String to, byte[] frame);
}
