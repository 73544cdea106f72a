package loci.plot;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import loci.plot.Chart.Cross;
import loci.plot.Chart.Curve;
import loci.plot.Chart.Level;
import loci.plot.Chart.Panel;
import loci.plot.Chart.Point;
import loci.plot.Chart.Style;

/** Draws one panel of a chart. Used once. */
final class PanelSvg {

    /** More would be drawn over each other: a curve is some 700 pixels wide. */
    static final int MOST_POINTS = 1_000;

    private static final String GRID = "#e4e7eb";
    private static final String LEADER = "#b8c0c8";

    /** From one name of the legend to the next. */
    private static final int NAME_HEIGHT = 38;

    private static final int SWATCH = 36;

    private final Svg svg;
    private final Panel panel;
    private final Axis across;
    private final Axis upwards;
    private final Box box;

    /** Where on the page the curves are. */
    record Box(double left, double top, double width, double height) {

        double right() {
            return left + width;
        }

        double bottom() {
            return top + height;
        }
    }

    PanelSvg(Svg svg, Panel panel, Axis upwards, Box box) {
        this.svg = svg;
        this.panel = panel;
        this.across = Axis.counted(
                1, panel.curves().stream().mapToInt(PanelSvg::lastX).max().orElse(1));
        this.upwards = upwards;
        this.box = box;
    }

    private static int lastX(Curve curve) {
        int sent = curve.points().isEmpty() ? 0 : curve.points().getLast().x();
        int crossed = curve.crosses().isEmpty() ? 0 : curve.crosses().getLast().x();
        return Math.max(sent, crossed);
    }

    void draw(String meaningAcross, String meaningUpwards) {
        svg.begin("g");
        heights(meaningUpwards);
        numbers(meaningAcross);
        levels();
        panel.curves().reversed().forEach(this::curve); // The first is drawn last, over the others.
        legend();
        svg.end();
    }

    private double x(double number) {
        return box.left() + box.width() * across.share(number);
    }

    private double y(double number) {
        return box.bottom() - box.height() * upwards.share(number);
    }

    private void heights(String meaning) {
        for (long tick : upwards.ticks()) {
            double y = y((double) tick);
            svg.line(box.left(), y, box.right(), y, "stroke", GRID);
            svg.text(ChartSvg.grouped(tick), box.left() - 10, y + 4.5, "end", "fill", ChartSvg.QUIET);
        }
        String turned = "translate(20 " + Svg.number((box.top() + box.bottom()) / 2) + ") rotate(-90)";
        String scale = upwards.logarithmic() ? ", logarithmic scale" : ", linear scale";
        svg.text(meaning + scale, 0, 0, "middle", "transform", turned);
    }

    private void numbers(String meaning) {
        double foot = box.bottom();
        svg.line(box.left(), foot, box.right(), foot, "stroke", ChartSvg.QUIET);
        for (long tick : across.ticks()) {
            double x = x((double) tick);
            svg.line(x, foot, x, foot + 5, "stroke", ChartSvg.QUIET);
            svg.text(ChartSvg.grouped(tick), x, foot + 20, "middle", "fill", ChartSvg.QUIET);
        }
        svg.text(meaning, (box.left() + box.right()) / 2, foot + 40, "middle");
    }

    private void levels() {
        for (Level level : panel.levels()) {
            if (level.y() <= upwards.to()) {
                double y = y(level.y());
                svg.line(box.left(), y, box.right(), y, "stroke", ChartSvg.INK, "stroke-dasharray", "1 3");
                label(level.label(), y < box.top() + 16 ? y + 16 : y - 6);
            }
        }
        String above = panel.levels().stream()
                .filter(level -> level.y() > upwards.to())
                .map(Level::label)
                .collect(Collectors.joining(", "));
        if (!above.isEmpty()) {
            label("↑ above the scale: " + above, box.top() + 16);
        }
    }

    /** With a halo, since curves may pass behind it. */
    private void label(String words, double y) {
        Object[] halo = {
            "font-size", 12, "paint-order", "stroke", "stroke", "#ffffff", "stroke-width", 4, "stroke-linejoin", "round"
        };
        svg.text(words, box.left() + 8, y, "start", halo);
    }

    private void curve(Curve curve) {
        List<Point> points = Thinning.thin(curve.points(), MOST_POINTS);
        StringBuilder form = new StringBuilder();
        for (int index = 0; index < points.size(); index++) {
            Point point = points.get(index);
            boolean begins = index == 0 || !point.joined();
            boolean ends = index == points.size() - 1 || !points.get(index + 1).joined();
            form.append(begins ? 'M' : 'L').append(Svg.number(x(point.x())));
            form.append(' ').append(Svg.number(y(point.y())));
            form.append(begins && ends ? "h0" : ""); // A line of no length, which round ends make a dot.
        }
        if (!points.isEmpty()) {
            svg.path(form.toString(), curve.name(), stroke(curve.style()));
        }
        for (Cross cross : curve.crosses()) {
            String arms =
                    "M" + Svg.number(x(cross.x()) - 5) + " " + Svg.number(y(cross.y()) - 5) + "l10 10m0 -10l-10 10";
            svg.path(arms, cross.meaning(), "stroke", curve.style().colour(), "stroke-width", 2.5);
        }
    }

    private static Object[] stroke(Style style) {
        return new Object[] {
            "stroke",
            style.colour(),
            "stroke-width",
            style.width(),
            "stroke-dasharray",
            style.dashes().isEmpty() ? "none" : style.dashes(),
            "stroke-linecap",
            "round",
            "stroke-linejoin",
            "round"
        };
    }

    /** Each name beside the end of its curve, in the order of the ends, pushed apart where these are close. */
    private void legend() {
        List<Curve> shown = panel.curves().stream()
                .sorted(Comparator.comparingDouble(this::end))
                .toList();
        double[] places = Apart.push(
                shown.stream().mapToDouble(this::end).toArray(), NAME_HEIGHT, box.top() + 8, box.bottom() - 14);
        IntStream.range(0, shown.size()).forEach(index -> name(shown.get(index), places[index]));
    }

    private void name(Curve curve, double y) {
        double x = box.right() + 22;
        boolean reachesTheEnd =
                !curve.points().isEmpty() && curve.points().getLast().x() >= across.to() - 1;
        if (reachesTheEnd) {
            svg.line(box.right() + 4, end(curve), x - 4, y, "stroke", LEADER);
        }
        svg.line(x, y, x + SWATCH, y, stroke(curve.style()));
        svg.text(curve.name(), x + SWATCH + 8, y + 1, "start", "font-weight", 600);
        String largest = curve.points().isEmpty() ? "none sent" : "at most " + ChartSvg.grouped(curve.largest());
        svg.text(largest, x + SWATCH + 8, y + 15, "start", "font-size", 11, "fill", ChartSvg.QUIET);
    }

    private double end(Curve curve) {
        return curve.points().isEmpty() ? box.top() : y(curve.points().getLast().y());
    }
}
