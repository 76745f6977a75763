package dev.scrubjay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WordsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 ms",
        "99, 99 ms",
        "100, 0.1 s",
        "1234, 1.2 s",
        "9949, 9.9 s",
        "10000, 10 s",
        "59499, 59 s",
        "59600, 1 min 0 s",
        "80000, 1 min 20 s",
        "3599000, 59 min 59 s",
        "3660000, 1 h 1 min",
        "90000000, 25 h 0 min"
    })
    void timesHaveUnits(long millis, String words) {
        assertThat(Words.time(Duration.ofMillis(millis))).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"0, model, 0 models", "1, model, 1 model", "1, property, 1 property", "2, property, 2 properties"})
    void countsAgreeWithTheirNoun(long number, String noun, String words) {
        assertThat(Words.count(number, noun)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {"0 0", "999 999", "1000 1,000", "1234567 1,234,567"})
    void thousandsAreApart(long number, String words) {
        assertThat(Words.number(number)).isEqualTo(words);
    }
}
