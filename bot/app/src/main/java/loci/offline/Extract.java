package loci.offline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import loci.model.TokenCounter;

/** Condenses by picking the most telling sentences, in their order, as lines {@code - author: sentence}. */
final class Extract {

    private static final Pattern LIMIT = Pattern.compile("at most (\\d{1,6}) tokens");
    private static final int DEFAULT_LIMIT = 200;
    private static final double FACT_WEIGHT = 1.5;
    private static final int LONGEST_LINE = 300;

    /** Sentences in which people tell something about themselves or ask that it be kept. */
    private static final Pattern FACT = Pattern.compile(
            "(?i)\\b(my|our|i am|i'm|i have|i live|i like|we are|called|named|remember|decided|agreed)\\b");

    private Extract() {}

    private record Ranked(Statement statement, double score, int place) {}

    static String of(Reading reading, TokenCounter counter) {
        List<Statement> told = lastOfEachKind(reading.statements());
        Rarity rarity = new Rarity(told);
        List<Ranked> ranked = new ArrayList<>();
        for (int place = 0; place < told.size(); place++) {
            Statement statement = told.get(place);
            double score = rarity.of(statement.words())
                    / Math.sqrt(1 + statement.words().size());
            ranked.add(
                    new Ranked(statement, FACT.matcher(statement.text()).find() ? score * FACT_WEIGHT : score, place));
        }
        ranked.sort(Comparator.comparingDouble(Ranked::score).reversed().thenComparingInt(Ranked::place));
        List<Ranked> kept = new ArrayList<>();
        int left = limit(reading);
        for (Ranked one : ranked) {
            int tokens = counter.count(line(one)) + 1;
            if (tokens <= left) {
                kept.add(one);
                left -= tokens;
            }
        }
        kept.sort(Comparator.comparingInt(Ranked::place));
        if (kept.isEmpty() && !told.isEmpty()) {
            return "- Too much was told for so short a note.";
        }
        return kept.isEmpty()
                ? "- Nothing was told; there were only questions or greetings."
                : kept.stream().map(Extract::line).collect(Collectors.joining("\n"));
    }

    /** Of statements that differ in their numbers only, the last one holds: ten walks are one habit, a new door code replaces the old. */
    private static List<Statement> lastOfEachKind(List<Statement> statements) {
        SequencedMap<Set<String>, Statement> kinds = new LinkedHashMap<>();
        for (Statement statement : statements) {
            Set<String> kind = new HashSet<>(statement.words());
            kind.removeIf(Words::isNumber);
            if (!statement.question() && !kind.isEmpty()) {
                kind.add(statement.author() + ":");
                kinds.putLast(kind, statement);
            }
        }
        return List.copyOf(kinds.values());
    }

    private static String line(Ranked ranked) {
        String text = ranked.statement().text();
        String shown = text.length() <= LONGEST_LINE ? text : text.substring(0, LONGEST_LINE) + "…";
        return "- " + ranked.statement().author().replace(":", "") + ": " + shown;
    }

    private static int limit(Reading reading) {
        Matcher limit = LIMIT.matcher(reading.instructions());
        return limit.find() ? Integer.parseInt(limit.group(1)) : DEFAULT_LIMIT;
    }
}
