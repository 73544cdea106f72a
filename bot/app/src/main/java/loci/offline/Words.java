package loci.offline;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The little that the offline model knows of language: words, sentences, and what a question looks like. */
final class Words {

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+(?:['’][\\p{L}]+)?");

    private static final Pattern ASKING = Pattern.compile(
            "(?i)^(who|whom|whose|what|when|where|why|which|how|is|are|am|was|were|do|does|did|can|could|should|would|will|tell"
                + " me|remind me|do you)\\b.*");

    private static final Set<String> COMMON = Set.of(
            ("a an the and or but if so of to in on at by for from with about as into is are am was were be been being"
                + " do does did has have had i me my mine you your yours he him his she her hers it its we us our they"
                + " them their this that these those there here what which who whom whose when where why how can could"
                + " should would will shall may might must not no yes just also too very really please tell say said"
                + " know think i'm it's what's that's i've i'll don't remember remind any some all one go get got let"
                + " like hello hi hey thanks thank")
                    .split(" "));

    private Words() {}

    static Set<String> telling(String text) {
        Set<String> words = new LinkedHashSet<>();
        Matcher matcher = WORD.matcher(text.toLowerCase(Locale.ROOT).replace('’', '\''));
        while (matcher.find()) {
            String word = matcher.group();
            if (!COMMON.contains(word)) {
                words.add(stem(word));
            }
        }
        words.removeAll(COMMON);
        return words;
    }

    static boolean asks(String sentence) {
        return sentence.endsWith("?") || ASKING.matcher(sentence).matches();
    }

    static List<String> sentences(String text) {
        List<String> found = new ArrayList<>();
        for (String line : (Iterable<String>) text.lines()::iterator) {
            BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.ROOT);
            sentences.setText(line);
            int start = 0;
            for (int end = sentences.next(); end != BreakIterator.DONE; end = sentences.next()) {
                String sentence = line.substring(start, end).strip();
                if (!sentence.isEmpty()) {
                    found.add(sentence);
                }
                start = end;
            }
        }
        return found;
    }

    static boolean isNumber(String word) {
        return word.chars().allMatch(Character::isDigit);
    }

    /** Takes off the commonest English endings, so that "called" meets "call" and "trips" meets "trip". */
    private static String stem(String word) {
        String bare = word.endsWith("'s") ? word.substring(0, word.length() - 2) : word;
        for (String ending : List.of("ing", "ed", "es", "s")) {
            if (bare.length() > ending.length() + 2 && bare.endsWith(ending)) {
                return bare.substring(0, bare.length() - ending.length());
            }
        }
        return bare;
    }
}
