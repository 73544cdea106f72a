package loci.sanitize;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.Set;

/**
 * Removes what a reader cannot see, and keeps invisible characters where they do real work.
 *
 * <p>Removed: controls except line feed and tab, zero-width and bidirectional controls, soft hyphens, Hangul fillers,
 * interlinear annotation, TAG characters, variation selectors, lone surrogates and noncharacters; every line separator
 * becomes a line feed. Kept: the joiners of emoji sequences and of the scripts that need them, a presentation selector
 * after an emoji, keycaps, one selector after an ideograph, and the three subdivision flags (England, Scotland, Wales)
 * that <a href="https://www.unicode.org/reports/tr51/">UTS 51</a> recommends. Runs of combining marks are cut short.
 * What is removed depends on text before it and at most {@value #LOOKAHEAD} characters after it. Linear time.
 */
final class VisibleText {
    static final int LOOKAHEAD = 16;

    /** Marks shared by all scripts (the stuff of zalgo text): written languages use up to three on one letter. */
    private static final int MAX_SHARED_MARKS = 4;

    /** Marks in all: the tallest Tibetan stack in use has eight. */
    private static final int MAX_MARKS = 8;

    private static final int ZWNJ = 0x200C;
    private static final int ZWJ = 0x200D;
    private static final int TEXT_STYLE = 0xFE0E;
    private static final int EMOJI_STYLE = 0xFE0F;
    private static final int KEYCAP = 0x20E3;
    private static final int BLACK_FLAG = 0x1F3F4;
    private static final int CANCEL_TAG = 0xE007F;
    private static final String[] SUBDIVISIONS = {"gbeng", "gbsct", "gbwls"};

    /** Scripts in which a joiner or non-joiner changes how, or what, a word reads. */
    private static final Set<UnicodeScript> JOINING = EnumSet.of(
            UnicodeScript.ARABIC,
            UnicodeScript.SYRIAC,
            UnicodeScript.MANDAIC,
            UnicodeScript.NKO,
            UnicodeScript.MONGOLIAN,
            UnicodeScript.DEVANAGARI,
            UnicodeScript.BENGALI,
            UnicodeScript.GURMUKHI,
            UnicodeScript.GUJARATI,
            UnicodeScript.ORIYA,
            UnicodeScript.TAMIL,
            UnicodeScript.TELUGU,
            UnicodeScript.KANNADA,
            UnicodeScript.MALAYALAM,
            UnicodeScript.SINHALA,
            UnicodeScript.KHMER,
            UnicodeScript.MYANMAR,
            UnicodeScript.TIBETAN);

    private final String text;
    private final StringBuilder out;
    /** The last kept code point that is not a mark, joiner or selector; -1 at the start or after a line end. */
    private int base = -1;
    /** The last kept code point. */
    private int last = -1;

    private int marks;
    private int sharedMarks;

    private VisibleText(String text) {
        this.text = text;
        this.out = new StringBuilder(text.length());
    }

    static String of(String text) {
        return new VisibleText(text).clean();
    }

