package loci.slack;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An open block of code in Markdown that is being streamed.
 *
 * @param opening the line that opens it
 * @param before what closes and reopens it at the same place: the signs of quotes and the indentation before the fence
 * @param fence its backticks or tildes
 */
record StreamFence(String opening, String before, String fence) {

    private static final Pattern OPENING =
            Pattern.compile("^(?<before>[ \\t>]{0,40}(?:(?:[-*+]|[0-9]{1,9}[.)])[ \\t]{1,8})?)"
                    + "(?:(?<ticks>`{3,}+)[^`]*+|(?<tildes>~{3,}+).*+)$");

    /** What may become such a line. */
    private static final Pattern BEGINNING = Pattern.compile(
            "^[ \\t>]{0,40}(?:(?:[-*+]|[0-9]{1,9}[.)])[ \\t]{1,8})?(?:`{1,2}+$|`{3,}+[^`]*+$|~{1,2}+$|~{3,}+.*+$)");

    /** The block that a whole line opens, or null. */
    static @Nullable StreamFence opened(String line) {
        Matcher opening = OPENING.matcher(line);
        if (!opening.matches()) {
            return null;
        }
        String ticks = opening.group("ticks");
        String before = opening.group("before").replaceAll("[^>\\s]", " ");
        return new StreamFence(line, before, ticks != null ? ticks : opening.group("tildes"));
    }

    static boolean mayOpen(String beginning) {
        return BEGINNING.matcher(beginning).matches();
    }

    boolean isClosedBy(String line) {
        String run = signs(line);
        return run.length() >= fence.length() && run.chars().allMatch(c -> c == fence.charAt(0));
    }

    /** Whether what is there of a line may become the one that closes the block. */
    boolean mayBeClosedBy(String beginning) {
        return signs(beginning).chars().allMatch(c -> c == fence.charAt(0));
    }

    private static String signs(String line) {
        int start = 0;
        while (start < line.length() && " \t>".indexOf(line.charAt(start)) >= 0) {
            start++;
        }
        return line.substring(start).strip();
    }

    String closing() {
        return before + fence;
    }
}
