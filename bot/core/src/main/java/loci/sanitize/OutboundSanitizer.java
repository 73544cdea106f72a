package loci.sanitize;

import java.util.BitSet;

/**
 * Makes a model's reply safe to send to any platform: nothing in it can ping, fetch, run, hide where a link goes, or pass
 * for the prompt's own structure. Every change is visible: a full-width sign where a working one stood ({@code ＠everyone}),
 * an address in plain sight. Mentions are made inert in code too; links in code are left as they are where all platforms
 * agree that it is code. A fence left open is closed. Previews of plain addresses are the adapters' to switch off.
 * Stateless; linear time.
 */
public final class OutboundSanitizer {
    private final String mark;
    private final StringBuilder out = new StringBuilder();
    private final CodeSpans code = new CodeSpans();
    /** Where, inside a fence still open, the first line stands that would be changed were it no code; -1 when none. */
    private int doubtful = -1;

    private OutboundSanitizer(String mark) {
        this.mark = mark;
    }

    /**
     * The reply as it may be sent; empty when nothing visible is left.
     *
     * @param mark the conversation's fence mark, blank when there is none
     */
    public static String reply(String modelText, String mark) {
        OutboundSanitizer reply = new OutboundSanitizer(mark);
        reply.lines(VisibleText.of(modelText), true);
        if (reply.code.isFenceOpen()) {
            boolean atLineStart = reply.out.isEmpty() || reply.out.charAt(reply.out.length() - 1) == '\n';
            reply.out.append(atLineStart ? "" : "\n").append(reply.code.closing());
        }
        String text = reply.out.toString();
        return VisibleText.isBlank(text) ? "" : text;
    }

    /**
     * The longest prefix that is safe to show while the model still writes. For every text that begins with
     * {@code partialModelText}, this is a prefix of {@link #reply} of that text, and it never gets shorter as the text grows.
     */
    public static String shown(String partialModelText, String mark) {
        OutboundSanitizer reply = new OutboundSanitizer(mark);
        reply.lines(VisibleText.of(partialModelText), false);
        String text = reply.out.substring(
                0, reply.doubtful >= 0 ? Math.min(reply.doubtful, reply.out.length()) : reply.out.length());
        text = withoutLastCluster(text);
        return VisibleText.isBlank(text) ? "" : text;
    }

    private void lines(String text, boolean finished) {
        int from = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
            line(text.substring(from, end), true, true);
            from = end + 1;
        }
        line(text.substring(from), finished, false);
    }

    private void line(String raw, boolean complete, boolean ended) {
        MarkLines.Stripped stripped = MarkLines.strip(raw, mark, complete);
        if (stripped.dropped() || stripped.undecided()) {
            return;
        }
        String line = stripped.text();
        CodeSpans.Line read = code.read(line, complete);
        int settled = Math.min(
                complete ? line.length() : read.unresolved(), complete ? line.length() : Marks.pending(line, mark));
        String safe = Links.rewrite(line, read.code(), complete, settled);
        noteDoubt(read, line, complete, settled);
        String inert = Mentions.neutralise(safe);
        out.append(inert, 0, complete ? inert.length() : Mentions.pending(safe));
        if (ended) {
            out.append('\n');
        }
    }

    /** A fence not yet closed is no code on platforms that wait for its end, so what is doubtful in it is not shown yet. */
    private void noteDoubt(CodeSpans.Line read, String line, boolean complete, int settled) {
        if (!code.insideFence()) {
            doubtful = -1;
        } else if (read.wholeLine() && doubtful < 0) {
            String otherwise = Links.rewrite(line, new BitSet(), complete, settled);
            int same = 0;
            while (same < otherwise.length() && same < settled && otherwise.charAt(same) == line.charAt(same)) {
                same++;
            }
            doubtful = same < settled ? out.length() + same : -1;
        }
    }

    /** What is not ASCII may yet be joined by what comes next: a flag's other half, a skin tone, an accent. */
    private static String withoutLastCluster(String text) {
        if (text.isEmpty() || text.charAt(text.length() - 1) < 0x80) {
            return text;
        }
        int cluster = Graphemes.floor(text, text.length() - 1);
        boolean shownBefore = text.charAt(cluster) < 0x80; // an accent on a letter: the letter was on show already
        return text.substring(0, shownBefore ? cluster + 1 : cluster);
    }
}
