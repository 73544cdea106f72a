package loci.command;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One way to write a command: fixed words first, then blanks. Immutable.
 *
 * @param name tells it from the command's other forms: letters, digits and dashes
 * @param words what is typed after the command's name; may be empty
 * @param blanks what the person fills in; those that may be left out come last
 * @param key the name of the text that says what it does
 */
record Form(String name, List<String> words, List<Blank> blanks, String key) {

    Form {
        words = List.copyOf(words);
        blanks = List.copyOf(blanks);
    }

    /** A form that begins with fixed words, such as {@code forget note 1}, and is named by them. */
    static Form of(String words, String key, Blank... blanks) {
        return new Form(words.replace(' ', '-'), Arrays.asList(words.split(" ", -1)), List.of(blanks), key);
    }

    /** A form without fixed words. */
    static Form bare(String name, String key, Blank... blanks) {
        return new Form(name, List.of(), List.of(blanks), key);
    }

    /** How it is typed after the command's name, with an example in each blank that must be filled. */
    String syntax() {
        return Stream.concat(
                        words.stream(), blanks.stream().filter(Blank::required).map(Blank::example))
                .collect(Collectors.joining(" "));
    }

    CommandDescription.Form described(Texts texts) {
        return new CommandDescription.Form(
                name,
                words,
                blanks.stream()
                        .map(blank -> new CommandDescription.Blank(
                                blank.name(), texts.get("blank." + blank.name()), blank.kind(), blank.required()))
                        .toList(),
                texts.get(key));
    }
}
