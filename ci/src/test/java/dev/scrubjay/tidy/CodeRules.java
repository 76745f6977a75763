package dev.scrubjay.tidy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Which package may use which, and what the protocol must never touch; read from the compiled classes.
final class CodeRules {
    private static final String OURS = "dev.scrubjay.";

    /// Not named after us: TLC looks there for the class that says which operators are written in Java.
    private static final String OVERRIDES = "tlc2.overrides";

    /// A package, the module it lives in, and the packages of ours that it may use.
    private record Place(String module, Set<String> mayUse) {}

    private static final Map<String, Place> PICTURE = picture();

    /// The pure packages: the same inputs give the same effects, in simulation and in production.
    private static final Set<String> PURE = Set.of("value", "message", "trace", "protocol");

    /// What a pure package may not name: packages, and classes with what is nested in them.
    private static final Map<String, String> IMPURE = Map.ofEntries(
            Map.entry("java.io.", "files and streams are behind log.Device"),
            Map.entry("java.nio.file.", "files are behind log.Device"),
            Map.entry("java.nio.channels.", "channels are behind log.Device and port.Network"),
            Map.entry("java.net.", "the network is behind port.Network"),
            Map.entry("java.util.concurrent.", "a node has one thread"),
            Map.entry("java.lang.Thread", "a node has one thread"),
            Map.entry("java.lang.ThreadLocal", "a node has one thread"),
            Map.entry("java.lang.Process", "nothing is started here"),
            Map.entry("java.lang.ProcessBuilder", "nothing is started here"),
            Map.entry("java.lang.Runtime", "the machine is not asked"),
            Map.entry("java.time.Clock", "the time is an argument of step"),
            Map.entry("java.time.InstantSource", "the time is an argument of step"),
            Map.entry("java.util.Timer", "the time is an argument of step"),
            Map.entry("java.util.Random", "randomness is passed in"),
            Map.entry("java.util.random.", "randomness is passed in"),
            Map.entry("java.util.SplittableRandom", "randomness is passed in"),
            Map.entry("java.util.UUID", "randomness is passed in"),
            Map.entry("java.security.SecureRandom", "randomness is passed in"));

    /// The same for methods of classes that are otherwise harmless.
    private static final Map<String, String> IMPURE_METHODS = Map.of(
            "java.lang.System.currentTimeMillis", "the time is an argument of step",
            "java.lang.System.nanoTime", "the time is an argument of step",
            "java.lang.System.getenv", "settings are in the constructor",
            "java.lang.System.getProperty", "settings are in the constructor",
            "java.lang.System.identityHashCode", "it differs in each run",
            "java.time.Instant.now", "the time is an argument of step",
            "java.lang.Math.random", "randomness is passed in",
            "java.util.Collections.shuffle", "randomness is passed in");

    private CodeRules() {}

    private static Map<String, Place> picture() {
        var picture = new LinkedHashMap<String, Place>();
        place(picture, "specs", "specs");
        place(picture, "specs", OVERRIDES, "specs");

        place(picture, "impl", "value");
        place(picture, "impl", "message", "value");
        place(picture, "impl", "trace", "value");
        place(picture, "impl", "protocol", "value", "message", "trace");
        place(picture, "impl", "port", "value");
        place(picture, "impl", "log", "value", "port");
        place(picture, "impl", "state", "value", "port");
        place(picture, "impl", "archive", "value", "port");
        place(picture, "impl", "scrub", "value", "port", "log", "state", "archive");
        place(
                picture,
                "impl",
                "node",
                "value",
                "message",
                "trace",
                "protocol",
                "port",
                "log",
                "state",
                "archive",
                "scrub");
        place(picture, "impl", "system", "value", "message", "port");
        place(picture, "impl", "client", "value", "message", "port");

        place(picture, "history-checker", "history");
        place(picture, "history-checker", "object", "history");
        place(picture, "history-checker", "checker", "history", "object");
        place(picture, "history-checker", "picture");

        // A fault is defined without knowing the world it will happen in.
        var below = List.copyOf(picture.keySet()).stream()
                .filter(name -> !picture.get(name).module().equals("specs"))
                .toList();
        place(picture, "fault-injection", "world", below);
        place(picture, "fault-injection", "scenario", below, "world", "nemesis", "workload", "canary");
        place(picture, "fault-injection", "nemesis", below, "world");
        place(picture, "fault-injection", "workload", below, "world");
        place(picture, "fault-injection", "canary", below, "world", "workload");
        var language = List.of("world", "scenario", "nemesis", "workload", "canary");
        place(picture, "fault-injection", "simulation", below, language.toArray(String[]::new));
        place(picture, "fault-injection", "gameday", below, language.toArray(String[]::new));

        var all = List.copyOf(picture.keySet());
        place(picture, "conformance", "conformance", all);
        place(picture, "conformance", "behaviour", all, "conformance");
        place(picture, "conformance", "bug", all, "conformance", "behaviour");
        place(picture, "conformance", "version", all, "bug");
        place(picture, "ci", "cli", all, "conformance", "behaviour", "bug", "version");
        return picture;
    }

