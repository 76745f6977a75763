package dev.scrubjay.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scrubjay.history.Histories;
import dev.scrubjay.history.Operation;
import dev.scrubjay.history.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Jepsen's register.
final class RegisterTest {
    private final Register register = new Register();

    /// What an operation makes of a register that holds 1; none where it cannot be.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            read  | nil   | :ok   | 1     | 1
            read  | nil   | :ok   | 2     | none
            read  | nil   | :ok   | nil   | none
            read  | nil   | :info | nil   | 1
            write | 2     | :ok   | 2     | 2
            write | 2     | :info | nil   | 2
            write | nil   | :ok   | nil   | nil
            cas   | [1 2] | :ok   | [1 2] | 2
            cas   | [2 3] | :ok   | [2 3] | none
            cas   | [1 2] | :info | nil   | 2
            cas   | [2 3] | :info | nil   | 1
            """)
    void aRegisterHoldsOneValue(String f, String argument, String end, String result, String next) {
        var after = register.step(Value.number(1), operation(f, argument, end, result));

        assertThat(after.map(Value::toString).orElse("none")).isEqualTo(next);
    }

    @Test
    void aRegisterHoldsNothingAtFirstUnlessItIsSaidWhat() {
        assertThat(register.initial()).isEqualTo(Value.absent());
        assertThat(new Register(Reading.exact(Value.number(7))).initial()).isEqualTo(Value.number(7));
        assertThat(register.step(Value.absent(), operation("read", "nil", ":ok", "nil")))
                .isPresent();
    }

    @Test
    void onlyReadsAreObservations() {
        assertThat(register.isObservation(operation("read", "nil", ":ok", "1"))).isTrue();
        assertThat(register.isObservation(operation("write", "1", ":ok", "1"))).isFalse();
        assertThat(register.isObservation(operation("cas", "[1 1]", ":ok", "[1 1]")))
                .isFalse();
    }

    @Test
    void whatIsNoOperationIsRefused() {
        assertThatThrownBy(() -> register.step(Value.absent(), operation("add", "1", ":ok", "1")))
                .hasMessage("event 0: a register has no 'add'; it has: read, write, cas");
        assertThatThrownBy(() -> register.step(Value.absent(), operation("cas", "[1]", ":ok", "[1]")))
                .hasMessage("event 0: cas wants [old new], but has [1]");
    }

    private static Operation operation(String f, String argument, String end, String result) {
        return Histories.parse(
                        "{:type :invoke, :process 0, :f :" + f + ", :value " + argument + "}" + "{:type " + end
                                + ", :process 0, :f :" + f + ", :value " + result + "}",
                        "history")
                .operations()
                .getFirst();
    }
}
