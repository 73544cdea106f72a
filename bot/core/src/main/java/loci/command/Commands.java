package loci.command;

import java.time.InstantSource;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Supplier;
import loci.chat.ChatEvent.CommandInvoked;
import loci.chat.ChatEvent.ConfirmationGiven;
import loci.chat.CommandAnswer;
import loci.memory.ConversationStore;
import loci.memory.Forgetting;
import loci.prompt.Strategies;

/** All of Loci's commands, by name. Thread-safe. */
public final class Commands {

    private final SequencedMap<String, Command> byName = new LinkedHashMap<>();
    private final Confirmations confirmations;
    private final Help help;

    /**
     * @param strategies what a channel can choose from
     * @param refresher remakes a running note on demand
     * @param tokens makes the secret tokens of confirmations
     * @param zone the time zone in which people mean the times they type
     */
    public Commands(
            ConversationStore store,
            NoteRefresher refresher,
            Strategies strategies,
            String botName,
            InstantSource clock,
            ZoneId zone,
            Supplier<String> tokens) {
        this.confirmations = new Confirmations(clock, tokens);
        this.help = new Help(botName, () -> List.copyOf(byName.values()));
        add(new Forget(new Forgetting(store), confirmations, clock, zone));
        add(new Summary(store, refresher, zone));
        add(new Pin(store));
        add(new Settings(store, strategies));
        add(help);
    }

    /** Runs a command; an unknown name is answered with what there is. */
    public CommandAnswer run(CommandInvoked invocation) {
        Command command = byName.get(invocation.name());
        return command == null ? help.unknown(invocation.name()) : command.run(invocation);
    }

    /** Carries out what was confirmed, where the token is still good for this person. */
    public CommandAnswer confirm(ConfirmationGiven given) {
        return confirmations.confirm(given);
    }

    /** What a mention without words is answered with. */
    public String greeting() {
        return help.text();
    }

    /** The commands' names, for completion and registration. */
    public Map<String, String> usages() {
        Map<String, String> usages = new LinkedHashMap<>();
        byName.forEach((name, command) -> usages.put(name, command.usage()));
        return usages;
    }

    private void add(Command command) {
        byName.put(command.name(), command);
    }
}
