package loci.chat;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How what is attached to a message stands in its text, the same on all platforms: images and other files by name, the words of text files
 * whole. So they are remembered, condensed and forgotten with the message. Pure.
 */
public final class Attachments {

    private static final String IMAGE = "[image ";
    private static final int LONGEST_NAME = 100;

    /** More than any message has files: only somebody who writes such signs by hand has more, and each is looked for in all of a text. */
    private static final int MOST_NAMED = 20;

    private static final String FILE = "[file ";
    private static final Pattern NAMED = Pattern.compile("\\[file [^\\[\\]]+(?<!:)]");
    private static final Pattern UNSAFE = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\[\\]]+");

    private Attachments() {}

    /** Returns the sign of an image, of which models that see are shown more. */
    public static String image(String name) {
        return IMAGE + safe(name) + "]";
    }

    /** Returns the sign of a file that is not read. */
    public static String file(String name) {
        return FILE + safe(name) + "]";
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
        return FILE + safe + ":]\n";
    }

    private static String end(String safe) {
        return "\n[end of " + safe + "]";
    }

    private static String left(String safe) {
        return "\n[the rest of " + safe + " is left out]";
    }

    /**
     * Returns a message's new text with the words of those files that it still has and that could not be read again: nobody took them back.
     * Files of one name cannot be told apart, and keep none.
     *
     * @param before the text as it was
     * @param now the text as it is, with such files by name alone
     */
    public static String kept(String before, String now) {
        List<String> lines = List.of(now.split("\n", -1));
        long named =
                lines.stream().filter(line -> NAMED.matcher(line).matches()).count();
        if (named == 0 || named > MOST_NAMED) {
            return now;
        }
        return lines.stream()
                .map(line -> NAMED.matcher(line).matches() && isOnly(line, lines) ? words(before, line) : line)
                .collect(Collectors.joining("\n"));
    }

    private static boolean isOnly(String sign, List<String> lines) {
        String read = begin(safeIn(sign)).strip();
        return lines.stream()
                        .filter(line -> line.equals(sign) || line.equals(read))
                        .count()
                == 1;
    }

    private static String safeIn(String sign) {
        return sign.substring(FILE.length(), sign.length() - 1);
    }

    /** What stood in a text for a file that is only named now; the name alone where no words of it did. */
    private static String words(String text, String sign) {
        String safe = safeIn(sign);
        String whole = "\n" + text;
        String begin = "\n" + begin(safe);
        int from = whole.indexOf(begin);
        if (from < 0 || whole.indexOf(begin, from + 1) >= 0 || whole.contains("\n" + sign)) {
            return sign;
        }
        int end = after(end(safe), whole, from);
        int left = after(left(safe), whole, from);
        int until = end < 0 || left < 0 ? Math.max(end, left) : Math.min(end, left);
        return until < 0 ? sign : whole.substring(from + 1, until);
    }

    private static int after(String mark, String text, int from) {
        int at = text.indexOf(mark, from);
        return at < 0 ? -1 : at + mark.length();
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
