package loci.openai;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Drops the reasoning that local servers leave at the head of the content, as {@code <think>…</think>}, also where it arrives in pieces.
 *
 * <p>Only blocks at the very beginning are dropped, blanks around them included: later on the same characters are somebody's words. A block
 * never closed is reasoning to its end. Used by one thread.
 */
final class ThoughtFilter {

    private static final List<String> NAMES = List.of("think", "thinking", "thought");
    private static final int LONGEST_TAG = "</thinking>".length();

    /** Text not yet known to be content: a possible opening tag, or the tail of a thought that may hold part of the closing one. */
    private final StringBuilder held = new StringBuilder();

    private @Nullable String closing;
    private boolean open;
    private boolean afterThought;

    /** Takes the next piece and returns what of it, and of what was held back, is certainly content; possibly empty. */
    String take(String piece) {
        if (open) {
            return piece;
        }
        held.append(piece);
        while (true) {
            if (closing != null && !skipThought(closing)) {
                return "";
            }
            int start = firstInk();
            String opening = openingAt(start);
            if (opening == null) {
                return mayBecomeTag(start) ? "" : release();
            }
            held.delete(0, start + opening.length());
            closing = "</" + opening.substring(1);
        }
    }

    /** What was held back and turned out to be content when nothing more came. */
    String finish() {
        return open || closing != null ? "" : release();
    }

    /**
     * Some templates put the opening tag into the prompt, so that the content begins inside the thought. Once the text is whole this can be
     * seen: a closing tag alone on its line, with no opening one before it.
     */
    static String withoutOrphanThought(String text) {
        int close = text.indexOf("</think>\n");
        boolean atLineStart = close == 0 || (close > 0 && text.charAt(close - 1) == '\n');
        return atLineStart && !text.substring(0, close).contains("<think")
                ? text.substring(close + "</think>".length()).stripLeading()
                : text;
    }

    private boolean skipThought(String tag) {
        int end = held.indexOf(tag);
        if (end < 0) {
            held.delete(0, Math.max(0, held.length() - LONGEST_TAG));
            return false;
        }
        held.delete(0, end + tag.length());
        closing = null;
        afterThought = true;
        return true;
    }

    private int firstInk() {
        int i = 0;
        while (i < held.length() && Character.isWhitespace(held.charAt(i))) {
            i++;
        }
        return i;
    }

    private @Nullable String openingAt(int start) {
        for (String name : NAMES) {
            String tag = "<" + name + ">";
            if (held.indexOf(tag, start) == start) {
                return tag;
            }
        }
        return null;
    }

    /** Blanks are held back too, but not without end. */
    private boolean mayBecomeTag(int start) {
        String rest = held.substring(start, Math.min(held.length(), start + LONGEST_TAG));
        return held.length() < 1_000 && NAMES.stream().anyMatch(name -> ("<" + name + ">").startsWith(rest));
    }

    private String release() {
        open = true;
        String content = afterThought ? held.substring(firstInk()) : held.toString();
        held.setLength(0);
        return content;
    }
}
