package loci.replay;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;
import loci.prompt.Strategy;
import loci.replay.Line.Asked;
import loci.replay.Line.Departure;
import loci.replay.Line.Reason;
import loci.transcript.Transcript;

/** A replay with every line it gave, by strategy. */
final class Recording implements Replay.Watcher {

    private final SequencedMap<String, List<Line>> lines = new LinkedHashMap<>();
    private final Map<String, Integer> budgets = new LinkedHashMap<>();
    private final List<Figures> figures;

    private Recording(Transcript transcript, ReplaySetup setup, List<Strategy> strategies) {
        this.figures = Replay.run(transcript, strategies, setup, this);
    }

    static Recording of(Transcript transcript, ReplaySetup setup) {
        return new Recording(transcript, setup, setup.settings().strategies().all());
    }

    static Recording of(Transcript transcript, ReplaySetup setup, String strategy) {
        return new Recording(
                transcript,
                setup,
                List.of(setup.settings().strategies().named(strategy).orElseThrow()));
    }

    @Override
    public void begins(Strategy strategy, int budget) {
        budgets.put(strategy.name(), budget);
        lines.put(strategy.name(), new ArrayList<>());
    }

    @Override
    public void line(Line line) {
        lines.lastEntry().getValue().add(line);
    }

    SequencedMap<String, List<Line>> lines() {
        return lines;
    }

    int budget(String strategy) {
        return budgets.getOrDefault(strategy, 0);
    }

    List<Figures> figures() {
        return figures;
    }

    Figures figures(String strategy) {
        return figures.stream()
                .filter(one -> one.strategy().equals(strategy))
                .findFirst()
                .orElseThrow();
    }

    List<Asked> asked(String strategy) {
        return all(strategy, Asked.class).toList();
    }

    <T extends Line> Stream<T> all(String strategy, Class<T> kind) {
        return lines.getOrDefault(strategy, List.of()).stream()
                .filter(kind::isInstance)
                .map(kind::cast);
    }

    /** The messages that left a strategy's prompts for a reason, over all of them. */
    List<Integer> left(String strategy, Reason reason) {
        return asked(strategy).stream()
                .flatMap(asked -> asked.left().stream())
                .filter(departure -> departure.reason() == reason)
                .map(Departure::numbers)
                .flatMap(List::stream)
                .toList();
    }
}
