package dev.scrubjay.version;

import dev.scrubjay.bug.Patch;
import dev.scrubjay.bug.PatchedSources;
import dev.scrubjay.bug.Scratch;
import dev.scrubjay.log.RecordForm;
import dev.scrubjay.log.Records;
import dev.scrubjay.message.Frame;
import dev.scrubjay.message.FrameForm;
import dev.scrubjay.message.Frames;
import dev.scrubjay.node.Host;
import dev.scrubjay.specs.InputException;
import dev.scrubjay.value.LogRecord;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;

/// The version after this one, as far as others meet it: how it writes frames and records, and reads them.
///
/// The patched classes are compiled and loaded beside ours. What a node of that version says is made of the
/// objects of this one, field by field, so that the bytes are really those which the other version writes.
public final class NextVersion {
    private static final Path PATCH = Path.of("conformance", "versions", "next.patch");
    private static final Pattern MAY_CHANGE =
            Pattern.compile("impl/src/main/java/dev/scrubjay/(message|log|value)/\\w+\\.java");

    private NextVersion() {}

    /// Makes it from the sources of this one.
    ///
    /// @param home the checkout
    /// @param temporary where it may have a folder for a while
    /// @throws InputException where the patch does not fit the sources any more
    public static Host.Forms make(Path home, Path temporary) throws IOException, InterruptedException {
        var patch = Patch.readAny(home.resolve(PATCH), MAY_CHANGE, "messages, records and their forms");
        try (var scratch = Scratch.createIn(temporary)) {
            var classes =
                    new PatchedSources(home, scratch.path()).classes(patch, System.getProperty("java.class.path"));
            return of(new PatchedClasses(classes));
        } catch (PatchedSources.UselessException e) {
            throw new InputException(
                    patch.file() + ": " + e.getMessage() + "; make it anew for what is there now (git diff)");
        }
    }

    private static Host.Forms of(PatchedClasses classes) {
        var there = new Translation(classes);
        var here = new Translation(NextVersion.class.getClassLoader());
        var frames = classes.named(FrameForm.class);
        var encodeFrame = method(frames, "encode", classes.named(Frame.class));
        var decodeFrame = method(frames, "decode", byte[].class);
        var records = classes.named(RecordForm.class);
        var encodeRecord = method(records, "encode", long.class, classes.named(LogRecord.class));
        var decodeRecord = method(records, "decode", byte[].class);
        return new Host.Forms(
                new Frames() {
                    @Override
                    public byte[] encode(Frame frame) {
                        return (byte[]) call(encodeFrame, there.of(frame));
                    }

                    @Override
                    public Frame decode(byte[] bytes) {
                        return (Frame) here.of(call(decodeFrame, bytes));
                    }
                },
                new Records() {
                    @Override
                    public byte[] encode(long group, LogRecord record) {
                        return (byte[]) call(encodeRecord, group, there.of(record));
                    }

                    @Override
                    public RecordForm.Logged decode(byte[] bytes) {
                        return (RecordForm.Logged) here.of(call(decodeRecord, bytes));
                    }
                });
    }

    private static Method method(Class<?> in, String name, Class<?>... parameters) {
        try {
            return in.getMethod(name, parameters);
        } catch (NoSuchMethodException e) {
            throw new InputException(PATCH + ": " + in.getSimpleName() + " has no method '" + name + "' in it");
        }
    }

    /// What is malformed for one version is so for the other, and thrown as ours.
    private static Object call(Method method, Object... arguments) {
        try {
            return method.invoke(null, arguments);
        } catch (InvocationTargetException e) {
            throw Translation.thrown(Objects.requireNonNull(e.getCause()));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
