package loci.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import loci.memory.Role;
import loci.prompt.Strategy;
import loci.replay.Line.Departure;
import loci.replay.Line.Reason;
import loci.transcript.Entry;
import loci.transcript.Transcript;

/** A replay's log as lines for people. Names and texts are shown without what could steer a terminal. Immutable. */
public final class ReplayText {

    private static final int NAME_WIDTH = 12;
    private static final int FIRST_WORDS = 60;
    private static final int MOST_NUMBERS = 12;

    private final Transcript transcript;
    private final boolean withWords;

    /** @param withWords whether the first words of each message that left a prompt are shown */
    public ReplayText(Transcript transcript, boolean withWords) {
        this.transcript = transcript;
        this.withWords = withWords;
    }

    public static String heading(Strategy strategy, int budget) {
        return String.format(Locale.ROOT, "%s: prompts of at most %,d tokens", strategy.name(), budget);
    }

    public List<String> of(Line line) {
        return switch (line) {
            case Line.Asked asked -> asked(asked);
            case Line.Refused refused ->
                List.of(String.format(
                        Locale.ROOT,
                        "%s  nothing sent: %,d tokens are needed and %,d allowed",
                        start(refused.number(), refused.entry()),
                        refused.needed(),
                        refused.budget()));
            case Line.Followed followed ->
                List.of(String.format(
                        Locale.ROOT,
                        "%s  %s %,d tokens long",
                        start(followed.number(), followed.entry()),
                        what(followed.entry()),
                        followed.tokens()));
            case Line.Condensed condensed -> List.of(condensed(condensed));
            case Line.NoteFailed() ->
                List.of("        the summariser failed: nothing is lost, and it is tried again later");
        };
    }

    private static String what(Entry entry) {
        return entry.role() == Role.TOOL
                ? "a tool's result,"
                : entry.toolCalls().isEmpty() ? "an answer," : "a tool call,";
    }

    private List<String> asked(Line.Asked asked) {
        String parts = "window " + asked.window();
        parts += asked.digests() > 0 ? ", note of " + digests(asked.digests()) : "";
        parts += asked.pinned() > 0 ? ", " + asked.pinned() + " pinned" : "";
        parts += asked.waiting() > 0 ? ", " + asked.waiting() + " waiting for a digest" : "";
        parts += asked.liveCut() ? ", the message itself cut" : "";
        String line = String.format(
                Locale.ROOT, "%s %,7d tokens  %s", start(asked.number(), asked.entry()), asked.tokens(), parts);
        if (asked.left().isEmpty()) {
            return List.of(line);
        }
        List<String> lines = new ArrayList<>();
        lines.add(line + "; left: "
                + asked.left().stream()
                        .map(left -> numbers(left.numbers()) + " (" + words(left.reason()) + ")")
                        .collect(Collectors.joining(", ")));
        if (withWords) {
            asked.left().forEach(left -> lines.addAll(quotes(left)));
        }
        return lines;
    }

    private List<String> quotes(Departure left) {
        return left.numbers().stream()
                .map(number -> {
                    Entry entry = transcript.entries().get(number - 1);
                    return "        left " + number + " " + plain(entry.authorName(), NAME_WIDTH) + ": "
                            + plain(entry.text(), FIRST_WORDS);
                })
                .toList();
    }

    private static String condensed(Line.Condensed condensed) {
        String range = condensed.from() == condensed.to()
                ? String.valueOf(condensed.from())
                : condensed.from() + "–" + condensed.to();
        String what = condensed.level() == 0
                ? "condensed: " + range + " into a digest of "
                : "folded: the digests of " + range + " into one of ";
        return "        " + what + condensed.tokens() + " tokens; the note has " + digests(condensed.digests());
    }

    private static String digests(int count) {
        return count == 1 ? "1 digest" : count + " digests";
    }

    private static String words(Reason reason) {
        return switch (reason) {
            case IN_THE_NOTE -> "in the note now";
            case NO_ROOM -> "trimmed: no room";
            case OUTSIDE -> "older than the strategy looks";
        };
    }

    /** Ranges where numbers follow each other. */
    private static String numbers(List<Integer> numbers) {
        List<String> ranges = new ArrayList<>();
        int index = 0;
        while (index < numbers.size()) {
            int start = numbers.get(index);
            int end = start;
            while (index + 1 < numbers.size() && numbers.get(index + 1) == end + 1) {
                end = numbers.get(++index);
            }
            index++;
            ranges.add(start == end ? String.valueOf(start) : start + (end == start + 1 ? " " : "–") + end);
        }
        if (ranges.size() > MOST_NUMBERS) {
            return String.join(" ", ranges.subList(0, MOST_NUMBERS)) + " … (" + numbers.size() + " messages)";
        }
        return String.join(" ", ranges);
    }

    private static String start(int number, Entry entry) {
        String name = entry.role() == Role.TOOL ? "tool" : plain(entry.authorName(), NAME_WIDTH);
        return String.format(Locale.ROOT, "%5d  %-" + NAME_WIDTH + "s", number, name);
    }

    private static String plain(String text, int longest) {
        String line =
                text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]+", " ").strip();
        return line.codePointCount(0, line.length()) <= longest
                ? line
                : line.substring(0, line.offsetByCodePoints(0, longest - 1)) + "…";
    }
}
