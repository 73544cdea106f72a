package loci.openai;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Something expensive, made once, when it is first needed. Thread-safe; callers wait for whoever makes it. */
final class Lazy<T> {

    private final Supplier<T> maker;
    private @Nullable T made;

    Lazy(Supplier<T> maker) {
        this.maker = maker;
    }

    synchronized T get() {
        T value = made;
        if (value == null) {
            value = maker.get();
            made = value;
        }
        return value;
    }

    synchronized void ifMade(Consumer<T> action) {
        if (made != null) {
            action.accept(made);
        }
    }
}
