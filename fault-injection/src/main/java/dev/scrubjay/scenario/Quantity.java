package dev.scrubjay.scenario;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Times, shares and sizes as people write them. What is written is exact, so that it is read as it was.
final class Quantity {
    private static final Map<String, Long> UNITS = units();

    /// A hundred years: sums of a few such times are still numbers of nanoseconds.
    private static final BigDecimal LONGEST = BigDecimal.valueOf(3_155_760_000_000_000_000L);

    private Quantity() {}

    /// The shorter ones first where one ends like another.
    private static Map<String, Long> units() {
        var units = new LinkedHashMap<String, Long>();
        units.put("ms", 1_000_000L);
        units.put("us", 1_000L);
        units.put("ns", 1L);
        units.put("s", 1_000_000_000L);
        units.put("m", 60_000_000_000L);
        return units;
    }

    /// A time in nanoseconds; empty if this is none.
    static OptionalLong time(String word) {
        for (var unit : UNITS.entrySet()) {
            if (word.endsWith(unit.getKey())) {
                return nanos(word.substring(0, word.length() - unit.getKey().length()), unit.getValue());
            }
        }
        return OptionalLong.empty();
    }

    private static OptionalLong nanos(String number, long unit) {
        if (!number.matches("-?\\d{1,12}(\\.\\d{1,9})?")) {
            return OptionalLong.empty();
        }
        var nanos = new BigDecimal(number).multiply(BigDecimal.valueOf(unit)).stripTrailingZeros();
        boolean isWhole = nanos.scale() <= 0 && nanos.abs().compareTo(LONGEST) <= 0;
        return isWhole ? OptionalLong.of(nanos.longValueExact()) : OptionalLong.empty();
    }

    static String time(long nanos) {
        for (var unit : new String[] {"s", "ms", "us"}) {
            long size = UNITS.getOrDefault(unit, 1L);
            if (Math.abs(nanos) >= size || nanos == 0) {
                return BigDecimal.valueOf(nanos)
                                .divide(BigDecimal.valueOf(size))
                                .stripTrailingZeros()
                                .toPlainString()
                        + unit;
            }
        }
        return nanos + "ns";
    }

    /// A share in parts of a thousand, written in parts of a hundred; empty if this is none.
    static OptionalInt share(String word) {
        if (!word.matches("\\d{1,6}(\\.\\d)?%")) {
            return OptionalInt.empty();
        }
        var share = new BigDecimal(word.substring(0, word.length() - 1)).multiply(BigDecimal.TEN);
        return OptionalInt.of(share.intValueExact());
    }

    static String share(int perMille) {
        return BigDecimal.valueOf(perMille, 1).stripTrailingZeros().toPlainString() + "%";
    }

    /// How often in a second, more than never; empty if this is no rate.
    static Optional<BigDecimal> rate(String word) {
        if (!word.matches("\\d{1,9}(\\.\\d{1,9})?/s")) {
            return Optional.empty();
        }
        return Optional.of(new BigDecimal(word.substring(0, word.length() - 2))).filter(rate -> rate.signum() > 0);
    }

    /// A number from 0 on; empty if this is none.
    static OptionalLong number(String word) {
        return word.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(word)) : OptionalLong.empty();
    }
}
