package dev.scrubjay.specs;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import tools.jackson.core.json.JsonFactory;

/// Which TLC to run: the one that comes with us, or another.
public final class Tlc {
    private static final String MAIN = "tlc2/TLC.class";

    private final List<Path> classPath;

    private Tlc(Path jar) {
        this.classPath = List.of(home(TlcMain.class), home(JsonFactory.class), jar);
    }

    public static Tlc bundled() {
        return new Tlc(home(tlc2.TLC.class));
    }

    /// Another `tla2tools.jar`, newer perhaps.
    public static Tlc at(Path jar) {
        if (!Files.isRegularFile(jar)) {
            throw new InputException(jar + ": there is no such file; name a tla2tools.jar");
        }
        try (var contents = new JarFile(jar.toFile())) {
            if (contents.getEntry(MAIN) == null) {
                throw new InputException(jar + ": holds no " + MAIN + ", so it is not TLC; name a tla2tools.jar");
            }
        } catch (IOException e) {
            throw new InputException(jar + ": not a jar (" + e.getMessage() + "); name a tla2tools.jar");
        }
        return new Tlc(jar.toAbsolutePath());
    }

    String classPath() {
        return classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    /// The jar or folder that a class was loaded from.
    private static Path home(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
