package dev.scrubjay.port;

import dev.scrubjay.value.Bytes;
import java.util.List;
import java.util.function.Consumer;

/// Keeps objects under names: each whole or not at all, and never changed.
///
/// A name is made of parts with a slash between them, each of lower-case letters, digits, dots and dashes,
/// the first of which is no dot; no name is another one up to a slash. An answer never comes before the call
/// returns, perhaps never, and where the store is used.
public interface ObjectStore {
    /// How a put ended.
    sealed interface Put {
        /// It is there, whatever loses its power now.
        record Stored() implements Put {}

        /// An object of that name was there before, and is as it was.
        record Taken() implements Put {}

        /// Nobody knows whether it is there.
        record Failed(String why) implements Put {}
    }

    /// How a get ended.
    sealed interface Got {
        record Found(Bytes bytes) implements Got {}

        record Absent() implements Got {}

        /// Nobody knows whether it is there.
        record Failed(String why) implements Got {}
    }

    /// How a list ended.
    sealed interface Listed {
        /// In their order as text.
        record Names(List<String> names) implements Listed {
            public Names {
                names = List.copyOf(names);
            }
        }

        record Failed(String why) implements Listed {}
    }

    /// Puts an object there, unless one of that name is there already.
    void put(String name, Bytes bytes, Consumer<Put> answer);

    void get(String name, Consumer<Got> answer);

    /// Gives the names that begin so and come after this one, so many at most.
    void list(String prefix, String after, int most, Consumer<Listed> answer);
}
