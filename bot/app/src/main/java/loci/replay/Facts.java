package loci.replay;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import loci.memory.Digest;
import loci.memory.Turn;
import loci.prompt.Assembly.Shown;
import loci.transcript.Entry;
import loci.transcript.Question;
import loci.transcript.Transcript;
import org.jspecify.annotations.Nullable;

/**
 * Whether a prompt holds what a question's answer rests on. That is evidence in the prompt and not an answer of a model, which may
 * still miss it.
 *
 * <p>A planted answer is there where its words stand in what is shown of the memory. An annotated message is there where it is shown, or
 * where one digest holds 60 % of its distinctive words: those that few messages of the transcript have. Not thread-safe.
 */
final class Facts {

    static final double ENOUGH = 0.6;

    /** A word that more than one message in so many has tells little. */
    private static final int ONE_IN = 50;

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

    private final Map<String, Entry> entries = new HashMap<>();
    private final Map<String, Integer> messagesWith = new HashMap<>();
    private final int mostForDistinctive;
    private final Map<Long, Set<String>> digestWords = new HashMap<>();

    Facts(Transcript transcript) {
        for (Entry entry : transcript.entries()) {
            entries.put(entry.id(), entry);
            words(entry.text()).forEach(word -> messagesWith.merge(word, 1, Integer::sum));
        }
        mostForDistinctive = Math.max(1, transcript.entries().size() / ONE_IN);
    }

    /** How much of what an answer rests on a prompt holds. */
    enum Found {
        /** All of it, word for word. */
        WORD_FOR_WORD,
        /** All of it, some of it only in the note. */
        IN_THE_NOTE,
        /** Some of it. */
        IN_PART,
        /** Nothing of it. */
        NOT
    }

    /**
     * Judges one question.
     *
     * @param shown what the prompt shows of the memory
     * @param idOf gives the entry's id of a turn
     */
    Found find(Question question, Shown shown, Map<Long, String> idOf) {
        String answer = question.answer();
        if (answer != null) {
            return planted(plain(answer), shown);
        }
        Set<String> wordForWord = new HashSet<>();
        Stream.concat(shown.window().stream(), shown.pinned().stream())
                .map(turn -> idOf.get(turn.seq()))
                .filter(id -> id != null)
                .forEach(wordForWord::add);
        int whole = 0;
        int condensed = 0;
        for (String id : question.evidence()) {
            if (wordForWord.contains(id)) {
                whole++;
            } else if (inNote(entries.get(id), shown.note())) {
                condensed++;
            }
        }
        int needed = question.evidence().size();
        if (whole + condensed < needed) {
            return whole + condensed == 0 ? Found.NOT : Found.IN_PART;
        }
        return whole == needed ? Found.WORD_FOR_WORD : Found.IN_THE_NOTE;
    }

    private static Found planted(String answer, Shown shown) {
        boolean said = Stream.concat(shown.window().stream(), shown.pinned().stream())
                .map(Turn::text)
                .anyMatch(text -> plain(text).contains(answer));
        if (said) {
            return Found.WORD_FOR_WORD;
        }
        boolean noted =
                shown.note().stream().anyMatch(digest -> plain(digest.text()).contains(answer));
        return noted ? Found.IN_THE_NOTE : Found.NOT;
    }

    private boolean inNote(@Nullable Entry entry, List<Digest> note) {
        if (entry == null) {
            return false;
        }
        Set<String> telling = distinctive(entry.text());
        return note.stream()
                .map(digest -> digestWords.computeIfAbsent(digest.number(), number -> words(digest.text())))
                .anyMatch(held -> telling.stream().filter(held::contains).count() >= telling.size() * ENOUGH
                        && !telling.isEmpty());
    }

    private Set<String> distinctive(String text) {
        Set<String> all = words(text);
        Set<String> rare = new HashSet<>(all);
        rare.removeIf(word -> messagesWith.getOrDefault(word, 0) > mostForDistinctive);
        return rare.isEmpty() ? all : rare;
    }

    private static Set<String> words(String text) {
        Set<String> words = new HashSet<>();
        Matcher word = WORD.matcher(text.toLowerCase(Locale.ROOT));
        while (word.find()) {
            words.add(word.group());
        }
        return words;
    }

    /** Words with one space between them, so that neither case nor line breaks nor signs count. */
    private static String plain(String text) {
        return " "
                + String.join(
                        " ",
                        WORD.matcher(text.toLowerCase(Locale.ROOT))
                                .results()
                                .map(m -> m.group())
                                .toList()) + " ";
    }
}
