package dev.scrubjay.picture;

/// From this time on, something about a lane is this: its role, its ballot, how much it applied.
///
/// Of two levels of the same lane, name and time, the later in the list holds.
///
/// @param lane the name of its lane
/// @param name what is so high, the same in all lanes, such as `group 1 applied`
/// @param value how high it is now
public record Level(String lane, long at, String name, String value) {}
