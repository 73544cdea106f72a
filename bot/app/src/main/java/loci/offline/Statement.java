package loci.offline;

import java.util.Set;

/**
 * One sentence found in a prompt.
 *
 * @param author who said it, by the name in the prompt
 * @param text the sentence
 * @param question whether it asks
 * @param words its telling words, stemmed
 */
record Statement(String author, String text, boolean question, Set<String> words) {

    static Statement of(String author, String sentence) {
        String text = sentence.strip();
        return new Statement(author, text, Words.asks(text), Words.telling(text));
    }
}
