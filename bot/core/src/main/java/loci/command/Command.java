package loci.command;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import loci.chat.CommandAnswer;

/** One of Loci's commands. Thread-safe. */
interface Command {

    /** The word it is called by, without the slash. */
    String name();

    /** The ways in which it can be written, the most common one first. */
    List<Form> forms();

    /** What it does when called so, as far as it matters who may do it. */
    Action action(String arguments);

    /** The same where it depends on more than the words. */
    default Action action(Invocation invocation) {
        return action(invocation.arguments());
    }

    /** Whether it stores words of the caller, which the caller may have forbidden. */
    default boolean records(String arguments) {
        return false;
    }

    /** Whether a model is asked for it, which is counted like a question. */
    default boolean asks(String arguments) {
        return false;
    }

    /** Whether its answer holds what others said, which is then needed to be allowed to be read. */
    default boolean shows() {
        return false;
    }

    /** Runs it for the person who called, who may. Never throws for anything a person can type. */
    CommandAnswer run(Invocation invocation);

    /**
     * What can go into a blank of kind {@link CommandDescription.Kind#CHOICE}.
     *
     * @param blank its name
     * @param filled what went into the form's other blanks, by their names
     */
    default List<String> choices(String blank, Map<String, String> filled) {
        return List.of();
    }

    /** How it is written, one form a line, each with what it does. */
    default String usage(Texts texts) {
        return forms().stream()
                .map(form -> "`/" + (name() + " " + form.syntax()).strip() + "` — " + texts.get(form.key()))
                .collect(Collectors.joining("\n"));
    }

    /** What is said to somebody whose words were not understood. */
    default CommandAnswer misunderstood(Invocation invocation) {
        return CommandAnswer.of(invocation.text("misunderstood") + "\n" + usage(invocation.texts()));
    }
}
