package loci.discord;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A table as Markdown writes it, shown as a block of code with its columns aligned: Discord has no tables.
 *
 * @param rows the cells, the head's first; all rows have as many as the head
 * @param lines how many lines of the text it takes
 */
record Table(List<List<String>> rows, int lines) {

    /** One cell of the line under the head. */
    private static final Pattern RULE = Pattern.compile(":?-+:?");

    private static final Pattern MARKS = Pattern.compile("\\*\\*|__|`|\\\\(?=[|*_`~<])");
    private static final Pattern BREAK = Pattern.compile("<br[ ]*/?>", Pattern.CASE_INSENSITIVE);

    /** Wider cells are not filled up to, or one long cell would multiply with the number of rows. */
    private static final int WIDEST = 60;

    private static final int MOST_COLUMNS = 30;

    /** The table that begins at a line, or null where none does. */
    static @Nullable Table at(List<String> lines, int start) {
        if (start + 1 >= lines.size() || lines.get(start).indexOf('|') < 0 || !isDivider(lines.get(start + 1))) {
            return null;
        }
        int columns = cells(lines.get(start)).size();
        if (columns != cells(lines.get(start + 1)).size() || columns == 0 || columns > MOST_COLUMNS) {
            return null;
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(cells(lines.get(start)));
        int end = start + 2;
        while (end < lines.size() && lines.get(end).indexOf('|') >= 0) {
            List<String> cells = new ArrayList<>(cells(lines.get(end++)));
            while (cells.size() < columns) {
                cells.add("");
            }
            rows.add(List.copyOf(cells.subList(0, columns)));
        }
        return new Table(List.copyOf(rows), end - start);
    }

    private static boolean isDivider(String line) {
        return line.indexOf('|') >= 0
                && line.chars().allMatch(c -> "|:- \t".indexOf(c) >= 0)
                && cells(line).stream().allMatch(cell -> RULE.matcher(cell).matches());
    }

    private static List<String> cells(String line) {
        String row = line.strip();
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        for (int i = row.startsWith("|") ? 1 : 0; i < row.length(); i++) {
            char c = row.charAt(i);
            if (c == '\\' && i + 1 < row.length()) {
                cell.append(c).append(row.charAt(++i));
            } else if (c == '|') {
                cells.add(plain(cell.toString()));
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        if (!cell.toString().isBlank()) {
            cells.add(plain(cell.toString()));
        }
        return cells;
    }

    /** In a block of code marks would be seen as they are written. */
    private static String plain(String cell) {
        String unbroken = BREAK.matcher(cell).replaceAll(" / ");
        return MARKS.matcher(unbroken).replaceAll("").strip();
    }

    /** The lines to show. */
    List<String> rendered() {
        int[] widths = new int[rows.getFirst().size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.min(WIDEST, Math.max(widths[i], width(row.get(i))));
            }
        }
        List<String> out = new ArrayList<>();
        out.add("```");
        for (int i = 0; i < rows.size(); i++) {
            out.add(row(rows.get(i), widths));
            if (i == 0) {
                out.add(rule(widths));
            }
        }
        out.add("```");
        return out;
    }

    private static String row(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = cells.get(i);
            line.append(i == 0 ? "" : " │ ").append(cell);
            line.append(" ".repeat(Math.max(0, widths[i] - width(cell))));
        }
        return line.toString().stripTrailing();
    }

    private static String rule(int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(i == 0 ? "" : "─┼─").append("─".repeat(Math.max(1, widths[i])));
        }
        return line.toString();
    }

    /** How many columns a text takes in a font of fixed width, as nearly as can be said. */
    private static int width(String text) {
        return text.codePoints().map(Table::width).sum();
    }

    private static int width(int character) {
        int type = Character.getType(character);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        boolean wide = Character.isIdeographic(character)
                || (character >= 0x1100 && character <= 0x115F)
                || (character >= 0x2E80 && character <= 0xA4CF)
                || (character >= 0xAC00 && character <= 0xD7A3)
                || (character >= 0xFF00 && character <= 0xFF60)
                || (character >= 0x1F300 && character <= 0x1FAFF);
        return wide ? 2 : 1;
    }
}
