package loci.discord;

import java.util.ArrayList;
import java.util.List;
import loci.sanitize.ReplySplitter;
import org.jspecify.annotations.Nullable;

/**
 * A reply as the messages it becomes.
 *
 * @param messages rendered, each short enough for one message; not empty
 * @param file the whole reply in plain Markdown where it is too long for messages, else null; it goes with the first and only message
 */
record DiscordParts(List<String> messages, @Nullable String file) {

    /** What Discord takes in one message: code points, as its staff says (discord-api-docs, issue 1315) and JDA counts too. */
    static final int LONGEST = 2_000;

    /** More messages in a row would push everything else off the screen. */
    static final int MOST_MESSAGES = 5;

    private static final String IN_THE_FILE = "\n\n-# … This answer is long: all of it is in the file.";

    private static final String CUT = "\n\n-# … This answer is too long to show here, and I may not attach files here.";

    /** @param text a reply in Loci's plain Markdown; not blank */
    static DiscordParts of(String text) {
        List<String> messages = split(DiscordMarkup.rendered(text), LONGEST);
        if (messages.isEmpty()) {
            return new DiscordParts(List.of("(nothing that Discord can show)"), null);
        }
        if (messages.size() <= MOST_MESSAGES) {
            return new DiscordParts(messages, null);
        }
        String beginning = split(DiscordMarkup.rendered(text), LONGEST - IN_THE_FILE.length())
                .getFirst();
        return new DiscordParts(List.of(beginning + IN_THE_FILE), text);
    }

    /** As far as it goes without a file. */
    static DiscordParts cut(String text) {
        List<String> messages = split(DiscordMarkup.rendered(text), LONGEST - CUT.length());
        if (messages.size() <= MOST_MESSAGES) {
            return new DiscordParts(messages, null);
        }
        List<String> shown = new ArrayList<>(messages.subList(0, MOST_MESSAGES));
        shown.set(MOST_MESSAGES - 1, shown.getLast() + CUT);
        return new DiscordParts(List.copyOf(shown), null);
    }

    /** The beginning of a reply that is still being written, as it can be shown in one message; empty where nothing can be. */
    static String beginning(String text) {
        String sign = " …";
        List<String> messages = split(DiscordMarkup.rendered(text), LONGEST - sign.length());
        return messages.isEmpty() ? "" : messages.getFirst() + (messages.size() > 1 ? sign : "");
    }

    private static List<String> split(String rendered, int limit) {
        return ReplySplitter.split(rendered, limit, text -> text.codePointCount(0, text.length()));
    }
}
