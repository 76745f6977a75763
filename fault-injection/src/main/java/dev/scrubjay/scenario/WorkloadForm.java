package dev.scrubjay.scenario;

import dev.scrubjay.workload.Kind;
import dev.scrubjay.workload.Shares;
import dev.scrubjay.workload.Workload;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.EnumMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The traffic of a run as words.
final class WorkloadForm {
    private static final int CLIENTS = 8;
    private static final long PAUSE_NANOS = 60_000_000;
    private static final long RETRY_NANOS = 150_000_000;
    private static final long PATIENCE_NANOS = 2_000_000_000;
    private static final BigDecimal SECOND = BigDecimal.valueOf(1_000_000_000);

    private static final BigDecimal PAUSE_NANOS_MAX = SECOND.multiply(BigDecimal.valueOf(365 * 24 * 3600));

    /// What the words of the line may be.
    static final String WORDS = "clients, keys, "
            + Stream.of(Kind.values()).map(Kind::word).collect(Collectors.joining(", "))
            + ", rate, pause, retry, patience, for T";

    private WorkloadForm() {}

    static Workload read(Line line) {
        int clients = line.numberOption("clients", 1).orElse(CLIENTS);
        int keys = line.required(line.numberOption("keys", 1), "keys");
        var shares = shares(line);
        return new Workload(
                clients,
                keys,
                shares,
                pause(line, clients),
                line.timeOption("retry", 1).orElse(RETRY_NANOS),
                line.timeOption("patience", 1).orElse(PATIENCE_NANOS));
    }

    private static Shares shares(Line line) {
        var weights = new EnumMap<Kind, Integer>(Kind.class);
        for (var kind : Kind.values()) {
            line.option(kind.word()).ifPresent(value -> weights.put(kind, weight(line, kind, value)));
        }
        return weights.isEmpty() ? Shares.STANDARD : new Shares(weights);
    }

    private static int weight(Line line, Kind kind, String value) {
        return (int) Quantity.number(value).stream()
                .filter(number -> number >= 1 && number <= Integer.MAX_VALUE)
                .findFirst()
                .orElseThrow(() -> line.bad(
                        kind.word() + "=" + value,
                        "is no weight",
                        "a whole number from 1 on; a kind that does not come is left out"));
    }

    /// A rate is what all clients ask for together, if none had to wait for an answer.
    private static long pause(Line line, int clients) {
        var pause = line.timeOption("pause", 1);
        var rate = line.option("rate");
        if (rate.isPresent() && pause.isPresent()) {
            throw line.bad("rate=" + rate.get(), "and pause=... both say how much clients ask for", "one of them");
        }
        return rate.map(value -> pause(line, clients, value)).or(() -> pause).orElse(PAUSE_NANOS);
    }

    private static long pause(Line line, int clients, String rate) {
        var perSecond = Quantity.rate(rate)
                .orElseThrow(() ->
                        line.bad("rate=" + rate, "is no rate", "one such as 200/s or 0.5/s, of all clients together"));
        var nanos = SECOND.multiply(BigDecimal.valueOf(clients)).divide(perSecond, 0, RoundingMode.HALF_UP);
        if (nanos.signum() == 0 || nanos.compareTo(PAUSE_NANOS_MAX) > 0) {
            throw line.bad("rate=" + rate, "is out of range", "a pause of each client from 1ns to a year comes of it");
        }
        return nanos.longValueExact();
    }

    /// A rate was read as a pause, and what is as usual needs no word.
    static String write(Workload workload) {
        return "workload clients=" + workload.clients() + " keys=" + workload.keys() + write(workload.shares())
                + " pause=" + Quantity.time(workload.pauseNanos()) + " retry=" + Quantity.time(workload.retryNanos())
                + " patience=" + Quantity.time(workload.patienceNanos());
    }

    private static String write(Shares shares) {
        if (shares.equals(Shares.STANDARD)) {
            return "";
        }
        return shares.weights().entrySet().stream()
                .map(each -> " " + each.getKey().word() + "=" + each.getValue())
                .collect(Collectors.joining());
    }
}
