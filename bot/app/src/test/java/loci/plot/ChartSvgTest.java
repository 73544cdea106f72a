package loci.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import loci.plot.Chart.Cross;
import loci.plot.Chart.Curve;
import loci.plot.Chart.Level;
import loci.plot.Chart.Panel;
import loci.plot.Chart.Point;
import loci.plot.Chart.Style;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** What is drawn, and that it is XML whatever things are called. */
class ChartSvgTest {

    private static final Style STYLE = new Style("#0072b2", "4 4", 2);

    @Test
    void names_are_escaped_and_what_xml_cannot_hold_is_replaced() throws Exception {
        String name = "a<b> & \"c\" 'd' ]]> <!-- \u0000\u001b\uFFFE\uD800 \u202E 🎈";
        Document svg = parsed(chart(List.of(new Panel(name, List.of(curve(name, 1, 2, 3)), List.of()))));

        assertThat(texts(svg)).contains("a<b> & \"c\" 'd' ]]> <!-- ???? ? 🎈");
        assertThat(svg.getDocumentElement().getAttribute("viewBox")).isEqualTo("0 0 960 542");
        assertThat(((Element) svg.getElementsByTagName("rect").item(0)).getAttribute("fill"))
                .isEqualTo("#ffffff");
    }

    @Test
    void each_curve_is_one_path_of_all_its_points_with_its_gaps() throws Exception {
        List<Point> gapped = List.of(
                new Point(1, 10, false), new Point(2, 20, true), new Point(4, 30, false), new Point(5, 9, true));
        Curve one = new Curve("one", STYLE, gapped, List.of(new Cross(3, 40, "too large")));
        Document svg = parsed(chart(List.of(new Panel("p", List.of(one, curve("two", 7)), List.of()))));

        List<String> paths = paths(svg);
        assertThat(paths).hasSize(3); // two curves and a cross, and the first curve over the others
        assertThat(paths.getFirst()).matches("M[\\d. ]+h0");
        assertThat(paths.get(1)).matches("M[\\d. ]+L[\\d. ]+M[\\d. ]+L[\\d. ]+");
        assertThat(texts(svg)).contains("one", "two", "too large", "at most 30", "at most 7");
    }

    @Test
    void ticks_are_round_and_the_scale_is_named() throws Exception {
        Panel even = new Panel("p", List.of(curve("a", 300, 700), curve("b", 200, 775)), List.of(level(800)));
        assertThat(texts(parsed(chart(List.of(even)))))
                .contains("tokens, linear scale", "0", "200", "600", "800", "the most: 800");

        Panel dwarfed = new Panel(
                "p",
                List.of(curve("a", 300, 33_000), curve("b", 200, 3_000), curve("c", 300, 1_000)),
                List.of(level(8_000), level(1_000_000)));
        assertThat(texts(parsed(chart(List.of(dwarfed)))))
                .contains("tokens, logarithmic scale", "200", "1,000", "50,000", "the most: 8,000")
                .contains("↑ above the scale: the most: 1,000,000");
    }

    @Test
    void axes_hold_all_numbers_between_round_ones() {
        assertThat(Axis.linear(775))
                .isEqualTo(new Axis(false, 0, 800, List.of(0L, 100L, 200L, 300L, 400L, 500L, 600L, 700L, 800L)));
        assertThat(Axis.linear(0).to()).isPositive();
        assertThat(Axis.counted(1, 30).ticks()).containsExactly(5L, 10L, 15L, 20L, 25L, 30L);
        assertThat(Axis.counted(1, 1).to()).isEqualTo(2);
        assertThat(Axis.logarithmic(314, 33_000).ticks())
                .containsExactly(200L, 500L, 1_000L, 2_000L, 5_000L, 10_000L, 20_000L, 50_000L);
        assertThat(Axis.logarithmic(1, 2_000_000_000L).ticks()).first().isEqualTo(1L);
        Axis axis = Axis.logarithmic(10, 1_000);
        assertThat(axis.share(10)).isZero();
        assertThat(axis.share(100)).isEqualTo(0.5);
        assertThat(axis.share(1_000)).isEqualTo(1);
    }

    @Test
    void long_curves_are_thinned_and_keep_their_peaks() throws Exception {
        Random random = new Random(7);
        List<Point> points = new ArrayList<>();
        IntStream.rangeClosed(1, 100_000)
                .forEach(x -> points.add(new Point(x, 500 + random.nextInt(3_000), x > 1 && x != 50_000)));
        points.set(77_777, new Point(77_778, 9_999, true));

        List<Point> thin = Thinning.thin(points, 1_000);

        assertThat(thin).hasSizeLessThanOrEqualTo(1_000).hasSizeGreaterThan(900);
        assertThat(thin).contains(new Point(77_778, 9_999, true));
        assertThat(thin.getFirst()).isEqualTo(points.getFirst());
        assertThat(thin.getLast()).isEqualTo(points.getLast());
        assertThat(thin).filteredOn(point -> !point.joined()).hasSize(2);
        assertThat(thin).isSortedAccordingTo((one, other) -> Integer.compare(one.x(), other.x()));
        Curve curve = new Curve("long", STYLE, points, List.of());
        String path = paths(parsed(chart(List.of(new Panel("p", List.of(curve), List.of())))))
                .getFirst();
        assertThat(path.chars().filter(letter -> letter == 'M' || letter == 'L').count())
                .isLessThanOrEqualTo(1_000);
    }

    @Test
    void names_beside_the_curves_never_stand_over_each_other() {
        assertThat(Apart.push(new double[] {10, 11, 12, 300}, 38, 8, 400)).containsExactly(10, 48, 86, 300);
        assertThat(Apart.push(new double[] {390, 395, 400}, 38, 8, 400)).containsExactly(324, 362, 400);
        assertThat(Apart.push(new double[] {}, 38, 8, 400)).isEmpty();
    }

    @Test
    void nothing_at_all_is_still_a_picture() throws Exception {
        assertThat(texts(parsed(chart(List.of(new Panel("p", List.of(), List.of()))))))
                .contains("tokens, linear scale");
        Curve none = new Curve("full", STYLE, List.of(), List.of(new Cross(1, 50, "too large")));
        assertThat(texts(parsed(chart(List.of(new Panel("p", List.of(none), List.of()))))))
                .contains("none sent");
    }

    private static Level level(int y) {
        return new Level(y, String.format(Locale.ROOT, "the most: %,d", y), 3);
    }

    private static Chart chart(List<Panel> panels) {
        return new Chart("Title", "subtitle", "message", "tokens", panels);
    }

    private static Curve curve(String name, int... ys) {
        List<Point> points = IntStream.range(0, ys.length)
                .mapToObj(index -> new Point(index + 1, ys[index], index > 0))
                .toList();
        return new Curve(name, STYLE, points, List.of());
    }

    private static Document parsed(Chart chart) throws ParserConfigurationException, IOException, SAXException {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(ChartSvg.of(chart))));
    }

    private static List<String> paths(Document svg) {
        return elements(svg, "path").stream()
                .map(path -> path.getAttribute("d"))
                .toList();
    }

    private static List<String> texts(Document svg) {
        List<String> texts = new ArrayList<>();
        for (String element : List.of("text", "title")) {
            elements(svg, element).forEach(text -> texts.add(text.getTextContent()));
        }
        return texts;
    }

    private static List<Element> elements(Document svg, String name) {
        NodeList nodes = svg.getElementsByTagName(name);
        return IntStream.range(0, nodes.getLength())
                .mapToObj(index -> (Element) nodes.item(index))
                .toList();
    }
}
