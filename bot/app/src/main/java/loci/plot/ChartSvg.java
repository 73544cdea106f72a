package loci.plot;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import loci.plot.Chart.Cross;
import loci.plot.Chart.Curve;
import loci.plot.Chart.Level;
import loci.plot.Chart.Panel;
import loci.plot.Chart.Point;

/** Draws a chart as an SVG text: on a background of its own, so that it can be read on any page. Used once. */
public final class ChartSvg {

    /** How many times the usual curve the highest must be for the scale to be logarithmic. */
    private static final double DWARFS = 6;

    private static final int WIDTH = 960;
    private static final int LEFT = 98;
    private static final int RIGHT = 168;
    private static final int HEADER = 84;
    private static final int PANEL_TITLE = 30;
    private static final int PANEL_FOOT = 58;
    private static final int HEIGHT_ALONE = 400;
    private static final int HEIGHT_OF_SEVERAL = 250;

    private static final String FONT = "system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', Arial, sans-serif";
    static final String INK = "#1f2933";
    static final String QUIET = "#5b6770";

    private final Chart chart;
    private final Axis upwards;
    private final Svg svg = new Svg();

    private ChartSvg(Chart chart) {
        this.chart = chart;
        this.upwards = upwards(chart);
    }

    /** Returns the chart as a whole SVG file. */
    public static String of(Chart chart) {
        return new ChartSvg(chart).draw();
    }

    /** One scale for all panels, so that they can be compared. */
    private static Axis upwards(Chart chart) {
        List<Curve> curves = chart.panels().stream()
                .flatMap(panel -> panel.curves().stream())
                .toList();
        int highest = curves.stream().mapToInt(Curve::largest).max().orElse(1);
        int crossed = curves.stream()
                .flatMap(curve -> curve.crosses().stream())
                .mapToInt(Cross::y)
                .max()
                .orElse(0);
        List<Integer> sorted = curves.stream()
                .map(Curve::largest)
                .filter(largest -> largest > 0)
                .sorted()
                .toList();
        boolean dwarfed = !sorted.isEmpty() && highest > DWARFS * sorted.get((sorted.size() - 1) / 2);
        int most = Stream.concat(
                        Stream.of(highest, crossed),
                        chart.panels().stream()
                                .flatMap(panel -> panel.levels().stream())
                                .filter(level -> level.y() <= level.within() * highest)
                                .map(Level::y))
                .max(Integer::compare)
                .orElse(1);
        int least = curves.stream()
                .flatMap(curve -> curve.points().stream())
                .mapToInt(Point::y)
                .min()
                .orElse(1);
        return dwarfed ? Axis.logarithmic(least, most) : Axis.linear(most);
    }

    private String draw() {
        boolean several = chart.panels().size() > 1;
        int height = several ? HEIGHT_OF_SEVERAL : HEIGHT_ALONE;
        int titled = several ? PANEL_TITLE : 0;
        int whole = HEADER + chart.panels().size() * (titled + height + PANEL_FOOT);
        svg.begin(
                "svg",
                "xmlns",
                "http://www.w3.org/2000/svg",
                "viewBox",
                "0 0 " + WIDTH + " " + whole,
                "role",
                "img",
                "aria-labelledby",
                "title about",
                "font-family",
                FONT,
                "font-size",
                13,
                "fill",
                INK);
        svg.words("title", chart.title(), "id", "title");
        svg.words("desc", about(), "id", "about");
        svg.element("rect", "width", WIDTH, "height", whole, "fill", "#ffffff");
        svg.words("text", chart.title(), "x", 24, "y", 36, "font-size", 20, "font-weight", 600);
        svg.words("text", chart.subtitle(), "x", 24, "y", 60, "fill", QUIET);
        int top = HEADER;
        for (Panel panel : chart.panels()) {
            if (several) {
                svg.words("text", panel.name(), "x", LEFT, "y", top + 16, "font-size", 15, "font-weight", 600);
            }
            new PanelSvg(svg, panel, upwards, new PanelSvg.Box(LEFT, top + titled, WIDTH - LEFT - RIGHT, height))
                    .draw(chart.across(), chart.upwards());
            top += titled + height + PANEL_FOOT;
        }
        return svg.end().toString();
    }

    /** The chart in words, for those who hear it. */
    private String about() {
        StringBuilder about = new StringBuilder(chart.subtitle()).append('.');
        for (Panel panel : chart.panels()) {
            about.append(' ').append(panel.name()).append(':');
            for (Curve curve : panel.curves()) {
                about.append(' ').append(curve.name()).append(" at most ").append(grouped(curve.largest()));
                about.append(',');
            }
            about.setCharAt(about.length() - 1, '.');
        }
        return about.toString();
    }

    static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
