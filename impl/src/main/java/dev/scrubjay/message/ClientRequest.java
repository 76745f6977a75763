package dev.scrubjay.message;

import dev.scrubjay.value.Request;

/// What a client asks of a group.
///
/// @param session which sequence of requests this is one of
/// @param number its place there, from 1 on
/// @param table which table the key is in; a router in front of the groups will need it
/// @param routeVersion by which version of the map from keys to groups the client came here
public record ClientRequest(long session, long number, String table, long routeVersion, Request request) {}
