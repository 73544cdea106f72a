package loci.app.config;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import loci.app.config.ConfigLoader.Written;
import org.jspecify.annotations.Nullable;

/** The values of all keys, read; those that could not be read are absent, so that no check builds on them. */
final class Values {

    private final Map<Key<?>, Written> written;
    private final Map<Key<?>, Object> values = new HashMap<>();

    private Values(Map<Key<?>, Written> written) {
        this.written = new LinkedHashMap<>(written);
    }

    static Values read(Map<Key<?>, Written> written, List<Problem> problems) {
        Values values = new Values(written);
        written.forEach((key, value) -> values.read(key, value, problems));
        return values;
    }

    private <T> void read(Key<T> key, Written value, List<Problem> problems) {
        switch (key.kind().read(value.text())) {
            case Kind.Understood<T>(T understood) -> values.put(key, understood);
            case Kind.Misread<T>(String hint) ->
                problems.add(new Problem(
                        value.origin().place(),
                        key.path() + " must be " + key.kind().expects() + ", but " + Shown.quoted(value.text())
                                + " was found",
                        hint.isEmpty() ? "Correct the value, or remove it to get the default." : hint));
        }
    }

    /** Returns a value, or nothing where it could not be read. */
    @SuppressWarnings("unchecked") // read() puts a T under each Key<T>
    <T> Optional<T> find(Key<T> key) {
        return Optional.ofNullable((T) values.get(key));
    }

    /** Returns a value; to be called only where no problem was found. */
    <T> T get(Key<T> key) {
        return find(key).orElseThrow(() -> new IllegalStateException(key.path() + " could not be read"));
    }

    String text(Key<?> key) {
        return of(key).text();
    }

    Origin origin(Key<?> key) {
        return of(key).origin();
    }

    @Nullable
    Path base(Key<?> key) {
        return of(key).base();
    }

    private Written of(Key<?> key) {
        Written value = written.get(key);
        if (value == null) {
            throw new IllegalStateException("no value for " + key.path());
        }
        return value;
    }
}
