package loci.slack;

/** How many columns a text takes in a font of fixed width, as nearly as can be said. */
final class Columns {

    private Columns() {}

    static int of(String text) {
        return text.codePoints().map(Columns::of).sum();
    }

    private static int of(int point) {
        int type = Character.getType(point);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        boolean wide = Character.isIdeographic(point)
                || Character.isEmojiPresentation(point)
                || (point >= 0x1100 && point <= 0x115F)
                || (point >= 0x3000 && point <= 0xA4CF)
                || (point >= 0xAC00 && point <= 0xD7A3)
                || (point >= 0xFF01 && point <= 0xFF60);
        return wide ? 2 : 1;
    }
}