    /** True for what shows nothing by itself wherever it stands. */
    static boolean isIgnorable(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL -> point != '\n' && point != '\t' && !endsLine(point);
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            case Character.FORMAT -> !showsItself(point);
            case Character.SURROGATE -> true;
            default -> isBlankLetter(point) || isSelector(point) || isReservedOrNoncharacter(point);
        };
    }

    /** True when nothing in the text leaves ink on a page. */
    static boolean isBlank(String text) {
        return text.codePoints()
                .allMatch(point -> Character.isWhitespace(point)
                        || Character.isSpaceChar(point)
                        || point == 0x2800 // Braille pattern blank
                        || isIgnorable(point));
    }

    private String clean() {
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            int next = i + Character.charCount(point);
            if ((point >= 0x20 && point < 0x7F) || point == '\n' || point == '\t') {
                keepBase(point);
            } else if (endsLine(point)) {
                keepBase('\n');
                if (point == '\r' && next < text.length() && text.charAt(next) == '\n') {
                    next++;
                }
            } else if (point == BLACK_FLAG) {
                keepBase(point);
                next = keepSubdivision(next);
            } else {
                keepIfVisible(point, next);
            }
            i = next;
        }
        return out.toString();
    }

    private void keepIfVisible(int point, int next) {
        if (isSelector(point)) {
            if (selectorWorks(point, next)) {
                keepInvisible(point);
            }
        } else if (point == ZWJ || point == ZWNJ) {
            if (joinerWorks(point, next)) {
                keepInvisible(point);
            }
        } else if (isMark(point)) {
            keepMark(point);
        } else if (!isIgnorable(point)) {
            keepBase(point);
        }
    }

    private void keepBase(int point) {
        out.appendCodePoint(point);
        base = point;
        last = point;
        marks = 0;
        sharedMarks = 0;
    }

    private void keepInvisible(int point) {
        out.appendCodePoint(point);
        last = point;
    }

    private void keepMark(int point) {
        UnicodeScript script = UnicodeScript.of(point);
        boolean shared = script == UnicodeScript.INHERITED || script == UnicodeScript.COMMON;
        if (marks < MAX_MARKS && (!shared || sharedMarks < MAX_SHARED_MARKS)) {
            out.appendCodePoint(point);
            last = point;
            marks++;
            sharedMarks += shared ? 1 : 0;
        }
    }

    private int keepSubdivision(int from) {
        for (String name : SUBDIVISIONS) {
            StringBuilder tags = new StringBuilder();
            name.chars().forEach(letter -> tags.appendCodePoint(0xE0000 + letter));
            String sequence = tags.appendCodePoint(CANCEL_TAG).toString();
            if (text.startsWith(sequence, from)) {
                out.append(sequence);
                last = CANCEL_TAG;
                return from + sequence.length();
            }
        }
        return from;
    }

    private boolean selectorWorks(int selector, int next) {
        if (last != base || base < 0) {
            return false; // one selector, directly on its base
        }
        if (selector == EMOJI_STYLE || selector == TEXT_STYLE) {
            if (base < 0x80) { // digits, # and *: only inside a keycap
                return Character.isEmoji(base) && next < text.length() && text.charAt(next) == KEYCAP;
            }
            if (Character.isEmoji(base) || Character.isExtendedPictographic(base)) {
                return true;
            }
        }
        return selector >= 0xFE00 && Character.isIdeographic(base);
    }

    private boolean joinerWorks(int joiner, int next) {
        if (last < 0 || last == ZWJ || last == ZWNJ || next >= text.length()) {
            return endsInVirama() && next >= text.length() && last != ZWJ && last != ZWNJ;
        }
        int after = text.codePointAt(next);
        if (joiner == ZWJ && isEmojiPart(last) && Character.isExtendedPictographic(after)) {
            return true;
        }
        if (!JOINING.contains(UnicodeScript.of(base < 0 ? 0 : base))) {
            return false;
        }
        boolean sameScript = UnicodeScript.of(after) == UnicodeScript.of(base);
        return endsInVirama() || (sameScript && (Character.isLetter(after) || (isMark(after) && marks < MAX_MARKS)));
    }

    /** After a virama a joiner chooses the shape of a consonant that stands alone, so nothing need follow it. */
    private boolean endsInVirama() {
        return last >= 0 && base >= 0 && isVirama(last) && JOINING.contains(UnicodeScript.of(base));
    }

    private boolean isEmojiPart(int point) {
        return Character.isExtendedPictographic(point)
                || Character.isEmojiModifier(point)
                || (point == EMOJI_STYLE && Character.isExtendedPictographic(base));
    }

    private static boolean isVirama(int point) {
        return switch (point) {
            case 0x094D, 0x09CD, 0x0A4D, 0x0ACD, 0x0B4D, 0x0BCD, 0x0C4D, 0x0CCD, 0x0D4D, 0x0DCA -> true;
            case 0x0D3B, 0x0D3C, 0x1039, 0x103A, 0x17D2 -> true;
            default -> false;
        };
    }

    private static boolean isMark(int point) {
        int type = Character.getType(point);
        return (type == Character.NON_SPACING_MARK && !isSelector(point) && !isBlankLetter(point))
                || type == Character.ENCLOSING_MARK;
    }

    private static boolean endsLine(int point) {
        return point == '\r' || point == 0x0B || point == '\f' || point == 0x85 || point == 0x2028 || point == 0x2029;
    }

    private static boolean isSelector(int point) {
        return (point >= 0xFE00 && point <= 0xFE0F)
                || (point >= 0xE0100 && point <= 0xE01EF)
                || (point >= 0x180B && point <= 0x180D)
                || point == 0x180F;
    }

    /** Format characters with a shape of their own: number signs and abbreviation marks that enclose what follows. */
    private static boolean showsItself(int point) {
        return (point >= 0x0600 && point <= 0x0605)
                || point == 0x06DD
                || point == 0x070F
                || point == 0x0890
                || point == 0x0891
                || point == 0x08E2
                || point == 0x110BD
                || point == 0x110CD;
    }

    /** Letters, marks and symbols that Unicode draws as nothing. */
    private static boolean isBlankLetter(int point) {
        return switch (point) {
            case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0, 0x1D159 -> true;
            default -> false;
        };
    }

    private static boolean isReservedOrNoncharacter(int point) {
        return (point & 0xFFFE) == 0xFFFE
                || (point >= 0xFDD0 && point <= 0xFDEF)
                || point == 0x2065
                || (point >= 0xFFF0 && point <= 0xFFF8)
                || (point >= 0xE0000 && point <= 0xE0FFF);
    }
}
