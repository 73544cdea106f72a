package loci.replay;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import loci.memory.ConversationStore;
import loci.prompt.Strategy;
import loci.transcript.Transcript;

/** Sends a transcript through strategies, each in a store of its own that is deleted afterwards. */
public final class Replay {

    private Replay() {}

    /** Is told what happens while it happens. */
    public interface Watcher {

        /** A strategy begins. */
        void begins(Strategy strategy, int budget);

        /** Something happened under the strategy that began last. */
        void line(Line line);

        /** A watcher that looks away. */
        static Watcher none() {
            return new Watcher() {
                @Override
                public void begins(Strategy strategy, int budget) {}

                @Override
                public void line(Line line) {}
            };
        }
    }

    /** Returns the figures of each strategy, in the order in which they were named. */
    public static List<Figures> run(
            Transcript transcript, List<Strategy> strategies, ReplaySetup setup, Watcher watcher) {
        List<Figures> figures = new ArrayList<>();
        for (Strategy strategy : strategies) {
            watcher.begins(
                    strategy, setup.settings().budget(strategy, setup.model()).promptTokens());
            figures.add(run(transcript, strategy, setup, watcher));
        }
        return figures;
    }

    private static Figures run(Transcript transcript, Strategy strategy, ReplaySetup setup, Watcher watcher) {
        Supplier<String> marks = setup.secrets().orElseGet(RepeatableMarks::new);
        Instant start = transcript.entries().isEmpty()
                ? Instant.EPOCH
                : transcript.entries().getFirst().at();
        TranscriptClock clock = new TranscriptClock(start);
        try (Scratch scratch = Scratch.make()) {
            ConversationStore store = setup.stores().open(scratch.directory(), marks, clock);
            scratch.holds(store);
            return new StrategyRun(transcript, strategy, setup, marks, store, clock, watcher::line).run();
        }
    }
}
