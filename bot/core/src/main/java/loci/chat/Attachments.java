package loci.chat;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How what is attached to a message stands in its text, the same on all platforms: images and other files by name, the words of text files
 * whole. So they are remembered, condensed and forgotten with the message. Pure.
 */
public final class Attachments {

    private static final String IMAGE = "[image ";
    private static final int LONGEST_NAME = 100;
    private static final Pattern NAMED = Pattern.compile("\\[file [^\\[\\]]+(?<!:)]");
    private static final Pattern UNSAFE = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\[\\]]+");

    private Attachments() {}

    /** Returns the sign of an image, of which models that see are shown more. */
    public static String image(String name) {
        return IMAGE + safe(name) + "]";
    }

    /** Returns the sign of a file that is not read. */
    public static String file(String name) {
        return "[file " + safe(name) + "]";
    }

    /** Returns the sign of a sticker. */
    public static String sticker(String name) {
        return "[sticker " + safe(name) + "]";
    }

    /**
     * Returns a text file's words under its name.
     *
     * @param cut whether the words are only its beginning
     */
    public static String text(String name, String words, boolean cut) {
        String safe = safe(name);
        return begin(safe) + words.strip() + (cut ? left(safe) : end(safe));
    }

    private static String begin(String safe) {
        return "[file " + safe + ":]\n";
    }

    private static String end(String safe) {
        return "\n[end of " + safe + "]";
    }

    private static String left(String safe) {
        return "\n[the rest of " + safe + " is left out]";
    }

    /**
     * Returns a message's new text with the words of those files that it still has and that could not be read again: nobody took them back.
     *
     * @param before the text as it was
     * @param now the text as it is, with such files by name alone
     */
    public static String kept(String before, String now) {
        return Arrays.stream(now.split("\n", -1))
                .map(line -> NAMED.matcher(line).matches() ? words(before, line) : line)
                .collect(Collectors.joining("\n"));
    }

    /** What stood in a text for a file that is only named now; the name alone where no words of it did. */
    private static String words(String text, String sign) {
        String safe = sign.substring("[file ".length(), sign.length() - 1);
        int from = text.indexOf(begin(safe));
        if (from < 0 || (from > 0 && text.charAt(from - 1) != '\n')) {
            return sign;
        }
        int end = text.indexOf(end(safe), from);
        int left = text.indexOf(left(safe), from);
        if (end < 0 && left < 0) {
            return sign;
        }
        boolean whole = left < 0 || (end >= 0 && end < left);
        return text.substring(
                from, whole ? end + end(safe).length() : left + left(safe).length());
    }

    /** Whether a message's text may name images: false where it surely has none. */
    public static boolean mayShowImages(String text) {
        return text.contains(IMAGE);
    }

    private static String safe(String name) {
        String clean = UNSAFE.matcher(name).replaceAll(" ").strip();
        if (clean.isEmpty()) {
            return "without a name";
        }
        int end = Math.min(clean.length(), LONGEST_NAME);
        return clean.substring(0, Character.isHighSurrogate(clean.charAt(end - 1)) ? end - 1 : end);
    }
}
