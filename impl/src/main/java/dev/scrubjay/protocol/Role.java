package dev.scrubjay.protocol;

/// What a replica is doing.
public enum Role {
    FOLLOWER,
    CANDIDATE,
    LEADER
}
