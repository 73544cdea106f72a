package loci.engine;

import java.util.List;
import java.util.Map;
import loci.chat.ConversationId;
import loci.memory.ConversationStore;
import loci.memory.Exchanges;
import loci.memory.Turn;
import loci.model.ToolCall;
import loci.prompt.PromptAssembler;
import loci.prompt.PromptCounter;
import loci.prompt.Strategy;

/** Whether what is to stand in every prompt of a conversation, a persona or what is kept in mind for good, leaves it room. Thread-safe. */
final class PromptRoom {

    /** What stands in every prompt beside the persona, and a live message of some length. */
    private static final int USUAL_TOKENS = 300;

    private final ConversationStore store;
    private final EngineSettings settings;
    private final Roster models;

    PromptRoom(ConversationStore store, EngineSettings settings, Roster models) {
        this.store = store;
        this.settings = settings;
        this.models = models;
    }

    /** @param more text that is to be kept too */
    boolean holdsPins(ConversationId conversation, List<String> more) {
        Map<String, String> chosen = store.inForce(conversation);
        PromptCounter counter = models.chosen(chosen).counter();
        int room = promptTokens(chosen)
                - counter.count(settings.personas().text(chosen))
                - counter.countTools(settings.tools())
                - USUAL_TOKENS;
        long taken = 0;
        for (long exchange : store.pinned(conversation)) {
            for (Turn turn : store.turns(conversation, new Exchanges(exchange, exchange), Integer.MAX_VALUE - 1)) {
                taken += tokens(turn, counter);
            }
        }
        for (String text : more) {
            taken += counter.count(text) + Resending.HEADER_TOKENS;
        }
        return taken <= room * PromptAssembler.PINNED_SHARE;
    }

    /** Whether a persona leaves at least half of a prompt. */
    boolean holdsPersona(ConversationId conversation, String persona) {
        Map<String, String> chosen = store.inForce(conversation);
        PromptCounter counter = models.chosen(chosen).counter();
        return counter.count(persona) + counter.countTools(settings.tools()) <= promptTokens(chosen) / 2;
    }

    private int promptTokens(Map<String, String> chosen) {
        Strategy strategy = settings.strategies().chosen(chosen);
        return settings.budget(strategy, models.chosen(chosen).profile()).promptTokens();
    }

    private static int tokens(Turn turn, PromptCounter counter) {
        int calls = turn.toolCalls().stream()
                .map(ToolCall::arguments)
                .mapToInt(counter::count)
                .sum();
        return counter.count(turn.text()) + calls + Resending.HEADER_TOKENS;
    }
}
