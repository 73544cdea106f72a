package loci.command;

import java.util.List;
import loci.chat.ChatEvent.MessagePosted;
import loci.chat.CommandAnswer;
import loci.chat.MessageRef;
import loci.memory.ConversationStore;
import loci.memory.Recorded;
import loci.sanitize.OutboundSanitizer;
import loci.sanitize.Redactor;

/**
 * {@code /remember}: keeps a fact in every prompt. A fact is a message like any other, said by whoever adds it, and pinned: it is forgotten,
 * exported and attributed as messages are.
 */
final class Remember implements Command {

    private final ConversationStore store;
    private final Redactor redactor;
    private final PinRoom room;
    private final int mostChars;

    /** @param mostChars the longest fact, so that it leaves room for the conversation */
    Remember(ConversationStore store, Redactor redactor, PinRoom room, int mostChars) {
        this.store = store;
        this.redactor = redactor;
        this.room = room;
        this.mostChars = mostChars;
    }

    @Override
    public String name() {
        return "remember";
    }

    @Override
    public List<Form> forms() {
        return List.of(Form.bare("fact", "remember.fact", Blank.text("fact", "FACT")));
    }

    @Override
    public Action action(String arguments) {
        return Action.REMEMBER;
    }

    @Override
    public boolean records(String arguments) {
        return true;
    }

    @Override
    public CommandAnswer run(Invocation invocation) {
        String fact = invocation.arguments();
        if (OutboundSanitizer.reply(fact, "").isBlank()) {
            return misunderstood(invocation);
        }
        if (fact.length() > mostChars) {
            return invocation.answer("remember.tooLong", mostChars);
        }
        if (store.pinned(invocation.conversation()).size() >= ConversationStore.MOST_PINNED) {
            return invocation.answer("pin.full", ConversationStore.MOST_PINNED);
        }
        if (!room.holds(invocation.conversation(), List.of(fact))) {
            return invocation.answer("pin.noRoom");
        }
        // The command's own event: a command that is run again after a crash finds what it recorded.
        Recorded recorded = store.record(new MessagePosted(
                invocation.event().event(),
                invocation.conversation(),
                new MessageRef(invocation.event().event().id()),
                invocation.author(),
                redactor.redact(fact).text(),
                invocation.at(),
                false));
        return store.pin(invocation.conversation(), recorded.seq(), true)
                ? invocation.answer("remember.done")
                : invocation.answer("remember.gone");
    }
}
