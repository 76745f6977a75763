package dev.scrubjay.history;

import java.io.IOException;
import java.util.Optional;

/// Reads what stands in a file one form after the other, whatever a form may mean.
interface FormReader {
    /// The next form; empty at the end.
    Optional<Value> next() throws IOException;

    /// On which line the last form began, or, where there was none to be made out, on which line that showed.
    int line();
}
