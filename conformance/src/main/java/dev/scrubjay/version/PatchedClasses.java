package dev.scrubjay.version;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Classes beside ours of the same names: all of the packages that a later version may change, changed or
/// not, so that those which meet each other are of one version.
final class PatchedClasses extends ClassLoader {
    private static final List<String> PACKAGES =
            List.of("dev.scrubjay.value.", "dev.scrubjay.message.", "dev.scrubjay.log.");

    private static final String END = ".class";

    /// The bytes of those that were changed.
    private final Map<String, byte[]> patched = new HashMap<>();

    /// @param folder those that were changed; not needed any more when this is made
    PatchedClasses(Path folder) throws IOException {
        super("a later version", PatchedClasses.class.getClassLoader());
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(each -> each.toString().endsWith(END)).toList()) {
                var path = folder.relativize(file).toString();
                var name = path.substring(0, path.length() - END.length()).replace(File.separatorChar, '.');
                patched.put(name, Files.readAllBytes(file));
            }
        }
    }

    /// The class of theirs that has the name of this one.
    Class<?> named(Class<?> ours) {
        try {
            return loadClass(ours.getName());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (PACKAGES.stream().noneMatch(name::startsWith)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            var loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        var changed = patched.get(name);
        var bytes = changed == null ? ours(name) : changed;
        return defineClass(name, bytes, 0, bytes.length);
    }

    private byte[] ours(String name) throws ClassNotFoundException {
        try (var ours = getParent().getResourceAsStream(name.replace('.', '/') + END)) {
            if (ours == null) {
                throw new ClassNotFoundException(name);
            }
            return ours.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
