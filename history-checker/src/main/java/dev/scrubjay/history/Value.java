package dev.scrubjay.history;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// Plain data, as JSON and EDN both have it: what operations are given and what they give back.
///
/// It is the part of the two formats that means the same in both, so that a history may change its format and
/// stay equal. Hence EDN's keywords are texts here, and its sets are sequences. Numbers are equal when they
/// are worth the same: JSON does not tell 1 from 1.0.
public sealed interface Value {
    /// JSON's `null` and EDN's `nil`.
    record Absent() implements Value {
        @Override
        public String toString() {
            return Edn.text(this);
        }
    }

    record Truth(boolean holds) implements Value {
        @Override
        public String toString() {
            return Edn.text(this);
        }
    }

    /// A whole number that fits into a `long`. Every such number is one of these.
    record Whole(long number) implements Value {
        /// Spread, because lists make of the plain one the same hash for many pairs of small numbers.
        @Override
        public int hashCode() {
            return Hash.spread(number);
        }

        @Override
        public String toString() {
            return Edn.text(this);
        }
    }

    /// Every other number, without zeros at its end; made by [Value#number(BigDecimal)].
    record Decimal(BigDecimal number) implements Value {
        public Decimal {
            if (isWhole(number) || number.scale() != number.stripTrailingZeros().scale()) {
                throw new IllegalArgumentException(number + " has another form; make it with Value.number");
            }
        }

        @Override
        public String toString() {
            return Edn.text(this);
        }
    }

    record Text(String text) implements Value {
        public Text {
            Unicode.requireWhole(text);
        }

        @Override
        public String toString() {
            return Edn.text(this);
        }
    }

    record Sequence(List<Value> elements) implements Value {
        public Sequence {
            elements = List.copyOf(elements);
        }

        @Override
        public String toString() {
            return Edn.text(this);
        }
    }

    /// Values by name. The order of the names is kept for writing and does not matter for equality.
    record Mapping(SequencedMap<String, Value> entries) implements Value {
        public Mapping {
            entries = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(entries));
            entries.keySet().forEach(Unicode::requireWhole);
        }

        /// A mapping of one name.
        public static Mapping of(String name, Value value) {
            var entries = new LinkedHashMap<String, Value>();
            entries.put(name, value);
            return new Mapping(entries);
        }

        /// The same mapping with one more name, or with another value for a name that it has.
        public Mapping with(String name, Value value) {
            var more = new LinkedHashMap<>(entries);
            more.put(name, value);
            return new Mapping(more);
        }

        /// The value of a name; empty where the mapping lacks the name.
        public Optional<Value> get(String name) {
            return Optional.ofNullable(entries.get(name));
        }

        @Override
        public String toString() {
            return Edn.text(this);
        }
    }

    static Value absent() {
        return new Absent();
    }

    static Value text(String text) {
        return new Text(text);
    }

    static Value number(long number) {
        return new Whole(number);
    }

    /// A number of any size, in the one form that it has here.
    static Value number(BigDecimal number) {
        var stripped = number.stripTrailingZeros();
        return isWhole(stripped) ? new Whole(stripped.longValueExact()) : new Decimal(stripped);
    }

    static Value sequence(Value... elements) {
        return new Sequence(List.of(elements));
    }

    private static boolean isWhole(BigDecimal number) {
        var stripped = number.stripTrailingZeros();
        // The number of digits is asked first: a short text such as 1e999999999 is a number too long to write
        // out.
        return stripped.scale() <= 0
                && (long) stripped.precision() - stripped.scale() <= 19
                && stripped.toBigIntegerExact().bitLength() < Long.SIZE;
    }
}
