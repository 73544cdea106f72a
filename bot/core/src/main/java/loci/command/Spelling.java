package loci.command;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what someone probably meant to write. Pure. */
public final class Spelling {

    /** Longer than any name there is; a limit, because the distance costs length times length. */
    private static final int LONGEST = 80;

    private Spelling() {}

    /** Returns the candidate nearest to what was written, unless none is near; letter case and separators do not count. */
    public static Optional<String> closest(String written, Collection<String> candidates) {
        String bare = bare(written);
        if (bare.isEmpty() || bare.length() > LONGEST) {
            return Optional.empty();
        }
        return candidates.stream()
                .filter(candidate -> distance(bare, bare(candidate)) <= Math.max(1, bare.length() / 3))
                .min(Comparator.comparingInt((String candidate) -> distance(bare, bare(candidate)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static String bare(String name) {
        return name.replaceAll("[_.\\-]", "").toLowerCase(Locale.ROOT);
    }

    /** Levenshtein's distance, row by row. */
    private static int distance(String from, String to) {
        int[] above = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            above[column] = column;
        }
        for (int row = 1; row <= from.length(); row++) {
            int[] here = new int[to.length() + 1];
            here[0] = row;
            for (int column = 1; column <= to.length(); column++) {
                int changed = above[column - 1] + (from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1);
                here[column] = Math.min(changed, Math.min(above[column], here[column - 1]) + 1);
            }
            above = here;
        }
        return above[to.length()];
    }
}
