package loci.command;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import loci.chat.ChatEvent.CommandInvoked;
import loci.chat.CommandAnswer;
import loci.chat.ConversationId;
import loci.memory.ConversationStore;
import loci.prompt.Strategies;
import loci.prompt.Strategy;

/** {@code /settings}: what holds for this channel, and where it differs from the operator's configuration. */
final class Settings implements Command {

    private static final String DEFAULT = "default";

    private final ConversationStore store;
    private final Strategies strategies;

    Settings(ConversationStore store, Strategies strategies) {
        this.store = store;
        this.strategies = strategies;
    }

    @Override
    public String name() {
        return "settings";
    }

    @Override
    public String usage() {
        return """
            `/settings` — show what holds for this channel
            `/settings strategy NAME` — choose what of this channel the model is shown: %s; `default` goes back to the operator's choice\
            """.formatted(names());
    }

    @Override
    public CommandAnswer run(CommandInvoked invocation) {
        List<String> words =
                List.of(invocation.arguments().strip().toLowerCase(Locale.ROOT).split("\\s+", -1));
        String setting = words.getFirst();
        ConversationId conversation = invocation.conversation();
        if (setting.isEmpty() || words.equals(List.of(Strategies.SETTING))) {
            return CommandAnswer.of(describe(conversation));
        }
        if (!setting.equals(Strategies.SETTING)) {
            return CommandAnswer.of("There is no such setting.\n" + usage());
        }
        String name = words.get(1);
        boolean back = name.equals(DEFAULT);
        if (words.size() > 2 || (!back && strategies.named(name).isEmpty())) {
            return CommandAnswer.of("There is no such strategy; there are " + names() + ", and `default`.");
        }
        store.set(conversation, Strategies.SETTING, back ? Optional.empty() : Optional.of(name));
        return CommandAnswer.of("Set from the next message on. " + describe(conversation));
    }

    private String names() {
        return strategies.all().stream()
                .map(strategy -> "`" + strategy.name() + "`")
                .collect(Collectors.joining(", "));
    }

    private String describe(ConversationId conversation) {
        var settings = store.settings(conversation);
        Strategy chosen = strategies.chosen(settings);
        return "Strategy of this channel: `" + chosen.name() + "`"
                + (settings.containsKey(Strategies.SETTING) ? " (chosen here)." : " (the operator's choice).");
    }
}
