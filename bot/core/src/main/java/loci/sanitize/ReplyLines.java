package loci.sanitize;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lines of a reply, and which fenced code block each stands in. Positions are UTF-16 indices. Immutable. */
final class ReplyLines {
    private final String text;
    private final int[] starts;
    /** The block that is open before each line, or null. */
    private final List<@Nullable FenceLine> before;
    /** Whether each line opens or closes a block. */
    private final boolean[] fences;

    ReplyLines(String text) {
        this.text = text;
        int count = 1 + Ascii.count(text, 0, text.length(), c -> c == '\n');
        starts = new int[count];
        before = new ArrayList<>(count);
        fences = new boolean[count];
        FenceLine open = null;
        int from = 0;
        for (int i = 0; i < count; i++) {
            int newline = text.indexOf('\n', from);
            String line = text.substring(from, newline < 0 ? text.length() : newline);
            starts[i] = from;
            before.add(open);
            if (open == null) {
                open = FenceLine.opening(line);
                fences[i] = open != null;
            } else if (open.isClosedBy(line)) {
                open = null;
                fences[i] = true;
            }
            from = newline + 1;
        }
    }

    /** The block that a cut at this position would divide, or null. */
    @Nullable
    FenceLine openAt(int position) {
        int line = lineAt(position);
        boolean opening = fences[line] && before.get(line) == null;
        return opening && position > starts[line] ? null : before.get(line);
    }

    boolean startsLine(int position) {
        return position == 0 || text.charAt(position - 1) == '\n';
    }

    /** True inside the line that opens or closes a block, which must stay whole. */
    boolean insideFenceLine(int position) {
        int line = lineAt(position);
        return fences[line] && position > starts[line];
    }

    /** True where a part would end right after the line that opens a block, or begin with the one that closes it. */
    boolean leavesEmptyBlock(int lineStart) {
        int line = lineAt(lineStart);
        boolean closesNext = fences[line] && before.get(line) != null;
        boolean justOpened = line > 0 && fences[line - 1] && before.get(line) != null;
        return closesNext || justOpened;
    }

    /** True between blocks: after a blank line, and at either edge of fenced code. */
    boolean startsParagraph(int lineStart) {
        int line = lineAt(lineStart);
        if (before.get(line) != null || line == 0) {
            return false;
        }
        boolean afterBlank = text.substring(starts[line - 1], lineStart).isBlank();
        return afterBlank || fences[line] || fences[line - 1];
    }

    private int lineAt(int position) {
        int found = Arrays.binarySearch(starts, position);
        return found >= 0 ? found : -found - 2;
    }
}
