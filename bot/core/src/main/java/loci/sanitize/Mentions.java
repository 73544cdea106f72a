package loci.sanitize;

/**
 * Makes mentions inert by putting one full-width sign where the working one stood: {@code ＠everyone}, {@code <＠123>},
 * {@code <！channel>}. It reads the same, no platform acts on it, and the text keeps its length. Mentions in code are
 * treated alike, since what is code on one platform is not on another. Plain {@code @name} pings nobody and stays.
 *
 * <p>Sources: Discord "Message Formatting" and allowed mentions; Slack "Formatting text for app surfaces".
 */
final class Mentions {
    /** Taken even inside a word, as Discord does. */
    private static final String[] MASS = {"@everyone", "@here"};

    /** Taken only as a word of its own: {@code @channel} pings only where names are linked. */
    private static final String[] WORDS = {"@channel", "@group"};

    private static final String[] COMMANDS = {"<!channel", "<!here", "<!everyone", "<!group", "<!subteam", "<!@"};

    private static final int LONGEST = 10;

    private Mentions() {}

    static String neutralise(String text) {
        StringBuilder out = new StringBuilder(text);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c == '@' && isMass(text, i))
                    || (c == '@' && i > 0 && text.charAt(i - 1) == '<' && isPerson(text, i))) {
                out.setCharAt(i, '＠');
            } else if (c == '!' && i > 0 && text.charAt(i - 1) == '<' && startsWithAny(text, i - 1, COMMANDS)) {
                out.setCharAt(i, '！');
            }
        }
        return out.toString();
    }

    /** Where a mention may have begun that the end of the text leaves unfinished; the length when none did. */
    static int pending(String text) {
        for (int i = Math.max(0, text.length() - LONGEST); i < text.length(); i++) {
            String tail = text.substring(i);
            if (isPrefixOfAny(tail, MASS)
                    || isPrefixOfAny(tail, WORDS)
                    || isPrefixOfAny(tail, COMMANDS)
                    || tail.equals("<@!")
                    || tail.equals("<@&")
                    || tail.equals("<@")) {
                return i;
            }
        }
        return text.length();
    }

    private static boolean isMass(String text, int at) {
        if (startsWithAny(text, at, MASS)) {
            return true;
        }
        for (String word : WORDS) {
            int end = at + word.length();
            boolean apart = (at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1)))
                    && (end >= text.length() || !Character.isLetterOrDigit(text.charAt(end)));
            if (apart && text.regionMatches(true, at, word, 0, word.length())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPerson(String text, int at) {
        int id = at + 1;
        if (id < text.length() && (text.charAt(id) == '!' || text.charAt(id) == '&')) {
            id++;
        }
        return id < text.length() && Ascii.isAlnum(text.charAt(id));
    }

    private static boolean startsWithAny(String text, int at, String[] starts) {
        for (String start : starts) {
            if (text.regionMatches(true, at, start, 0, start.length())) {
                return true;
            }
        }
        return false;
    }

    /** A whole word that needs its right-hand neighbour counts as unfinished too. */
    private static boolean isPrefixOfAny(String tail, String[] whole) {
        for (String word : whole) {
            if (word.regionMatches(true, 0, tail, 0, tail.length())) {
                return true;
            }
        }
        return false;
    }
}
