package loci.memory;

import static loci.memory.StoreFixture.ADA;
import static loci.memory.StoreFixture.LAB;
import static loci.memory.StoreFixture.NOON;
import static loci.memory.StoreFixture.answer;
import static loci.memory.StoreFixture.digest;
import static loci.memory.StoreFixture.lookedUp;
import static loci.memory.StoreFixture.posted;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import loci.chat.Author;
import loci.chat.MessageRef;
import loci.chat.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * A conversation on a store, and the words in which contracts speak of it. A store's test extends a contract and says how to
 * {@linkplain #start start} the store.
 */
public abstract class StoreConversation {

    /** The store under test. */
    ConversationStore store = new InMemoryStore(() -> "unused", () -> NOON);

    private int messages;

    /** Opens the store under test. Called again after {@code close()}, it must find everything that was stored. */
    protected abstract ConversationStore start();

    @BeforeEach
    final void begin() {
        store = start();
    }

    @AfterEach
    final void end() {
        store.close();
    }

    final void restart() {
        store.close();
        store = start();
    }

    /** Someone says something the bot only overhears. */
    final long said(Author author, String text) {
        return store.record(posted(LAB, "m" + ++messages, author, text, false)).seq();
    }

    /** Someone asks the bot. */
    final long asked(Author author, String text) {
        return store.record(posted(LAB, "m" + ++messages, author, text, true)).seq();
    }

    /** The bot answers the oldest open question, and the platform has it. */
    final long bot(String text) {
        long exchange = store.nextQuestion(LAB).orElseThrow().exchange();
        assertThat(store.finish(LAB, answer(exchange, text), store.epoch(LAB))).isTrue();
        Reply reply = store.undelivered(LAB).getLast();
        store.settled(LAB, reply.key(), List.of(new MessageRef("b" + ++messages)));
        return store.find(LAB, new MessageRef("b" + messages)).orElseThrow().seq();
    }

    final MemoryView view(long exchange, int limit) {
        return view(exchange, Reach.newest(limit).afterNote());
    }

    final MemoryView view(long exchange, Reach reach) {
        return store.view(LAB, exchange, reach).orElseThrow();
    }

    /** Ten exchanges of two turns each: exchange 1 holds turns 1 and 2, exchange 3 holds 3 and 4, and so on. */
    final void tenExchanges() {
        for (int i = 1; i <= 10; i++) {
            asked(ADA, "question " + i);
            bot("answer " + i);
        }
    }

    final boolean commit(int level, long from, long to, String text) {
        return store.commit(LAB, digest(level, from, to, text), store.epoch(LAB));
    }

    /** An exchange with a tool, restored: the question, a call, what the tool returned, and the answer; four turns. */
    final long looked(String question, String found, String answer) {
        return store.restore(lookedUp("m" + ++messages, question, found, answer))
                .seq();
    }
}
