package loci.command;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import loci.chat.CommandAnswer;
import loci.memory.ConversationStore;

/** {@code /pause} and {@code /resume}: whether the bot listens and answers in a channel at all. */
final class Pause implements Command {

    private static final String SETTING = "paused";

    private final ConversationStore store;
    private final boolean pauses;

    private Pause(ConversationStore store, boolean pauses) {
        this.store = store;
        this.pauses = pauses;
    }

    static Pause pause(ConversationStore store) {
        return new Pause(store, true);
    }

    static Pause resume(ConversationStore store) {
        return new Pause(store, false);
    }

    /** Whether a channel is paused, where these things were set. */
    static boolean isPaused(Map<String, String> settings) {
        return settings.containsKey(SETTING);
    }

    @Override
    public String name() {
        return pauses ? "pause" : "resume";
    }

    @Override
    public List<Form> forms() {
        return List.of(Form.bare("now", name() + ".form"));
    }

    @Override
    public Action action(String arguments) {
        return Action.SETTINGS;
    }

    @Override
    public CommandAnswer run(Invocation invocation) {
        if (!invocation.arguments().isEmpty()) {
            return misunderstood(invocation);
        }
        store.set(invocation.conversation(), SETTING, pauses ? Optional.of("yes") : Optional.empty());
        boolean still = !pauses && isPaused(store.inForce(invocation.conversation()));
        return invocation.answer(still ? "resume.channel" : name() + ".done");
    }
}
