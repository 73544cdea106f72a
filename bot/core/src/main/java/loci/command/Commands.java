package loci.command;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Supplier;
import loci.chat.ChatEvent.CommandInvoked;
import loci.chat.ChatEvent.ConfirmationGiven;
import loci.chat.ChatEvent.MessagePosted;
import loci.chat.CommandAnswer;
import loci.chat.ConversationId;
import loci.memory.AuditRow;
import loci.memory.ConversationStore;
import loci.memory.Forgetting;
import loci.prompt.Strategies;
import loci.sanitize.Redactor;

/** All of Loci's commands, by name: who may run them, the row that each leaves in the audit, and what the bot says of itself. Thread-safe. */
public final class Commands {

    private final SequencedMap<String, Command> byName = new LinkedHashMap<>();
    private final Parts parts;
    private final Confirmations confirmations;
    private final Help help;

    /**
     * What the commands are made of.
     *
     * @param refresher remakes a running note on demand
     * @param recap tells what was said
     * @param exporter writes files
     * @param strategies what a channel can choose from
     * @param receivers which models at which addresses are sent what is said, for people to read
     * @param longestFact the most characters of a fact that is always kept in mind
     * @param tokens makes the secret tokens of confirmations
     */
    public record Parts(
            ConversationStore store,
            NoteRefresher refresher,
            Recap recap,
            Exporter exporter,
            Redactor redactor,
            Strategies strategies,
            Permissions permissions,
            String botName,
            String receivers,
            int longestFact,
            InstantSource clock,
            Supplier<String> tokens) {}

    public Commands(Parts parts) {
        this.parts = parts;
        ConversationStore store = parts.store();
        this.confirmations = new Confirmations(parts.clock(), parts.tokens());
        this.help = new Help(parts.botName(), () -> List.copyOf(byName.values()));
        Forget forget = new Forget(new Forgetting(store), confirmations, parts.clock());
        add(forget);
        add(new Summary(store, parts.refresher(), parts.recap(), parts.clock()));
        add(new Memory(store, forget));
        add(new Remember(store, parts.redactor(), parts.longestFact()));
        add(new Pin(store));
        add(new Settings(store, parts.strategies(), parts.permissions()));
        add(Pause.pause(store));
        add(Pause.resume(store));
        add(new Privacy(store, parts.receivers()));
        add(new Export(store, parts.exporter()));
        add(help);
    }

    /** Runs a command for somebody who may; an unknown name is answered with what there is. */
    public CommandAnswer run(CommandInvoked event) {
        Invocation invocation = Invocation.of(event);
        Command command = byName.get(event.name());
        if (command == null) {
            return help.unknown(invocation);
        }
        Action action = command.action(invocation.arguments());
        Map<String, String> settings = parts.store().settings(event.conversation());
        boolean may = parts.permissions().may(event.caller(), action, settings);
        parts.store()
                .audit(
                        event.conversation(),
                        new AuditRow(
                                parts.clock().instant(),
                                event.author().id(),
                                command.name() + ", " + action.key(),
                                may ? "allowed" : "denied"));
        if (!may) {
            return invocation.answer(
                    "denied." + parts.permissions().who(action, settings).key());
        }
        return command.run(invocation);
    }

    /** Carries out what was confirmed, where the token is still good for this person. */
    public CommandAnswer confirm(ConfirmationGiven given) {
        return confirmations.confirm(given);
    }

    /** Why a message may not be stored, and so not be answered; empty where it may. */
    public Optional<String> refusal(MessagePosted message) {
        ConversationId place = message.conversation();
        Texts texts = Texts.in(Locale.ROOT);
        if (parts.store()
                .optedOut(place.platform(), place.space(), message.author().id())) {
            return Optional.of(texts.get("privacy.notice"));
        }
        return Pause.isPaused(parts.store().settings(place))
                ? Optional.of(texts.get("pause.notice"))
                : Optional.empty();
    }

    /** What is said to somebody whose command failed for a reason of ours. */
    public static CommandAnswer failure(Locale locale) {
        return CommandAnswer.of(Texts.in(locale).get("failed"));
    }

    /** What a mention without words is answered with. */
    public String greeting() {
        return help.text(Texts.in(Locale.ROOT));
    }

    /** What the bot says where it has been invited. */
    public String welcome() {
        return Texts.in(Locale.ROOT).get("welcome", parts.botName());
    }

    /** The commands' names and how each is written, for completion and registration. */
    public Map<String, String> usages() {
        Texts texts = Texts.in(Locale.ROOT);
        Map<String, String> usages = new LinkedHashMap<>();
        byName.forEach((name, command) -> usages.put(name, command.usage(texts)));
        return usages;
    }

    private void add(Command command) {
        byName.put(command.name(), command);
    }
}