    private static void place(Map<String, Place> picture, String module, String name, String... mayUse) {
        place(picture, module, name, List.of(), mayUse);
    }

    private static void place(
            Map<String, Place> picture, String module, String name, List<String> mayUse, String... andMayUse) {
        var all = new TreeSet<>(mayUse);
        all.addAll(List.of(andMayUse));
        picture.put(name, new Place(module, all));
    }

    static List<String> packageArrows(Tree tree) {
        var violations = new TreeSet<String>();
        for (var module : Tree.MODULES) {
            for (var type : classes(tree, module)) {
                var name = name(type);
                var place = PICTURE.get(name);
                if (place == null || !place.module().equals(module)) {
                    violations.add(module + ": package " + name + " is not in the picture of this module; "
                            + "draw it in CodeRules and in ARCHITECTURE.md, or move the class");
                    continue;
                }
                for (var dependency : type.getDirectDependenciesFromSelf()) {
                    var target =
                            dependency.getTargetClass().getBaseComponentType().getPackageName();
                    if (target.startsWith(OURS)) {
                        var used = target.substring(OURS.length());
                        if (!used.equals(name) && !place.mayUse().contains(used)) {
                            violations.add(type.getFullName() + ": " + name + " may not use " + used
                                    + "; move the code to where the arrow points, see ARCHITECTURE.md");
                        }
                    }
                }
            }
        }
        return List.copyOf(violations);
    }

    static List<String> purity(Tree tree) {
        var violations = new TreeSet<String>();
        for (var type : classes(tree, "impl")) {
            if (PURE.contains(name(type))) {
                for (var dependency : type.getDirectDependenciesFromSelf()) {
                    var used =
                            dependency.getTargetClass().getBaseComponentType().getFullName();
                    IMPURE.forEach((beginning, remedy) -> {
                        if (used.startsWith(beginning)
                                && (beginning.endsWith(".")
                                        || used.length() == beginning.length()
                                        || used.charAt(beginning.length()) == '$')) {
                            violations.add(type.getFullName() + ": names " + used + "; " + remedy);
                        }
                    });
                }
                for (var call : type.getCodeUnitAccessesFromSelf()) {
                    var used = call.getTargetOwner().getFullName() + "." + call.getName();
                    var remedy = IMPURE_METHODS.get(used);
                    if (remedy != null) {
                        violations.add(type.getFullName() + ": calls " + used + "; " + remedy);
                    }
                }
            }
        }
        return List.copyOf(violations);
    }

    /// The package of a class, as the picture calls it.
    private static String name(JavaClass type) {
        var name = type.getPackageName();
        return name.startsWith(OURS) ? name.substring(OURS.length()) : name;
    }

    private static List<JavaClass> classes(Tree tree, String module) {
        var compiled = compiled(tree, module);
        return Files.exists(compiled) ? new ArrayList<>(new ClassFileImporter().importPath(compiled)) : List.of();
    }

    static Path compiled(Tree tree, String module) {
        return tree.root().resolve(module).resolve("target/classes");
    }
}
