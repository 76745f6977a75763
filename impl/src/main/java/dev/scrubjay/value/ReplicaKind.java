package dev.scrubjay.value;

/// What a replica keeps.
public enum ReplicaKind {
    /// The log and what it comes to. It may lead.
    STORAGE,

    /// The recent log alone. It votes like any other, and never leads.
    LOG
}
