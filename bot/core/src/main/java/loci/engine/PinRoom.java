package loci.engine;

import java.util.List;
import loci.chat.ConversationId;
import loci.memory.ConversationStore;
import loci.memory.Exchanges;
import loci.memory.Turn;
import loci.model.ToolCall;
import loci.prompt.PromptAssembler;
import loci.prompt.PromptCounter;
import loci.prompt.Strategy;

/** Whether what is to be kept in mind for good fits into a prompt beside what is kept already. Thread-safe. */
final class PinRoom {

    /** The header of a turn, at most about: its mark, a name and a date. */
    private static final int HEADER_TOKENS = 30;

    /** What stands in every prompt beside the persona, and a live message of some length. */
    private static final int USUAL_TOKENS = 300;

    private final ConversationStore store;
    private final EngineSettings settings;
    private final CalibratedModel model;

    PinRoom(ConversationStore store, EngineSettings settings, CalibratedModel model) {
        this.store = store;
        this.settings = settings;
        this.model = model;
    }

    /** @param more text that is to be kept too */
    boolean holds(ConversationId conversation, List<String> more) {
        PromptCounter counter = model.counter();
        Strategy strategy = settings.strategies().chosen(store.settings(conversation));
        int room = settings.budget(strategy, model.profile()).promptTokens()
                - counter.count(settings.persona())
                - counter.countTools(settings.tools())
                - USUAL_TOKENS;
        long taken = 0;
        for (long exchange : store.pinned(conversation)) {
            for (Turn turn : store.turns(conversation, new Exchanges(exchange, exchange), Integer.MAX_VALUE - 1)) {
                taken += tokens(turn, counter);
            }
        }
        for (String text : more) {
            taken += counter.count(text) + HEADER_TOKENS;
        }
        return taken <= room * PromptAssembler.PINNED_SHARE;
    }

    private static int tokens(Turn turn, PromptCounter counter) {
        int calls = turn.toolCalls().stream()
                .map(ToolCall::arguments)
                .mapToInt(counter::count)
                .sum();
        return counter.count(turn.text()) + calls + HEADER_TOKENS;
    }
}
