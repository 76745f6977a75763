package dev.scrubjay.bug;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/// Copies of the files that a patch changes, changed, in a folder that is laid out like the checkout.
public final class PatchedSources {
    /// The patch is of no use any more: with what is there today it makes nothing that could be tried.
    public static final class UselessException extends Exception {
        private static final long serialVersionUID = 1;

        UselessException(String text) {
            super(text);
        }
    }

    private final Path home;
    private final Path folder;

    /// Begins with nothing.
    ///
    /// @param home the checkout
    public PatchedSources(Path home, Path folder) {
        this.home = home;
        this.folder = folder;
    }

    /// All specifications with their models, because one needs the others.
    Path specs(Patch patch) throws IOException, InterruptedException, UselessException {
        var specs = home.resolve("specs");
        try (var files = Files.walk(specs)) {
            for (var file : files.filter(PatchedSources::isSpecification).toList()) {
                copy(home.relativize(file).toString());
            }
        }
        apply(patch);
        return folder.resolve("specs");
    }

    private static boolean isSpecification(Path file) {
        return file.toString().matches(".*\\.(tla|cfg|json)")
                && Stream.of("src", "target").noneMatch(built -> file.toString().contains("/specs/" + built + "/"));
    }

    /// The changed classes alone. Whoever runs them puts them before those of the class path.
    ///
    /// @param classPath what they are compiled against
    public Path classes(Patch patch, String classPath) throws IOException, InterruptedException, UselessException {
        for (var file : patch.changes()) {
            copy(file);
        }
        apply(patch);
        var classes = Files.createDirectories(folder.resolve("classes"));
        compile(patch.changes().stream().map(folder::resolve).toList(), classPath, classes);
        return classes;
    }

    private void copy(String file) throws IOException, UselessException {
        var from = home.resolve(file);
        if (!Files.isRegularFile(from)) {
            throw new UselessException("there is no file " + file + " any more");
        }
        var to = folder.resolve(file);
        Files.createDirectories(to.getParent());
        Files.copy(from, to);
    }

    private void apply(Patch patch) throws IOException, InterruptedException, UselessException {
        var ended = Git.apply(patch, folder);
        if (ended.exit() != 0) {
            throw new UselessException("does not apply any more: " + ended.firstLine());
        }
    }

    private void compile(List<Path> sources, String classPath, Path classes) throws IOException, UselessException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new IllegalStateException("this Java has no compiler, and only a JDK runs us");
        }
        var diagnostics = new DiagnosticCollector<JavaFileObject>();
        var nowhere = Files.createDirectories(folder.resolve("nowhere")).toString();
        try (var files = compiler.getStandardFileManager(diagnostics, Locale.ROOT, null)) {
            var options = new ArrayList<>(List.of("-d", classes.toString(), "-cp", classPath));
            // What was not changed comes from the class path, and nothing else is looked for.
            options.addAll(List.of("-sourcepath", nowhere, "-implicit:none", "-proc:none", "-nowarn"));
            var units = files.getJavaFileObjectsFromPaths(sources);
            if (!compiler.getTask(null, files, diagnostics, options, null, units)
                    .call()) {
                throw new UselessException("does not compile: " + first(diagnostics.getDiagnostics()));
            }
        }
    }

    private String first(List<Diagnostic<? extends JavaFileObject>> diagnostics) {
        return diagnostics.stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .findFirst()
                .map(diagnostic -> where(diagnostic)
                        + diagnostic.getMessage(Locale.ROOT).lines().findFirst().orElse("for no reason given"))
                .orElse("for no reason given");
    }

    private String where(Diagnostic<? extends JavaFileObject> diagnostic) {
        var source = diagnostic.getSource();
        return source == null
                ? ""
                : folder.relativize(Path.of(source.toUri())) + ":" + diagnostic.getLineNumber() + ": ";
    }
}
