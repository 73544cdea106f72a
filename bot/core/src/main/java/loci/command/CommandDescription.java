package loci.command;

import java.util.List;

/**
 * What a platform needs to know of a command to offer it: its name, and the ways to write it. Immutable.
 *
 * @param name the word it is called by, without the slash: lower-case letters
 * @param text what it does, in the language asked for; without a full stop
 * @param forAdmins whether nothing of it is open to everybody as configured
 * @param forms the ways to write it, the most common one first; at least one
 */
public record CommandDescription(String name, String text, boolean forAdmins, List<Form> forms) {

    public CommandDescription {
        forms = List.copyOf(forms);
    }

    /**
     * One way to write it.
     *
     * @param name tells it from the command's other forms: letters, digits and dashes
     * @param words what is typed after the command's name, before the blanks; may be empty
     * @param blanks what the person fills in, those that may be left out last
     * @param text what it does
     */
    public record Form(String name, List<String> words, List<Blank> blanks, String text) {

        public Form {
            words = List.copyOf(words);
            blanks = List.copyOf(blanks);
        }
    }

    /**
     * Something a person fills in.
     *
     * @param name one lower-case word, unique within its form
     * @param text what goes in
     * @param kind what can go in
     * @param required whether it may not be left out
     */
    public record Blank(String name, String text, Kind kind, boolean required) {}

    /** What can be filled in. */
    public enum Kind {
        /** Anything. */
        TEXT,
        /** A whole number from 1. */
        NUMBER,
        /** One of the names that {@link Commands#choices} gives. */
        CHOICE
    }
}
