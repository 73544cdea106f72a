package loci.openai;

import com.knuddels.jtokkit.api.EncodingType;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import loci.model.TokenCounter;

/** The token counters, one for each encoding and shared by all who ask for it. Thread-safe. */
public final class JtokkitCounters {

    private static final Map<EncodingType, JtokkitCounter> COUNTERS = new EnumMap<>(EncodingType.class);

    static {
        for (EncodingType type : EncodingType.values()) {
            COUNTERS.put(type, new JtokkitCounter(type));
        }
    }

    private JtokkitCounters() {}

    /**
     * The counter for an encoding; at once, for the encoding itself is read at the first count.
     *
     * @param name the encoding's name, such as {@code o200k_base}
     * @throws IllegalArgumentException naming the known encodings where this is none of them
     */
    public static TokenCounter forEncoding(String name) {
        return counter(name);
    }

    /**
     * Reads an encoding now, so that no message waits for it. Meant for a background thread at start.
     *
     * @throws IllegalArgumentException as {@link #forEncoding}
     */
    public static void load(String name) {
        counter(name).load();
    }

    private static JtokkitCounter counter(String name) {
        return EncodingType.fromName(name)
                .map(COUNTERS::get)
                .orElseThrow(() -> new IllegalArgumentException("no encoding named " + name + "; known are "
                        + Arrays.stream(EncodingType.values())
                                .map(EncodingType::getName)
                                .toList()));
    }
}
