package loci.slack;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.node.Node;

/**
 * A table, which mrkdwn has none of: aligned in a block of code where that fits the width of a message, since columns are what a table is for;
 * else an entry for each row with each cell under its heading's name, since lines that wrap would leave no columns at all.
 */
final class Table {

    /** In columns of a font of fixed width: about what Slack shows on a desktop beside a thread without wrapping. */
    private static final int WIDEST = 72;

    private static final Pattern BREAK = Pattern.compile("<br\\s*/?>", Pattern.CASE_INSENSITIVE);

    private Table() {}

    /** @param table holds a head, and a body where there are rows */
    static List<Line> lines(Node table) {
        List<List<TableCell>> rows = new ArrayList<>();
        for (Node part = table.getFirstChild(); part != null; part = part.getNext()) {
            for (Node row = part.getFirstChild(); row != null; row = row.getNext()) {
                if (row instanceof TableRow) {
                    rows.add(cells(row));
                }
            }
        }
        if (rows.isEmpty()) {
            return List.of();
        }
        List<List<String>> plain = rows.stream()
                .map(row -> row.stream().map(Table::plain).toList())
                .toList();
        int[] widths = widths(plain);
        int whole = 3 * (widths.length - 1);
        for (int width : widths) {
            whole += width;
        }
        return whole <= WIDEST || rows.size() == 1 ? aligned(plain, widths) : entries(rows);
    }

    private static List<TableCell> cells(Node row) {
        List<TableCell> cells = new ArrayList<>();
        for (Node cell = row.getFirstChild(); cell != null; cell = cell.getNext()) {
            if (cell instanceof TableCell found) {
                cells.add(found);
            }
        }
        return cells;
    }

    private static String plain(TableCell cell) {
        return BREAK.matcher(PlainText.withAddresses(cell)).replaceAll(" / ").replace("```", "'''");
    }

    private static int[] widths(List<List<String>> rows) {
        int[] widths = new int[rows.getFirst().size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length && i < row.size(); i++) {
                widths[i] = Math.max(widths[i], Columns.of(row.get(i)));
            }
        }
        return widths;
    }

    private static List<Line> aligned(List<List<String>> rows, int[] widths) {
        List<Line> out = new ArrayList<>();
        out.add(Line.code("```"));
        for (int i = 0; i < rows.size(); i++) {
            out.add(Line.code(BlockText.escaped(row(rows.get(i), widths))));
            if (i == 0) {
                out.add(Line.code(rule(widths)));
            }
        }
        out.add(Line.code("```"));
        return out;
    }

    private static String row(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = i < cells.size() ? cells.get(i) : "";
            line.append(i == 0 ? "" : " │ ").append(cell).append(" ".repeat(Math.max(0, widths[i] - Columns.of(cell))));
        }
        return line.toString().stripTrailing();
    }

    private static String rule(int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(i == 0 ? "" : "─┼─").append("─".repeat(Math.clamp(widths[i], 1, WIDEST)));
        }
        return line.toString();
    }

    private static List<Line> entries(List<List<TableCell>> rows) {
        List<TableCell> head = rows.getFirst();
        List<Line> out = new ArrayList<>();
        for (List<TableCell> row : rows.subList(1, rows.size())) {
            String before = "• ";
            for (int i = 0; i < row.size() && i < head.size(); i++) {
                String value = InlineText.line(row.get(i));
                if (!value.isEmpty()) {
                    String name = InlineText.bold(head.get(i));
                    out.add(Line.text(before + name + (PlainText.of(head.get(i)).isBlank() ? "" : ": ") + value));
                    before = "    ";
                }
            }
        }
        if (out.isEmpty()) {
            head.forEach(cell -> out.add(Line.text("• " + InlineText.bold(cell))));
        }
        return out;
    }
}
