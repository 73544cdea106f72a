package loci.transcript;

import java.util.List;

/**
 * A conversation as a file holds it.
 *
 * @param name what it is called; 1 to 200 characters on one line
 * @param entries what was said, in order
 * @param questions what can be asked when all is said, with what an answer rests on
 */
public record Transcript(String name, List<Entry> entries, List<Question> questions) {

    public Transcript {
        entries = List.copyOf(entries);
        questions = List.copyOf(questions);
    }
}
