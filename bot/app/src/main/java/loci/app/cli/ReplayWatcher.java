package loci.app.cli;

import java.io.PrintWriter;
import loci.prompt.Strategy;
import loci.replay.Line;
import loci.replay.Plot;
import loci.replay.Replay;
import loci.replay.ReplayText;
import loci.transcript.Transcript;

/** Prints what happens in a replay of one transcript, or how far it is, and draws it. Not thread-safe. */
final class ReplayWatcher implements Replay.Watcher {

    private static final int PROGRESS_EVERY = 100;

    private final ReplayText text;
    private final int messages;
    private final PrintWriter out;
    private final boolean quiet;
    private final Streams streams;
    private final Plot plot;
    private String strategy = "";

    ReplayWatcher(Transcript transcript, PrintWriter out, boolean quiet, boolean verbose, Streams streams, Plot plot) {
        this.text = new ReplayText(transcript, verbose);
        this.messages = transcript.entries().size();
        this.out = out;
        this.quiet = quiet;
        this.streams = streams;
        this.plot = plot;
    }

    @Override
    public void begins(Strategy begun, int budget) {
        strategy = begun.name();
        plot.begins(begun, budget);
        if (!quiet) {
            out.print(ReplayText.heading(begun, budget) + "\n");
        }
    }

    @Override
    public void line(Line line) {
        plot.line(line);
        if (!quiet) {
            text.of(line).forEach(one -> out.print(one + "\n"));
        } else if (streams.terminal() && line instanceof Line.Asked asked && asked.number() % PROGRESS_EVERY == 0) {
            streams.say(strategy + ": message " + asked.number() + " of " + messages);
        }
    }
}
