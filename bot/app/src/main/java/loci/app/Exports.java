package loci.app;

import java.util.List;
import java.util.Set;
import loci.memory.Turn;
import loci.transcript.Entry;
import loci.transcript.Transcript;
import loci.transcript.TranscriptWriter;

/** Turns of the log as a transcript, the form in which they leave Loci and can be brought in again. Pure. */
final class Exports {

    private Exports() {}

    /** @param pinned the exchanges that are pinned */
    static String text(String name, List<Turn> turns, Set<Long> pinned) {
        List<Entry> entries = turns.stream().map(turn -> entry(turn, pinned)).toList();
        return TranscriptWriter.text(new Transcript(name, entries, List.of()));
    }

    private static Entry entry(Turn turn, Set<Long> pinned) {
        return new Entry(
                String.valueOf(turn.seq()),
                turn.role(),
                turn.author().id(),
                turn.author().name(),
                turn.text(),
                turn.at(),
                turn.opensExchange(),
                turn.opensExchange() && pinned.contains(turn.exchange()),
                turn.toolCalls(),
                turn.answersCall());
    }
}
