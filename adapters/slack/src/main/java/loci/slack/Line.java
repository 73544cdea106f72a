package loci.slack;

/**
 * One line of what a message shows.
 *
 * @param text mrkdwn; {@link Sign}s in it are settled when all lines are there, except in code
 * @param isCode whether it belongs to a block of code, its fences included, and so stands at the margin as it is
 */
record Line(String text, boolean isCode) {

    private static final String QUOTE = "> ";

    static Line text(String text) {
        return new Line(text, false);
    }

    static Line code(String text) {
        return new Line(text, true);
    }

    /** Slack reads one level of quotes, at the margin only; a block of code stands between the parts of a quote. */
    Line quoted() {
        boolean already = isCode || text.startsWith(QUOTE) || text.equals(QUOTE.strip());
        return already ? this : text((QUOTE + text).stripTrailing());
    }

    Line behind(String before) {
        if (isCode || text.isEmpty()) {
            return this;
        }
        return text.startsWith(QUOTE) ? text(QUOTE + before + text.substring(QUOTE.length())) : text(before + text);
    }

    String settled() {
        return isCode ? text : Marks.settled(text);
    }
}
