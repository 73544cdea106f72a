package loci.transcript;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a transcript: all of it is counted, the beginning is told. Not thread-safe. */
final class Problems {

    static final int MOST_TOLD = 20;
    private static final int LONGEST_QUOTE = 60;

    private final String file;
    private final List<String> told = new ArrayList<>();
    private int count;

    Problems(String file) {
        this.file = file;
    }

    /**
     * Adds one.
     *
     * @param place {@code line 12} or {@code entries[3].role}
     * @param wrong what is wrong, with what was expected
     */
    void add(String place, String wrong) {
        if (count++ < MOST_TOLD) {
            told.add(file + ": " + (place.isEmpty() ? "" : place + ": ") + wrong);
        }
    }

    boolean any() {
        return count > 0;
    }

    List<String> told() {
        List<String> all = new ArrayList<>(told);
        if (count > MOST_TOLD) {
            all.add(file + ": and " + (count - MOST_TOLD) + " more");
        }
        return all;
    }

    /** What was found, short and on one line. */
    static String quoted(String text) {
        String line = text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]", "?");
        return line.length() <= LONGEST_QUOTE ? "\"" + line + "\"" : "\"" + line.substring(0, LONGEST_QUOTE) + "…\"";
    }
}
