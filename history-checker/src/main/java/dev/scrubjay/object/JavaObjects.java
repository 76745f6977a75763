package dev.scrubjay.object;

import java.lang.reflect.InvocationTargetException;

/// Makes objects of users' own classes: `java:com.acme.Ticket` is a [SequentialObject] with a public
/// constructor that takes nothing.
///
/// A library whose object should have a name of its own brings a [SequentialObjectProvider] instead.
public final class JavaObjects implements SequentialObjectProvider {
    private static final String NAME = "java";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public SequentialObject<?> object(String argument, Reading reading) {
        if (argument.isEmpty()) {
            throw new IllegalArgumentException(
                    "java wants the name of a class after a colon, such as java:com.acme.Ticket");
        }
        try {
            var type = Class.forName(argument, true, Thread.currentThread().getContextClassLoader());
            if (!SequentialObject.class.isAssignableFrom(type)) {
                throw wrong(argument, "is no sequential object; let it implement " + SequentialObject.class.getName());
            }
            return (SequentialObject<?>) type.getConstructor().newInstance();
        } catch (ClassNotFoundException e) {
            throw wrong(argument, "is not on the class path; put its jar or folder there, and write its full name", e);
        } catch (NoSuchMethodException | InstantiationException | IllegalAccessException e) {
            throw wrong(
                    argument,
                    "cannot be made; let it be a public class with a public constructor that takes nothing",
                    e);
        } catch (InvocationTargetException | LinkageError e) {
            var cause = e instanceof InvocationTargetException thrown ? thrown.getTargetException() : e;
            throw wrong(argument, "cannot be made: it throws " + OneLine.of(cause), e);
        }
    }

    private static IllegalArgumentException wrong(String type, String what) {
        return new IllegalArgumentException(NAME + ":" + type + ": the class " + what);
    }

    private static IllegalArgumentException wrong(String type, String what, Throwable cause) {
        return new IllegalArgumentException(wrong(type, what).getMessage(), cause);
    }
}
