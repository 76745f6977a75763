package dev.scrubjay.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class SharesTest {
    private static String row(Shares shares) {
        return LongStream.range(0, shares.total())
                .mapToObj(place -> shares.at(place).word())
                .collect(Collectors.joining(" "));
    }

    /// In this order, or the runs of all seeds are others.
    @Test
    void eachKindStandsInARowAsOftenAsItsWeightSays() {
        assertThat(row(Shares.STANDARD))
                .isEqualTo("get get get get put put put conditional-put conditional-put delete eventual-read");
        assertThat(row(new Shares(Map.of(Kind.EVENTUAL_READ, 1, Kind.PUT, 2)))).isEqualTo("put put eventual-read");
    }

    @Test
    void nothingStandsBehindTheLast() {
        assertThatThrownBy(() -> Shares.STANDARD.at(11)).hasMessage("place 11 of 11");
    }

    @Test
    void aWeightOfNothingIsNone() {
        assertThatThrownBy(() -> new Shares(Map.of(Kind.GET, 0))).hasMessageContaining("weights from 1 on");
    }
}
