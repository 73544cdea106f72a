package loci.command;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import loci.chat.CommandAnswer;
import loci.chat.ConversationId;
import loci.memory.ConversationStore;
import loci.prompt.Personas;
import loci.sanitize.OutboundSanitizer;
import loci.sanitize.PromptSanitizer;
import loci.sanitize.Redactor;

/** {@code /persona}: as whom the bot speaks in a channel: one of the operator's personas, or a few lines of the channel's own beside it. */
final class Persona implements Command {

    private static final int LONGEST = 1_500;

    private final ConversationStore store;
    private final Personas personas;
    private final PersonaRoom room;
    private final Redactor redactor;

    Persona(ConversationStore store, Personas personas, PersonaRoom room, Redactor redactor) {
        this.store = store;
        this.personas = personas;
        this.room = room;
        this.redactor = redactor;
    }

    @Override
    public String name() {
        return "persona";
    }

    @Override
    public List<Form> forms() {
        return List.of(
                Form.bare("show", "persona.show"),
                Form.bare("use", "persona.use", Blank.choice("name", Personas.STANDING)),
                Form.of(Personas.CUSTOM, "persona.custom", Blank.text("text", "TEXT")));
    }

    @Override
    public List<String> choices(String blank, Map<String, String> filled) {
        return personas.names();
    }

    @Override
    public Action action(String arguments) {
        return arguments.isBlank() ? Action.READ : Action.SETTINGS;
    }

    @Override
    public boolean records(String arguments) {
        return arguments.strip().toLowerCase(Locale.ROOT).startsWith(Personas.CUSTOM + " ");
    }

    @Override
    public CommandAnswer run(Invocation invocation) {
        String wanted = invocation.arguments();
        if (wanted.isEmpty()) {
            return CommandAnswer.of(describe(invocation));
        }
        String[] words = wanted.split("\\s+", 2);
        String name = words[0].toLowerCase(Locale.ROOT);
        if (name.equals(Personas.CUSTOM)) {
            return words.length < 2 ? misunderstood(invocation) : write(invocation, words[1].strip());
        }
        return words.length > 1 ? misunderstood(invocation) : choose(invocation, name);
    }

    private CommandAnswer choose(Invocation invocation, String wanted) {
        String name = wanted.equals(Settings.DEFAULT) ? Personas.STANDING : wanted;
        if (!personas.names().contains(name)) {
            return invocation.answer("persona.unknown", names());
        }
        Optional<String> obstacle = obstacle(personas, room, invocation.conversation(), name);
        if (obstacle.isPresent()) {
            return invocation.answer(obstacle.get());
        }
        boolean standing = name.equals(Personas.STANDING);
        store.set(invocation.conversation(), Personas.SETTING, standing ? Optional.empty() : Optional.of(name));
        return invocation.answer("persona.chosen", name);
    }

    /** The name of the text that says why a persona cannot be chosen. */
    static Optional<String> obstacle(Personas personas, PersonaRoom room, ConversationId conversation, String name) {
        return room.holds(conversation, personas.text(Map.of(Personas.SETTING, name)))
                ? Optional.empty()
                : Optional.of("persona.noRoom");
    }

    /** What is kept is what a prompt can hold: no secrets, nothing invisible. */
    private CommandAnswer write(Invocation invocation, String written) {
        if (written.length() > LONGEST) {
            return invocation.answer("persona.tooLong", LONGEST);
        }
        String text = PromptSanitizer.text(redactor.redact(written).text(), "", 2 * LONGEST)
                .strip();
        if (text.isEmpty()) {
            return misunderstood(invocation);
        }
        if (!room.holds(invocation.conversation(), personas.withCustom(text))) {
            return invocation.answer("persona.noRoom");
        }
        store.set(invocation.conversation(), Personas.SETTING, Optional.of(Personas.choiceOf(text)));
        return invocation.answer("persona.written");
    }

    private String describe(Invocation invocation) {
        Map<String, String> chosen = store.inForce(invocation.conversation());
        String name = personas.chosen(chosen);
        String current = invocation.text("persona.current", name);
        String text = name.equals(Personas.CUSTOM) ? "\n" + OutboundSanitizer.reply(Personas.custom(chosen), "") : "";
        return current + text + "\n" + invocation.text("persona.offered", names());
    }

    private String names() {
        return personas.names().stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    }
}
