package dev.scrubjay.launcher;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/// A small checkout with the real launcher in it, a Maven that only pretends, and a home of its own.
///
/// The pretended Maven leaves the real command line where a build would leave it, so what the launcher starts
/// is real as well.
final class Checkout {
    private static final Path REAL = Path.of(System.getProperty("scrubjay.home"));
    private static final long PATIENCE_MINUTES = 2;

    final Path root;
    final Path home;
    final TreeMap<String, String> environment = new TreeMap<>();

    private final Path tools;
    private final Path calls;

    /// @param scratch an empty folder
    static Checkout in(Path scratch) throws IOException {
        return new Checkout(scratch);
    }

    private Checkout(Path scratch) throws IOException {
        root = Files.createDirectories(scratch.resolve("a checkout, with spaces"));
        home = Files.createDirectory(scratch.resolve("an empty home"));
        tools = Files.createDirectory(scratch.resolve("tools"));
        calls = scratch.resolve("calls of maven");
        Files.copy(REAL.resolve("scrubjay"), root.resolve("scrubjay"));
        file("pom.xml", "");
        file("ci/pom.xml", "");
        file("ci/src/main/java/Source.java", "");
        file("ci/src/main/java/Other.java", "");
        writeCommandLine(scratch.resolve("built.jar"));
        environment.put("PATH", tools + ":/usr/local/bin:/usr/bin:/bin");
        environment.put("HOME", home.toString());
        environment.put("SCRUBJAY_JAVA_HOME", System.getProperty("java.home"));
        maven("install_the_command_line");
    }

    /// A jar without content that runs the classes under test.
    private static void writeCommandLine(Path jar) throws IOException {
        var manifest = new Manifest();
        var attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, "dev.scrubjay.cli.Main");
        attributes.put(
                Attributes.Name.CLASS_PATH,
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                        .map(entry -> Path.of(entry).toUri().toString())
                        .collect(Collectors.joining(" ")));
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    }

    /// What the pretended Maven does, as lines of shell, after noting how it was called.
    Checkout maven(String... lines) throws IOException {
        return tool("mvn", """
                scratch='%s'
                echo "$*" >>'%s'
                install_the_command_line() {
                  mkdir -p ci/target/lib && cp "$scratch/built.jar" ci/target/scrubjay.jar
                }
                %s
                """.formatted(root.getParent(), calls, String.join("\n", lines)));
    }

    Checkout tool(String name, String script) throws IOException {
        executable(tools.resolve(name), script);
        return this;
    }

    /// A folder that looks like a JDK, whose `java` only says which one it is and how it was called.
    Path pretendedJdk(Path folder, int version) throws IOException {
        executable(folder.resolve("bin/java"), "echo java " + version + " of " + folder.getFileName());
        executable(folder.resolve("bin/javac"), "");
        Files.writeString(folder.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + ".0.1\"\n");
        return folder;
    }

    Checkout file(String name, String text) throws IOException {
        Files.createDirectories(root.resolve(name).getParent());
        Files.writeString(root.resolve(name), text);
        return this;
    }

    /// Makes a file newer than anything before, whatever the clock's grain.
    void touch(String name) throws IOException {
        Files.setLastModifiedTime(
                root.resolve(name), FileTime.fromMillis(System.currentTimeMillis() + TimeUnit.HOURS.toMillis(1)));
    }

    List<String> callsOfMaven() throws IOException {
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }

    /// The builds that are kept.
    List<Path> builds() throws IOException {
        try (var files = Files.list(root.resolve("target/apps"))) {
            return files.filter(Files::isDirectory).sorted().toList();
        }
    }

    record Ended(int exit, String out, String err) {}

    /// Runs the launcher to its end.
    Ended run(String... arguments) throws IOException, InterruptedException {
        return run(root.resolve("scrubjay"), arguments);
    }

    Ended run(Path launcher, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        return end(start(command));
    }

    Process start(List<String> command) throws IOException {
        var builder = new ProcessBuilder(command).directory(home.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }

    static Ended end(Process process) throws IOException, InterruptedException {
        process.getOutputStream().close();
        // What these commands print fits into the pipes, so one may be read after the other.
        var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        var err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("does not end: " + out + err);
        }
        return new Ended(process.exitValue(), out, err);
    }

    private static void executable(Path file, String script) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        if (!file.toFile().setExecutable(true)) {
            throw new IOException(file + " cannot be made executable");
        }
    }
}
