package loci.slack;

import java.util.ArrayList;
import java.util.List;
import loci.sanitize.ReplySplitter;
import org.jspecify.annotations.Nullable;

/**
 * A reply as the messages it becomes.
 *
 * @param messages rendered, each short enough for the {@code text} of one message; not empty
 * @param file the whole reply in plain Markdown where it is too long for messages, else null; it goes with the first and only message
 */
record SlackParts(List<String> messages, @Nullable String file) {

    /**
     * UTF-16 units of mrkdwn in one message, entities counted as they are written. Slack advises less than 4,000 for
     * {@code chat.postMessage} and refuses more in {@code chat.update}, see
     * <a href="https://docs.slack.dev/reference/methods/chat.update">chat.update</a>.
     */
    static final int LONGEST = 3_900;

    /** More messages in a row would push everything else off the screen. */
    static final int MOST_MESSAGES = 5;

    private static final String IN_THE_FILE = "\n\n_… This answer is long: all of it is in the file._";

    private static final String CUT = "\n\n_… This answer is too long to show here, and I may not attach files here._";

    private static final String GOES_ON = " …";

    /** @param markdown a reply in Loci's plain Markdown; not blank */
    static SlackParts of(String markdown) {
        String rendered = SlackMarkup.rendered(markdown);
        List<String> messages = split(rendered, LONGEST);
        if (messages.isEmpty()) {
            return new SlackParts(List.of("(nothing that Slack can show)"), null);
        }
        if (messages.size() <= MOST_MESSAGES) {
            return new SlackParts(messages, null);
        }
        String beginning = split(rendered, LONGEST - IN_THE_FILE.length()).getFirst();
        return new SlackParts(List.of(beginning + IN_THE_FILE), markdown);
    }

    /** As far as it goes without a file. */
    static SlackParts cut(String markdown) {
        List<String> messages = split(SlackMarkup.rendered(markdown), LONGEST - CUT.length());
        if (messages.size() <= MOST_MESSAGES) {
            return messages.isEmpty() ? of(markdown) : new SlackParts(messages, null);
        }
        List<String> shown = new ArrayList<>(messages.subList(0, MOST_MESSAGES));
        shown.set(MOST_MESSAGES - 1, shown.getLast() + CUT);
        return new SlackParts(List.copyOf(shown), null);
    }

    /** The beginning of a reply that is still being written, as it can be shown in one message; empty where nothing can be. */
    static String beginning(String markdown) {
        List<String> messages = split(SlackMarkup.rendered(markdown), LONGEST - GOES_ON.length());
        return messages.isEmpty() ? "" : messages.getFirst() + (messages.size() > 1 ? GOES_ON : "");
    }

    /** Rendered text in pieces that each fit, marks and fences whole. */
    static List<String> split(String mrkdwn, int limit) {
        Whole whole = Whole.of(mrkdwn);
        return ReplySplitter.split(whole.text(), limit, whole::length).stream()
                .map(whole::restored)
                .toList();
    }
}
