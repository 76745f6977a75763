package dev.scrubjay.checker;

import dev.scrubjay.history.Histories;
import dev.scrubjay.object.Guess;
import dev.scrubjay.object.Reading;
import dev.scrubjay.object.SequentialObjects;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Times the checker on every history of a folder, warm and without reading the files: the median of many
/// rounds for each.
public final class FolderBenchmark {
    private record Case(String name, Checker checker, Histories.Loaded loaded) {}

    private FolderBenchmark() {}

    /// Runs the rounds.
    ///
    /// @param arguments the folder, and how many rounds
    public static void main(String[] arguments) throws IOException {
        int rounds = Integer.parseInt(arguments[1]);
        var cases = new ArrayList<Case>();
        try (var files = Files.walk(Path.of(arguments[0]))) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                load(file, cases);
            }
        }
        var micros = new double[cases.size()][rounds];
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < cases.size(); i++) {
                long begin = System.nanoTime();
                cases.get(i).checker().check(cases.get(i).loaded().history());
                micros[i][round] = (System.nanoTime() - begin) / 1e3;
            }
        }
        print(cases, micros);
    }

    private static void load(Path file, List<Case> cases) throws IOException {
        if (file.toString().endsWith(".md")) {
            return;
        }
        try (var in = Files.newInputStream(file)) {
            var loaded = Histories.load(in, file.toString());
            var usual = Reading.of(loaded.format());
            Guess.name(loaded.history())
                    .ifPresent(object -> cases.add(new Case(
                            file.toString(),
                            new Checker(SequentialObjects.named(object, usual), Limits.standard()),
                            loaded)));
        }
    }

    private static void print(List<Case> cases, double[][] micros) {
        @SuppressWarnings("DefaultCharset")
        var out = new PrintStream(System.out, true);
        double sum = 0;
        for (int i = 0; i < cases.size(); i++) {
            Arrays.sort(micros[i]);
            double median = micros[i][micros[i].length / 2];
            sum += median;
            out.printf(Locale.ROOT, "%10.0f us  %s%n", median, cases.get(i).name());
        }
        out.printf(Locale.ROOT, "%10.0f us  all %d%n", sum, cases.size());
    }
}
