package loci.discord;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where Discord shows a text as code, and so finds no mentions in it: blocks of three backticks, which may begin and end anywhere in a
 * line, and spans between two runs of the same number of backticks. A run that nothing closes is plain text. Linear in the text.
 */
final class CodeRanges {

    private static final String FENCE = "```";

    private final String text;
    private final BitSet code = new BitSet();
    /** Where each length of backtick run occurs, ascending. */
    private final Map<Integer, List<Integer>> runs = new HashMap<>();
    /** How many of those runs of a length lie behind. */
    private final Map<Integer, Integer> passed = new HashMap<>();

    private boolean moreFences = true;

    private CodeRanges(String text) {
        this.text = text;
    }

    /** The positions that are code, the backticks counted. */
    static BitSet of(String text) {
        CodeRanges ranges = new CodeRanges(text);
        ranges.noteRuns();
        ranges.read();
        return ranges.code;
    }

    private void noteRuns() {
        for (int i = text.indexOf('`'); i >= 0; i = text.indexOf('`', i)) {
            int end = runEnd(i);
            runs.computeIfAbsent(end - i, length -> new ArrayList<>()).add(i);
            i = end;
        }
    }

    private int runEnd(int start) {
        int end = start;
        while (end < text.length() && text.charAt(end) == '`') {
            end++;
        }
        return end;
    }

    private void read() {
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '\\') {
                i += 2;
            } else if (c == '`') {
                i = readRun(i);
            } else {
                i++;
            }
        }
    }

    private int readRun(int start) {
        // How long the run is matters for spans only; to measure it at each block of one long run would take its length
        // squared.
        int end = text.startsWith(FENCE, start) ? blockEnd(start) : -1;
        if (end < 0) {
            int open = runEnd(start);
            end = spanEnd(start, open);
            if (end < 0) {
                return open;
            }
        }
        code.set(start, end);
        return end;
    }

    private int blockEnd(int start) {
        int content = start + FENCE.length();
        int close = moreFences ? text.indexOf(FENCE, content + 1) : -1;
        if (close < 0) {
            moreFences = false;
            return -1;
        }
        return close + FENCE.length();
    }

    private int spanEnd(int start, int open) {
        int length = open - start;
        List<Integer> same = runs.getOrDefault(length, List.of());
        int next = passed.getOrDefault(length, 0);
        while (next < same.size() && same.get(next) < open) {
            next++;
        }
        passed.put(length, next);
        return next < same.size() ? same.get(next) + length : -1;
    }
}
