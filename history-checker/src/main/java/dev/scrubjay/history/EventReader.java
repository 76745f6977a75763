package dev.scrubjay.history;

import java.io.IOException;

/// Reads the events of a file one after the other, whatever they may mean.
interface EventReader {
    /// Puts the parts of the next event into a draft, which is empty.
    ///
    /// @return whether there was one
    boolean next(Draft draft) throws IOException;

    /// On which line the last event began, or, where there was none to be made out, on which line that
    /// showed.
    int line();
}
