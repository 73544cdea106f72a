package loci.memory;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the bot's words that repeat what is to be forgotten.
 *
 * <p>A reply quotes erased messages when it holds a distinctive word of theirs: one that no remaining message of a person holds, and
 * that is not among the commonest words of the language. This errs on the side of forgetting: a reply that used such a word by chance
 * goes too, and the preview counts it.
 *
 * <p>Usage: tell it every message of a person, erased or remaining, and then ask about replies. Not thread-safe.
 */
public final class Quotes {

    /** Letters and digits of any script, with the marks, apostrophes, dots and dashes that stand inside a word. */
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}\\p{M}'’._@-]*");

    private static final int SHORTEST_WORD = 3;

    /** So common in English that sharing them says nothing. */
    private static final Set<String> COMMON = new HashSet<>(List.of((
            "the and for are but not you all any can had her was one our out has him his how its may new now old "
            + "see two way who did get let say she too use that with have this will your from they know want been "
            + "good much some time very when come here just like long make many more only over such take than them "
            + "well were what which would there their about could other into then these also after first where "
            + "most should because does doing done each even every going i'm it's i'll i've don't let's that's "
            + "you're back being before between both down find give got great help i'd keep last look made might "
            + "must need never next nothing off once own part please really right said same still sure tell thank "
            + "thanks thing things think those though through today under until upon used using went while why "
            + "without work yes yet again always am an as at be by do go he if in is it me my no of on or so to up "
            + "us we hello hey hi")
            .split(" ")));

    private final Set<String> erased = new HashSet<>();
    private final Set<String> remaining = new HashSet<>();

    /** Takes note of a person's message that is to be erased. */
    public void erased(String text) {
        collect(text, erased);
    }

    /** Takes note of a person's message that stays. */
    public void remaining(String text) {
        collect(text, remaining);
    }

    /** Returns whether a reply of the bot holds a distinctive word of an erased message. */
    public boolean quotes(String reply) {
        Set<String> words = new HashSet<>();
        collect(reply, words);
        return words.stream().anyMatch(word -> erased.contains(word) && !remaining.contains(word));
    }

    private static void collect(String text, Set<String> into) {
        Matcher words = WORD.matcher(text);
        while (words.find()) {
            String word = trimmed(words.group().toLowerCase(Locale.ROOT));
            if (isTelling(word) && !COMMON.contains(word)) {
                into.add(word);
            }
        }
    }

    private static String trimmed(String word) {
        int end = word.length();
        while (end > 0 && !Character.isLetterOrDigit(word.charAt(end - 1)) && !Character.isSurrogate(word.charAt(end - 1))) {
            end--;
        }
        String bare = word.substring(0, end);
        return bare.endsWith("'s") || bare.endsWith("’s") ? bare.substring(0, bare.length() - 2) : bare;
    }

    /** Short words say little, except where a script writes words in one or two signs, or where digits are in them. */
    private static boolean isTelling(String word) {
        return word.length() >= SHORTEST_WORD
                || word.codePoints().anyMatch(c -> Character.isDigit(c) || Character.isIdeographic(c));
    }
}
