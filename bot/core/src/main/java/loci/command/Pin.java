package loci.command;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import loci.chat.CommandAnswer;
import loci.memory.ConversationStore;
import loci.memory.Exchanges;
import loci.memory.Turn;

/** {@code /pin}: keeps a message, with its answer, in every prompt word for word, however old it is. */
final class Pin implements Command {

    private final ConversationStore store;
    private final PinRoom room;

    Pin(ConversationStore store, PinRoom room) {
        this.store = store;
        this.room = room;
    }

    @Override
    public String name() {
        return "pin";
    }

    @Override
    public List<Form> forms() {
        return List.of(Form.of("last", "pin.last"), Form.bare("message", "pin.words", Blank.text("words", "WORDS")));
    }

    @Override
    public Action action(String arguments) {
        return Action.REMEMBER;
    }

    @Override
    public boolean shows() {
        return true;
    }

    @Override
    public CommandAnswer run(Invocation invocation) {
        String wanted = invocation.arguments();
        if (wanted.isEmpty()) {
            return misunderstood(invocation);
        }
        String words = wanted.equalsIgnoreCase("last") ? "" : wanted.toLowerCase(Locale.ROOT);
        Optional<Turn> found = new Lately(store)
                .newest(
                        invocation.conversation(),
                        turn -> turn.text().toLowerCase(Locale.ROOT).contains(words));
        if (found.isEmpty()) {
            return invocation.answer("pin.notFound");
        }
        long exchange = found.get().exchange();
        List<String> texts =
                store
                        .turns(invocation.conversation(), new Exchanges(exchange, exchange), Integer.MAX_VALUE - 1)
                        .stream()
                        .map(Turn::text)
                        .toList();
        boolean isNew = !store.pinned(invocation.conversation()).contains(exchange);
        if (isNew && !room.holds(invocation.conversation(), texts)) {
            return invocation.answer("pin.noRoom");
        }
        return store.pin(invocation.conversation(), exchange, true)
                ? invocation.answer("pin.pinned", Kept.shown(found.get()))
                : invocation.answer("pin.full", ConversationStore.MOST_PINNED);
    }
}
