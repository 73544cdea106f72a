package loci.plot;

import java.util.List;

/**
 * Curves over counted things, in one panel or in several of one scale below each other.
 *
 * @param title what it shows
 * @param subtitle what must be known to read it; may be empty
 * @param across what is counted from left to right
 * @param upwards what the height stands for; the kind of scale is added to it
 */
public record Chart(String title, String subtitle, String across, String upwards, List<Panel> panels) {

    public Chart {
        panels = List.copyOf(panels);
    }

    /**
     * Curves that share one pair of axes.
     *
     * @param name what they are of; shown where there are several panels
     */
    public record Panel(String name, List<Curve> curves, List<Level> levels) {

        public Panel {
            curves = List.copyOf(curves);
            levels = List.copyOf(levels);
        }
    }

    /**
     * One line.
     *
     * @param points from left to right
     * @param crosses places of note, each marked with a cross
     */
    public record Curve(String name, Style style, List<Point> points, List<Cross> crosses) {

        public Curve {
            points = List.copyOf(points);
            crosses = List.copyOf(crosses);
        }

        int largest() {
            return points.stream().mapToInt(Point::y).max().orElse(0);
        }
    }

    /**
     * A point of a curve.
     *
     * @param joined whether a line comes to it from the point before
     */
    public record Point(int x, int y, boolean joined) {}

    /**
     * A place of note.
     *
     * @param meaning what is to be known of it
     */
    public record Cross(int x, int y, String meaning) {}

    /**
     * A height that all panels mark with a line, where it is not far above all curves.
     *
     * @param within how many times as high as the highest curve it may be to be shown
     */
    public record Level(int y, String label, double within) {}

    /**
     * What tells one curve from the others: a colour, and dashes for whom colours do not tell it.
     *
     * @param colour in the form {@code #rrggbb}
     * @param dashes as {@code stroke-dasharray} has them; empty for a whole line
     */
    public record Style(String colour, String dashes, double width) {}
}
