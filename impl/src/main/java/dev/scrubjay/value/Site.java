package dev.scrubjay.value;

/// Where a replica stands, and what it keeps there.
///
/// @param zone what fails together, and apart from other zones
/// @param rack the same within a zone
public record Site(ReplicaKind kind, String zone, String rack) {
    /// Nobody said where.
    public static final Site ANYWHERE = new Site(ReplicaKind.STORAGE, "", "");
}
