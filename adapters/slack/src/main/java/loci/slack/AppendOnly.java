package loci.slack;

import org.jspecify.annotations.Nullable;

/**
 * A reply on its way into a stream that can only be appended to: {@code chat.startStream}, {@code chat.appendStream},
 * {@code chat.stopStream}. It is given the text as it grows and yields what may be appended: never anything that what follows could change,
 * and all in all exactly what {@link SlackMarkup#streaming} makes of the whole. A line that may become part of a table waits for its end and
 * for the next one, the line of a fence for its end. Not thread-safe; its work is linear in the text, but for the line being written.
 */
final class AppendOnly {

    /** Characters that one message's {@code markdown_text} may have in all. */
    static final int LONGEST = 12_000;

    /** Kept free for the end of a block of code. */
    private static final int RESERVE = 100;

    private String source = "";
    /** Up to here the text has been dealt with, in whole lines. */
    private int done;
    /** How much of the line that begins there has been appended, as it is written and as it was rendered. */
    private int begun;

    private int begunRendered;
    private int appended;
    private boolean inTable;
    private boolean full;
    private @Nullable StreamFence fence;

    /**
     * What may be appended now; often empty.
     *
     * @param text all that may be shown by now, beginning with what it was at the last call; otherwise nothing is yielded
     */
    String next(String text) {
        if (full || !continues(text)) {
            return "";
        }
        source = text;
        StringBuilder out = new StringBuilder();
        int end = text.indexOf('\n', done);
        while (end >= 0 && !full && isSettled(end)) {
            whole(text.substring(done, end), true, out);
            end = text.indexOf('\n', done);
        }
        if (end < 0 && !full) {
            part(text.substring(done), out);
        }
        return out.toString();
    }

    /** The rest, when the whole reply is there; a block of code left open is closed. Where it does not continue what was said, nothing. */
    String finished(String reply) {
        if (full || !continues(reply)) {
            return "";
        }
        source = reply;
        StringBuilder out = new StringBuilder();
        int end = reply.indexOf('\n', done);
        while (end >= 0 && !full) {
            whole(reply.substring(done, end), true, out);
            end = reply.indexOf('\n', done);
        }
        if (!full) {
            whole(reply.substring(done), false, out);
        }
        StreamFence open = fence;
        if (open != null && !full) {
            out.append(source.endsWith("\n") ? "" : "\n").append(open.closing());
        }
        return out.toString();
    }

    /** Whether a text begins with all that was given here so far. */
    boolean continues(String text) {
        return text.startsWith(source);
    }

    /** True when the message holds all it can: the stream is to be stopped, and the {@link #rest} is for other messages. */
    boolean isFull() {
        return full;
    }

    /** What of a reply that continues the text has not been appended, in plain Markdown; a block of code goes on in it. */
    String rest(String reply) {
        String left = reply.substring(Math.min(reply.length(), done + begun));
        StreamFence open = fence;
        return open == null || left.isEmpty() ? left : open.opening() + "\n" + left;
    }

    /** Whether a line that is whole may go: the first of a table is known by the second. */
    private boolean isSettled(int end) {
        boolean tabular =
                fence == null && !inTable && source.substring(done, end).indexOf('|') >= 0;
        return !tabular || source.indexOf('\n', end + 1) >= 0;
    }

    private void whole(String line, boolean ended, StringBuilder out) {
        StreamFence open = fence;
        String rendered = open == null ? StreamLine.of(line) : StreamLine.inFence(line);
        String left = rendered.substring(begunRendered) + (ended ? "\n" : "");
        if (!fits(left, out)) {
            return;
        }
        out.append(left);
        appended += left.length();
        if (open == null) {
            fence = StreamFence.opened(line);
        } else if (open.isClosedBy(line)) {
            fence = null;
        }
        inTable = fence == null && open == null && line.indexOf('|') >= 0;
        done = Math.min(source.length(), done + line.length() + (ended ? 1 : 0));
        begun = 0;
        begunRendered = 0;
    }

    private void part(String line, StringBuilder out) {
        StreamFence open = fence;
        boolean waits = open == null
                ? inTable || line.indexOf('|') >= 0 || StreamFence.mayOpen(line)
                : open.mayBeClosedBy(line);
        if (waits) {
            return;
        }
        int to = open == null ? Unfinished.from(line) : Unfinished.inFence(line);
        if (to <= begun) {
            return;
        }
        String settled = line.substring(0, to);
        String rendered = open == null ? StreamLine.of(settled) : StreamLine.inFence(settled);
        String left = rendered.substring(Math.min(rendered.length(), begunRendered));
        if (fits(left, out)) {
            out.append(left);
            appended += left.length();
            begun = to;
            begunRendered = rendered.length();
        }
    }

    private boolean fits(String left, StringBuilder out) {
        if (appended + left.length() <= LONGEST - RESERVE) {
            return true;
        }
        full = true;
        StreamFence open = fence;
        if (open != null) {
            boolean atMargin = begun == 0;
            out.append(atMargin ? "" : "\n").append(open.closing());
        }
        return false;
    }
}
