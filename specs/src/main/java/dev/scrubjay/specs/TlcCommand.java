package dev.scrubjay.specs;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The command that runs TLC on a specification.
///
/// @param library where modules are looked for
/// @param properties what Java is told besides
/// @param options what TLC is told besides
record TlcCommand(Path module, Path config, List<Path> library, List<String> properties, List<String> options) {

    /// Its words, for a run in a folder of its own.
    List<String> words(Tlc tlc, int workers, Path folder) {
        var words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseParallelGC",
                "-XX:MaxRAMPercentage=50",
                // TLC evaluates recursively, and a deep value overflows the default stack.
                "-Xss16m",
                "-Djava.io.tmpdir=" + folder,
                "-DTLA-Library=" + libraryPath(),
                "-Duser.language=en"));
        words.addAll(properties);
        words.addAll(List.of(
                "-cp",
                tlc.classPath(),
                TlcMain.class.getName(),
                folder.toString(),
                "-tool",
                "-workers",
                Integer.toString(workers),
                // The same fingerprints in each run, so that the same counterexample comes again.
                "-fp",
                "0",
                "-checkpoint",
                "0",
                "-metadir",
                folder.resolve("states").toString(),
                "-config",
                config.toAbsolutePath().toString()));
        words.addAll(options);
        words.add(module.toAbsolutePath().toString());
        return words;
    }

    private String libraryPath() {
        return library.stream()
                .map(Path::toAbsolutePath)
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }
}
