package loci.chat;

import java.util.regex.Pattern;

/**
 * How what is attached to a message stands in its text, the same on all platforms: images and other files by name, the words of text files
 * whole. So they are remembered, condensed and forgotten with the message. Pure.
 */
public final class Attachments {

    private static final String IMAGE = "[image ";
    private static final int LONGEST_NAME = 100;
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
        String end = cut ? "[the rest of " + safe + " is left out]" : "[end of " + safe + "]";
        return "[file " + safe + ":]\n" + words.strip() + "\n" + end;
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
