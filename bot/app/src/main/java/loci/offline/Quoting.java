package loci.offline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Answers by quoting. */
final class Quoting {

    private static final int MOST_QUOTES = 3;
    private static final double NEAR_BEST = 0.6;
    private static final double QUESTION_WEIGHT = 0.25;
    private static final double SAME_AUTHOR_WEIGHT = 1.2;
    private static final int LONGEST_QUOTE = 300;

    private Quoting() {}

    private record Scored(Statement statement, double score, int place) {}

    static String answer(Reading reading) {
        if (Words.sentences(reading.live()).stream().noneMatch(Words::asks)) {
            return "Noted.";
        }
        Set<String> asked = Words.telling(reading.live());
        Rarity rarity = new Rarity(reading.statements());
        List<Scored> scored = new ArrayList<>();
        for (int place = 0; place < reading.statements().size(); place++) {
            Statement statement = reading.statements().get(place);
            double score = score(statement, asked, rarity, reading.author());
            if (score > 0) {
                scored.add(new Scored(statement, score, place));
            }
        }
        if (scored.isEmpty()) {
            return nothingBears(reading);
        }
        // The later of two equal statements is the one that holds now.
        scored.sort(Comparator.comparingDouble(Scored::score)
                .reversed()
                .thenComparing(Scored::place, Comparator.reverseOrder()));
        double least = scored.getFirst().score() * NEAR_BEST;
        Set<String> seen = new HashSet<>();
        return scored.stream()
                .filter(s -> s.score() >= least && seen.add(s.statement().text()))
                .limit(MOST_QUOTES)
                .map(s -> quote(s.statement()))
                .collect(Collectors.joining("\n"));
    }

    private static double score(Statement statement, Set<String> asked, Rarity rarity, String asker) {
        Set<String> shared = new HashSet<>(statement.words());
        shared.retainAll(asked);
        double score = rarity.of(shared) / Math.sqrt(1 + statement.words().size());
        if (statement.question()) {
            score *= QUESTION_WEIGHT;
        }
        return statement.author().equals(asker) ? score * SAME_AUTHOR_WEIGHT : score;
    }

    private static String nothingBears(Reading reading) {
        return reading.statements().reversed().stream()
                .filter(statement -> !statement.question())
                .findFirst()
                .map(last -> "Nothing I was given answers that. Last said before: " + quote(last))
                .orElse("Nothing I was given answers that.");
    }

    private static String quote(Statement statement) {
        String text = statement.text();
        String shown = text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
        return statement.author() + (statement.question() ? " asked: “" : " said: “") + shown + "”";
    }
}
