package loci.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import loci.model.ModelProfile;
import loci.plot.Chart;
import loci.plot.Chart.Cross;
import loci.plot.Chart.Curve;
import loci.plot.Chart.Level;
import loci.plot.Chart.Panel;
import loci.plot.Chart.Point;
import loci.plot.Chart.Style;
import loci.plot.ChartSvg;
import loci.prompt.Strategy;

/** Gathers the size of each prompt while transcripts are replayed, for a picture of them. Not thread-safe. */
public final class Plot {

    private static final int LONGEST_NAME = 60;

    /** Colours that people tell apart whatever they see of them (Okabe and Ito), each with dashes of its own. */
    private static final Map<String, Style> STYLES = Map.of(
            "hybrid", new Style("#0072b2", "", 2.6),
            "summary", new Style("#009e73", "9 5", 2.2),
            "window", new Style("#e69f00", "2 5", 2.4),
            "trim", new Style("#cc79a7", "12 5 2 5", 2.2),
            "full", new Style("#d55e00", "16 6", 2.2),
            "none", new Style("#56b4e9", "5 5", 2.2));

    private static final Style OTHER = new Style("#1f2933", "3 4", 2);

    /** A budget that no prompt comes near would press all curves to the ground. */
    private static final double NEAR = 3;

    private final List<Run> runs = new ArrayList<>();

    private static final class Run {
        private final String transcript;
        private final List<Drawn> strategies = new ArrayList<>();

        Run(String transcript) {
            this.transcript = transcript;
        }
    }

    private static final class Drawn {
        private final String strategy;
        private final int budget;
        private final List<Point> points = new ArrayList<>();
        private final List<Cross> crosses = new ArrayList<>();
        private boolean joined;

        Drawn(String strategy, int budget) {
            this.strategy = strategy;
            this.budget = budget;
        }
    }

    /** A transcript begins; what a watcher is told from now on is of it. */
    public void begins(String transcript) {
        runs.add(new Run(transcript));
    }

    /** A strategy begins. */
    public void begins(Strategy strategy, int budget) {
        runs.getLast().strategies.add(new Drawn(strategy.name(), budget));
    }

    /** Something happened under the strategy that began last. */
    public void line(Line line) {
        Drawn drawn = runs.getLast().strategies.getLast();
        switch (line) {
            case Line.Asked asked -> {
                drawn.points.add(new Point(asked.number(), asked.tokens(), drawn.joined));
                drawn.joined = true;
            }
            case Line.Refused refused -> {
                drawn.joined = false;
                if (drawn.crosses.isEmpty()) {
                    drawn.crosses.add(new Cross(refused.number(), refused.needed(), refusal(drawn.strategy, refused)));
                }
            }
            case Line.Followed _, Line.Condensed _, Line.NoteFailed _ -> {}
        }
    }

    private static String refusal(String strategy, Line.Refused refused) {
        return String.format(
                Locale.ROOT,
                "%s: message %,d is the first for which nothing is sent; %,d tokens are needed and %,d allowed",
                strategy,
                refused.number(),
                refused.needed(),
                refused.budget());
    }

    /** Returns the picture as a whole SVG file. */
    public String svg(ModelProfile model) {
        boolean refused =
                runs.stream().flatMap(run -> run.strategies.stream()).anyMatch(drawn -> !drawn.crosses.isEmpty());
        String title = runs.size() == 1
                ? "Tokens per prompt: " + shortened(runs.getFirst().transcript)
                : "Tokens per prompt in " + runs.size() + " transcripts";
        String subtitle = "What each message would have sent, by strategy, as " + shortened(model.name()) + " counts ("
                + model.encoding() + ")" + (refused ? "; ✕ the first that is too large to be sent" : "");
        return ChartSvg.of(new Chart(
                title,
                subtitle,
                "message of the transcript",
                "tokens in the prompt",
                runs.stream().map(Plot::panel).toList()));
    }

    private static Panel panel(Run run) {
        List<Curve> curves = run.strategies.stream()
                .map(drawn -> new Curve(
                        drawn.strategy, STYLES.getOrDefault(drawn.strategy, OTHER), drawn.points, drawn.crosses))
                .toList();
        Map<Integer, List<String>> budgets = new TreeMap<>();
        run.strategies.forEach(drawn -> budgets.computeIfAbsent(drawn.budget, first -> new ArrayList<>())
                .add(drawn.strategy));
        List<Level> levels = budgets.entrySet().stream()
                .map(budget -> new Level(budget.getKey(), label(budget, budgets.size() > 1), NEAR))
                .collect(Collectors.toList());
        return new Panel(shortened(run.transcript), curves, levels);
    }

    private static String label(Map.Entry<Integer, List<String>> budget, boolean others) {
        String tokens = String.format(Locale.ROOT, "%,d tokens", budget.getKey());
        return others && budget.getValue().size() == 1
                ? "most that " + budget.getValue().getFirst() + " may send: " + tokens
                : "budget: " + tokens;
    }

    private static String shortened(String name) {
        return name.codePointCount(0, name.length()) <= LONGEST_NAME
                ? name
                : name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME - 1)) + "…";
    }
}
