package loci.transcript;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that can be asked when a transcript has been said to its end.
 *
 * @param id names it among the questions
 * @param text the question
 * @param category what kind it is, in the words of whoever made the transcript; may be empty
 * @param evidence the ids of the entries that an answer rests on; may be empty where there is an answer
 * @param answer the words that an answer must hold, or null where only the evidence is known
 */
public record Question(
        String id,
        String text,
        String category,
        List<String> evidence,
        @Nullable String answer) {

    public Question {
        evidence = List.copyOf(evidence);
    }
}
