package dev.scrubjay.version;

import dev.scrubjay.value.Bytes;
import dev.scrubjay.value.Decoder;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/// Makes of an object of one version the same of another: records by the names of their components, and what
/// Java knows itself as it is.
///
/// Where the other version has a component more, it says itself what that is: by a constructor without it.
/// One that it does not have is left out.
final class Translation {
    /// How records of a class are made from those of another version.
    ///
    /// @param from the components that are taken, in the order in which `to` wants them
    private record Making(List<RecordComponent> from, Constructor<?> to) {}

    private final ClassLoader into;
    private final Map<Class<?>, Making> makings = new ConcurrentHashMap<>();

    /// @param into what loads the classes of the version to which this translates
    Translation(ClassLoader into) {
        this.into = into;
    }

    Object of(Object object) {
        return switch (object) {
            case List<?> list -> list.stream().map(this::of).toList();
            case SortedSet<?> set -> set.stream().map(this::of).collect(TreeSet::new, TreeSet::add, TreeSet::addAll);
            case Optional<?> optional -> optional.map(this::of);
            case Enum<?> constant -> constant(constant);
            case Record record -> record(record);
            default -> object.getClass().getName().equals(Bytes.class.getName()) ? bytes(object) : known(object);
        };
    }

    private static Object known(Object object) {
        if (object.getClass().getClassLoader() != null) {
            throw new IllegalStateException("no way from one version to another for " + object.getClass());
        }
        return object;
    }

    private Object constant(Enum<?> constant) {
        return Arrays.stream(other(constant.getDeclaringClass()).getEnumConstants())
                .filter(each -> ((Enum<?>) each).name().equals(constant.name()))
                .findFirst()
                .orElseThrow();
    }

    private Object bytes(Object bytes) {
        try {
            var array = bytes.getClass().getMethod("toArray").invoke(bytes);
            return other(bytes.getClass()).getMethod("of", byte[].class).invoke(null, array);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private Object record(Record record) {
        var making = makings.computeIfAbsent(record.getClass(), this::making);
        try {
            var values = new Object[making.from().size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = of(making.from().get(i).getAccessor().invoke(record));
            }
            return making.to().newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(record.toString(), e);
        }
    }

    private Making making(Class<?> from) {
        var there = new LinkedHashMap<String, RecordComponent>();
        Arrays.stream(from.getRecordComponents()).forEach(component -> there.put(component.getName(), component));
        var other = other(from);
        var wanted = Arrays.stream(other.getRecordComponents())
                .map(RecordComponent::getName)
                .filter(there::containsKey)
                .map(there::get)
                .toList();
        for (var constructor : other.getDeclaredConstructors()) {
            if (constructor.getParameterCount() == wanted.size()) {
                return new Making(wanted, constructor);
            }
        }
        throw new IllegalStateException(
                other + " has no constructor without the components that only one of two versions knows");
    }

    private Class<?> other(Class<?> type) {
        try {
            return Class.forName(type.getName(), true, into);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /// What one version throws, as this one would.
    static RuntimeException thrown(Throwable thrown) {
        if (thrown.getClass().getName().equals(Decoder.MalformedException.class.getName())) {
            return new Decoder.MalformedException(String.valueOf(thrown.getMessage()));
        }
        return thrown instanceof RuntimeException known ? known : new IllegalStateException(thrown);
    }
}
