package loci.sanitize;

import java.util.Locale;
import java.util.Set;

/**
 * Makes stored text harmless inside a prompt: it can say anything, and be nothing but text. Control tokens of chat
 * templates are broken visibly, the conversation's fence mark is blotted out however it is disguised, invisible characters
 * are removed, and absurd lengths are cut with a visible sign. Words are never dropped otherwise. Stateless; linear time.
 */
public final class PromptSanitizer {
    static final String CUT = "… [cut]";

    /** More than two blank lines in a row say nothing, and push what stands around them out of sight. */
    private static final int MAX_NEWLINES = 3;

    private static final int NAME_GRAPHEMES = 40;
    private static final int NAME_CHARS = 160;
    private static final String NAMELESS = "someone";

    private static final Set<String> RESERVED = Set.of(
            "system",
            "assistant",
            "user",
            "developer",
            "tool",
            "function",
            "loci",
            "bot",
            "model",
            "ai",
            "human",
            "platform",
            "persona",
            "ipython",
            "chatgpt",
            "claude",
            "gemini");

    private PromptSanitizer() {}

    /**
     * Text as it may stand in a prompt.
     *
     * @param mark the conversation's fence mark: letters and digits; when blank there is no mark to look for
     * @param maxChars the most UTF-16 units in the result, the sign of a cut included; 0 or less gives nothing
     */
    public static String text(String untrusted, String mark, int maxChars) {
        String visible = collapseNewlines(VisibleText.of(untrusted));
        return cap(Marks.neutralise(ModelTokens.neutralise(visible), mark), maxChars);
    }

    /**
     * A display name for a one-line turn header: no brackets, quotes, colons, bars or line ends, at most
     * {@value #NAME_GRAPHEMES} graphemes and {@value #NAME_CHARS} UTF-16 units, never blank and never the name of a role.
     */
    public static String authorName(String untrusted) {
        StringBuilder kept = new StringBuilder();
        VisibleText.of(untrusted)
                .codePoints()
                .map(PromptSanitizer::nameCharacter)
                .forEach(kept::appendCodePoint);
        String name = squeeze(kept.toString());
        name = squeeze(cutAt(Graphemes.first(name, NAME_GRAPHEMES), NAME_CHARS));
        if (VisibleText.isBlank(name)) {
            return NAMELESS;
        }
        return isReserved(name) ? name + " name" : name;
    }

    private static boolean isReserved(String name) {
        StringBuilder letters = new StringBuilder();
        Folded.withLookalikes(name)
                .lower()
                .toLowerCase(Locale.ROOT)
                .codePoints()
                .filter(Character::isLetterOrDigit)
                .forEach(letters::appendCodePoint);
        return RESERVED.contains(letters.toString());
    }

    private static int nameCharacter(int point) {
        return switch (Character.getType(point)) {
            case Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.CONTROL,
                    Character.SPACE_SEPARATOR -> ' ';
            default -> "<>|¦:：;\"`´#=*~\\/⟦⟧﹕꞉∶ː".indexOf(point) >= 0 ? ' ' : point;
        };
    }

    private static String squeeze(String name) {
        return name.replaceAll(" {2,}", " ").strip();
    }

    private static String collapseNewlines(String text) {
        StringBuilder out = new StringBuilder(text.length());
        int newlines = 0;
        int blankFrom = 0; // where in out the horizontal space after the last kept newline begins
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                if (newlines >= MAX_NEWLINES) {
                    out.setLength(blankFrom);
                } else {
                    out.append(c);
                }
                newlines++;
                blankFrom = out.length();
            } else {
                out.append(c);
                if (c != ' ' && c != '\t') {
                    newlines = 0;
                }
            }
        }
        return out.toString();
    }

    private static String cap(String text, int maxChars) {
        if (text.length() <= maxChars) {
            return text;
        }
        return maxChars <= CUT.length()
                ? cutAt(text, Math.max(0, maxChars))
                : cutAt(text, maxChars - CUT.length()) + CUT;
    }

    private static String cutAt(String text, int index) {
        int end = Graphemes.floor(text, index);
        while (end > 0
                && end < text.length()
                && (text.charAt(end - 1) == '\u200c' || text.charAt(end - 1) == '\u200d')) {
            end--; // a joiner with nothing left to join
        }
        return text.substring(0, end);
    }
}
