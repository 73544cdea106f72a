package loci.app.cli;

import java.util.ArrayList;
import java.util.List;
import loci.sanitize.OutboundSanitizer;

/** Text that people or models wrote, as it may be printed on a terminal: no control and no invisible characters. Pure. */
final class Printable {

    private static final String CUT = "…";

    private Printable() {}

    /** Returns it on one line of at most so many characters. */
    static String oneLine(String text, int most) {
        String line = OutboundSanitizer.reply(text, "").replaceAll("\\s+", " ").strip();
        if (line.codePointCount(0, line.length()) <= most) {
            return line;
        }
        return line.substring(0, line.offsetByCodePoints(0, most - 1)).stripTrailing() + CUT;
    }

    /** Returns its lines. */
    static List<String> lines(String text) {
        return OutboundSanitizer.reply(text, "").lines().toList();
    }

    /** Returns a name, such as a place's, unchanged where it can be printed, so that it can be copied from there. */
    static String name(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}\\u2028\\u2029]", "?");
    }

    /** Returns the lines of a table, each column as wide as its widest cell; the first row is the heading. */
    static List<String> table(List<List<String>> rows) {
        int[] widths = new int[rows.getFirst().size()];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], width(row.get(column)));
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < widths.length; column++) {
                String cell = row.get(column);
                line.append(cell).repeat(' ', widths[column] - width(cell) + 2);
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
