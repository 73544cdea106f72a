package loci.memory;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
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
 * goes too, and the preview counts it. Scripts that put no spaces between words are compared by a few signs at a time. What it cannot
 * see is a quotation in other words, in another language, or in another inflection.
 *
 * <p>Usage: tell it every message of a person, erased or remaining, and then ask about replies. Not thread-safe.
 */
public final class Quotes {

    /**
     * Letters and digits of any script, with the apostrophes, dots, dashes and at-signs that stand between them. Possessive, so that a word
     * of a hundred thousand parts takes no stack.
     */
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]++(?:['._@-]++[\\p{L}\\p{N}]++)*+");

    private static final Pattern SEAM = Pattern.compile("['._@-]+");
    private static final Pattern UNSEEN = Pattern.compile("[\\p{M}\\p{Cf}]");
    private static final Pattern ENDING = Pattern.compile("(?:n't|'(?:s|re|ve|ll|d|m))$");

    private static final int SHORTEST_WORD = 2;

    /** Parts of an address or a compound are told by less than whole words are: "com", or the "20" of a date. */
    private static final int SHORTEST_PART = 3;

    /** So common in English that sharing them says nothing. */
    private static final Set<String> COMMON = new HashSet<>(List.of(
            ("the and for are but not you all any can had her was one our out has him his how its may new now old see"
                + " two way who did get let say she too use that with have this will your from they know want been"
                + " good much some time very when come here just like long make many more only over such take than"
                + " them well were what which would there their about could other into then these also after first"
                + " where most should because does doing done each even every going i'm it's i'll i've don't let's"
                + " that's you're back being before between both down find give got great help i'd keep last look made"
                + " might must need never next nothing off once own part please really right said same still sure tell"
                + " thank thanks thing things think those though through today under until upon used using went while"
                + " why without work yes yet again always am an as at be by do go he if in is it me my no of on or so"
                + " to up us we hello hey hi ok oh ah um eh ha ca wo etc vs")
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
        Matcher words = WORD.matcher(plain(text));
        while (words.find()) {
            String word = ENDING.matcher(words.group()).replaceFirst("");
            if (COMMON.contains(word)) {
                continue;
            }
            String[] parts = SEAM.split(word, -1);
            for (String part : parts) {
                addPieces(part, into);
                if (part.length() >= SHORTEST_PART && !COMMON.contains(part)) {
                    into.add(part);
                }
            }
            if (word.length() >= SHORTEST_WORD || word.codePoints().anyMatch(Quotes::tellsAlone)) {
                into.add(word);
            }
        }
    }

    /** Text as its words are compared: case, accents, width, invisible characters and curly apostrophes make no difference. */
    private static String plain(String text) {
        String apart = Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFKD);
        String bare = UNSEEN.matcher(apart).replaceAll("").replace('’', '\'');
        return Normalizer.normalize(bare, Normalizer.Form.NFC);
    }

    private static boolean tellsAlone(int point) {
        return Character.isDigit(point) || Character.isIdeographic(point);
    }

    /** Adds the pieces by which writing without spaces between words is compared: every few signs of one script in a row. */
    private static void addPieces(String word, Set<String> into) {
        int[] points = word.codePoints().toArray();
        int start = 0;
        for (int end = 1; end <= points.length; end++) {
            int size = pieceSize(points[start]);
            if (end < points.length && pieceSize(points[end]) == size && script(points[end]) == script(points[start])) {
                continue;
            }
            if (size > 0 && end - start <= size) {
                into.add(new String(points, start, end - start));
            }
            for (int at = start; size > 0 && at + size <= end; at++) {
                into.add(new String(points, at, size));
            }
            start = end;
        }
    }

    private static UnicodeScript script(int point) {
        return UnicodeScript.of(point);
    }

    /** How many signs of a script say about as much as a word; 0 where spaces part the words. */
    private static int pieceSize(int point) {
        return switch (script(point)) {
            case HAN, HANGUL -> 2;
            case HIRAGANA, KATAKANA -> 3;
            case THAI, LAO, KHMER, MYANMAR -> 4;
            default -> 0;
        };
    }
}
