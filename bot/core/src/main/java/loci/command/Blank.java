package loci.command;

import loci.command.CommandDescription.Kind;

/**
 * Something a person fills in when writing a command. Immutable.
 *
 * @param name one lower-case word, unique within its form; the text {@code blank.NAME} says what goes in
 * @param kind what can go in
 * @param example something that could go in
 * @param required whether it may not be left out
 */
record Blank(String name, Kind kind, String example, boolean required) {

    static Blank text(String name, String example) {
        return new Blank(name, Kind.TEXT, example, true);
    }

    static Blank number(String name, String example) {
        return new Blank(name, Kind.NUMBER, example, true);
    }

    static Blank choice(String name, String example) {
        return new Blank(name, Kind.CHOICE, example, true);
    }

    /** The same, and it may be left out. */
    Blank optional() {
        return new Blank(name, kind, example, false);
    }
}
