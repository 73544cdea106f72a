package loci.sanitize;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Replacements in one text that do not overlap, collected in any order and applied at once. */
final class Edits {
    private record Edit(int from, int to, String replacement) {}

    private final List<Edit> edits = new ArrayList<>();

    void replace(int from, int to, String replacement) {
        edits.add(new Edit(from, to, replacement));
    }

    /** The text up to {@code end} with every replacement that begins before it. */
    String apply(String text, int end) {
        edits.sort(Comparator.comparingInt(Edit::from));
        StringBuilder out = new StringBuilder(end + 16);
        int done = 0;
        for (Edit edit : edits) {
            if (edit.from >= end || edit.from < done) {
                continue;
            }
            out.append(text, done, edit.from).append(edit.replacement);
            done = edit.to;
        }
        return done < end ? out.append(text, done, end).toString() : out.toString();
    }
}
