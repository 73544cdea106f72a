package loci.slack;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What was noted last, by key, and so many at most: what is used longest ago goes first. Thread-safe. */
final class Recent<K, V> {

    private final Map<K, V> entries;

    Recent(int most) {
        this.entries = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
    }

    synchronized @Nullable V get(K key) {
        return entries.get(key);
    }

    synchronized void put(K key, V value) {
        entries.put(key, value);
    }

    /** Puts it, and returns what was there before. */
    synchronized @Nullable V replace(K key, V value) {
        return entries.put(key, value);
    }

    synchronized @Nullable V remove(K key) {
        return entries.remove(key);
    }

    synchronized V computeIfAbsent(K key, Function<K, V> make) {
        V present = entries.get(key);
        if (present == null) {
            present = make.apply(key);
            entries.put(key, present);
        }
        return present;
    }
}
