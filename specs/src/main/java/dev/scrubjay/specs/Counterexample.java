package dev.scrubjay.specs;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// A behaviour that breaks what was checked: its states, each with the action that led there.
///
/// @param ending how the behaviour goes on, where the states alone do not say it
public record Counterexample(List<State> states, Ending ending) {

    public Counterexample {
        states = List.copyOf(states);
    }

    /// One state of the behaviour, and how it came about.
    ///
    /// @param number counted from 1
    /// @param action the action that led to this state; `Init` for the first
    /// @param variables every variable with its value as TLA+ writes it, in the order in which TLC prints
    /// them
    public record State(int number, String action, SequencedMap<String, String> variables) {
        public State {
            variables = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(variables));
        }
    }

    public sealed interface Ending {
        /// The last state is the one that breaks it.
        record Here() implements Ending {}

        /// Nothing ever happens again.
        record Stuttering() implements Ending {}

        /// It goes round for ever, from the last state back to this one.
        record BackTo(int number) implements Ending {}
    }
}
