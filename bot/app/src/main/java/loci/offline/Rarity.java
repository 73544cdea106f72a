package loci.offline;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How telling a word is among the statements of one prompt: the rarer, the more. */
final class Rarity {

    /** A number alone seldom says what something is about. */
    private static final double NUMBER_WEIGHT = 0.3;

    private final Map<String, Integer> statementsWith = new HashMap<>();
    private final int statements;

    Rarity(List<Statement> among) {
        statements = among.size();
        among.forEach(statement -> statement.words().forEach(word -> statementsWith.merge(word, 1, Integer::sum)));
    }

    double of(String word) {
        double rarity = Math.log(1 + (statements + 1.0) / (1 + statementsWith.getOrDefault(word, 0)));
        return Words.isNumber(word) ? rarity * NUMBER_WEIGHT : rarity;
    }

    double of(Collection<String> words) {
        return words.stream().mapToDouble(this::of).sum();
    }
}
