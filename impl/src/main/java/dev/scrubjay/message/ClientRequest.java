package dev.scrubjay.message;

/// What a client asks of a group.
///
/// @param id which request of this client; one that is sent again keeps it
/// @param table which table the key is in; a router in front of the groups will need it
/// @param routeVersion by which version of the map from keys to groups the client came here
public record ClientRequest(long id, String table, long routeVersion, Operation operation) {}
