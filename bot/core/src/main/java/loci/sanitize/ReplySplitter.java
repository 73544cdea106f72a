package loci.sanitize;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/** Cuts a rendered reply into parts that fit a platform's message. First form; seams are being refined. */
public final class ReplySplitter {
    private ReplySplitter() {}

    public static List<String> split(String rendered, int limit) {
        return split(rendered, limit, String::length);
    }

    public static List<String> split(String rendered, int limit, ToIntFunction<String> length) {
        List<String> parts = new ArrayList<>();
        String rest = rendered;
        while (!VisibleText.isBlank(rest)) {
            int end = Math.min(rest.length(), limit);
            while (length.applyAsInt(rest.substring(0, end)) > limit) {
                end--;
            }
            end = Math.max(1, Graphemes.floor(rest, end));
            parts.add(rest.substring(0, end));
            rest = rest.substring(end);
        }
        return parts;
    }
}
