package dev.scrubjay.object;

/// Makes the objects of one name. Found by [java.util.ServiceLoader].
public interface SequentialObjectProvider {
    /// What users call the object, without a colon.
    String name();

    /// An object.
    ///
    /// @param argument what users wrote after name and colon, such as a file; empty where they wrote none
    /// @param reading for objects that can be read in more than one way; others pass over it
    /// @throws IllegalArgumentException with one line for the user, where no object can be made of that
    SequentialObject<?> object(String argument, Reading reading);
}
