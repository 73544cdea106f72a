package loci.command;

import java.util.List;
import java.util.Locale;
import loci.chat.CommandAnswer;
import loci.chat.ConversationId;
import loci.memory.ConversationStore;
import loci.sanitize.OutboundSanitizer;

/** {@code /privacy}: what is kept of whoever asks, and the way out of it. */
final class Privacy implements Command {

    private final ConversationStore store;
    private final ChannelRules rules;
    private final Earshot earshot;
    private final String receivers;

    /**
     * @param rules what holds where a channel chose nothing
     * @param receivers which models at which addresses are sent what is said
     */
    Privacy(ConversationStore store, ChannelRules rules, Earshot earshot, String receivers) {
        this.store = store;
        this.rules = rules;
        this.earshot = earshot;
        this.receivers = receivers;
    }

    @Override
    public String name() {
        return "privacy";
    }

    @Override
    public List<Form> forms() {
        return List.of(
                Form.bare("show", "privacy.form"), Form.of("opt-out", "privacy.out"), Form.of("opt-in", "privacy.in"));
    }

    @Override
    public Action action(String arguments) {
        return Action.OWN;
    }

    @Override
    public CommandAnswer run(Invocation invocation) {
        ConversationId place = invocation.conversation();
        String person = invocation.author().id();
        return switch (invocation.arguments().toLowerCase(Locale.ROOT)) {
            case "" -> {
                ChannelRules here = rules.in(store.inForce(place));
                boolean out = store.optedOut(place.platform(), place.space(), person);
                yield invocation.answer(
                        "privacy.text",
                        OutboundSanitizer.reply(receivers, ""),
                        invocation.text(out ? "privacy.notStored" : "privacy.stored"),
                        invocation.text(
                                earshot.in(place) == Earshot.Limit.NONE ? "privacy.hearsAll" : "privacy.hearsMentions"),
                        here.retention().duration().isEmpty()
                                ? invocation.text("privacy.keptForever")
                                : invocation.text(
                                        "privacy.keptFor", here.retention().key()));
            }
            case "opt-out" -> {
                store.optOut(place.platform(), place.space(), person, true);
                yield invocation.answer("privacy.outDone");
            }
            case "opt-in" -> {
                store.optOut(place.platform(), place.space(), person, false);
                yield invocation.answer("privacy.inDone");
            }
            default -> misunderstood(invocation);
        };
    }
}
