package loci.memory;

import java.io.Serial;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import loci.chat.ChatEvent.MessageEdited;
import loci.chat.ChatEvent.MessagePosted;
import loci.chat.ConversationId;
import loci.chat.MessageRef;
import loci.chat.Reply;

/**
 * A store that fails one of its calls, once: the Nth, counted from 1 over all methods but {@link #close}.
 *
 * <p>{@link When#BEFORE} is a database that did nothing; {@link When#AFTER} is a process that died after the commit, before anybody heard
 * of it. Thread-safe where the store within is.
 */
public final class FaultyStore implements ConversationStore {

    /** On which side of the call's effect it fails. */
    public enum When {
        BEFORE,
        AFTER
    }

    /** The failure that was asked for. */
    public static final class Fault extends RuntimeException {

        @Serial
        private static final long serialVersionUID = 1L;

        Fault(String call) {
            super("asked to fail at " + call);
        }
    }

    private final ConversationStore within;
    private final Consumer<String> meanwhile;
    private final long failing;
    private final When when;
    private final AtomicLong calls = new AtomicLong();

    /** @param failing the number of the call that fails; 0 for none */
    public FaultyStore(ConversationStore within, long failing, When when) {
        this(within, failing, when, name -> {});
    }

    /**
     * A store that never fails.
     *
     * @param meanwhile what others do just before a call: it is given the method's name
     */
    public static FaultyStore interrupted(ConversationStore within, Consumer<String> meanwhile) {
        return new FaultyStore(within, 0, When.BEFORE, meanwhile);
    }

    private FaultyStore(ConversationStore within, long failing, When when, Consumer<String> meanwhile) {
        this.within = within;
        this.meanwhile = meanwhile;
        this.failing = failing;
        this.when = when;
    }

    /** Returns how many calls were made so far. */
    public long calls() {
        return calls.get();
    }

    private <T> T call(String name, Supplier<T> call) {
        meanwhile.accept(name);
        long number = calls.incrementAndGet();
        if (number == failing && when == When.BEFORE) {
            throw new Fault("call " + number + ", before " + name);
        }
        T result = call.get();
        if (number == failing) {
            throw new Fault("call " + number + ", after " + name);
        }
        return result;
    }

    @Override
    public Recorded record(MessagePosted event) {
        return call("record", () -> within.record(event));
    }

    @Override
    public Recorded restore(PastExchange exchange) {
        return call("restore", () -> within.restore(exchange));
    }

    @Override
    public Erasure supersede(MessageEdited event) {
        return call("supersede", () -> within.supersede(event));
    }

    @Override
    public Optional<Turn> find(ConversationId conversation, MessageRef message) {
        return call("find", () -> within.find(conversation, message));
    }

    @Override
    public Optional<OpenQuestion> nextQuestion(ConversationId conversation) {
        return call("nextQuestion", () -> within.nextQuestion(conversation));
    }

    @Override
    public boolean isOpen(ConversationId conversation, long exchange) {
        return call("isOpen", () -> within.isOpen(conversation, exchange));
    }

    @Override
    public Optional<MemoryView> view(ConversationId conversation, long exchange, Reach reach) {
        return call("view", () -> within.view(conversation, exchange, reach));
    }

    @Override
    public boolean finish(ConversationId conversation, ReplyRecord reply, long epoch) {
        return call("finish", () -> within.finish(conversation, reply, epoch));
    }

    @Override
    public boolean again(ConversationId conversation, MessageRef question) {
        return call("again", () -> within.again(conversation, question));
    }

    @Override
    public List<Reply> undelivered(ConversationId conversation) {
        return call("undelivered", () -> within.undelivered(conversation));
    }

    @Override
    public void settled(ConversationId conversation, String key, List<MessageRef> messages) {
        call("settled", () -> {
            within.settled(conversation, key, messages);
            return true;
        });
    }

    @Override
    public List<ConversationId> unsettled() {
        return call("unsettled", within::unsettled);
    }

    @Override
    public List<Turn> turns(ConversationId conversation, Exchanges range, int limit) {
        return call("turns", () -> within.turns(conversation, range, limit));
    }

    @Override
    public long newestExchange(ConversationId conversation) {
        return call("newestExchange", () -> within.newestExchange(conversation));
    }

    @Override
    public Optional<Long> oldestOpenExchange(ConversationId conversation) {
        return call("oldestOpenExchange", () -> within.oldestOpenExchange(conversation));
    }

    @Override
    public long epoch(ConversationId conversation) {
        return call("epoch", () -> within.epoch(conversation));
    }

    @Override
    public List<Digest> note(ConversationId conversation) {
        return call("note", () -> within.note(conversation));
    }

    @Override
    public List<Digest> children(ConversationId conversation, long number) {
        return call("children", () -> within.children(conversation, number));
    }

    @Override
    public boolean commit(ConversationId conversation, Digest digest, long epoch) {
        return call("commit", () -> within.commit(conversation, digest, epoch));
    }

    @Override
    public Erasure erase(ConversationId conversation, SortedSet<Long> turns) {
        return call("erase", () -> within.erase(conversation, turns));
    }

    @Override
    public boolean pin(ConversationId conversation, long exchange, boolean pinned) {
        return call("pin", () -> within.pin(conversation, exchange, pinned));
    }

    @Override
    public SortedSet<Long> pinned(ConversationId conversation) {
        return call("pinned", () -> within.pinned(conversation));
    }

    @Override
    public List<ConversationId> within(String platform, String space) {
        return call("within", () -> within.within(platform, space));
    }

    @Override
    public List<ConversationId> having(String setting) {
        return call("having", () -> within.having(setting));
    }

    @Override
    public Map<String, String> settings(ConversationId conversation) {
        return call("settings", () -> within.settings(conversation));
    }

    @Override
    public void set(ConversationId conversation, String name, Optional<String> value) {
        call("set", () -> {
            within.set(conversation, name, value);
            return true;
        });
    }

    @Override
    public void optOut(String platform, String space, String authorId, boolean out) {
        call("optOut", () -> {
            within.optOut(platform, space, authorId, out);
            return true;
        });
    }

    @Override
    public boolean optedOut(String platform, String space, String authorId) {
        return call("optedOut", () -> within.optedOut(platform, space, authorId));
    }

    @Override
    public void audit(ConversationId conversation, AuditRow row) {
        call("audit", () -> {
            within.audit(conversation, row);
            return true;
        });
    }

    @Override
    public List<AuditRow> audited(ConversationId conversation, int limit) {
        return call("audited", () -> within.audited(conversation, limit));
    }

    @Override
    public List<ConversationStatus> conversations() {
        return call("conversations", within::conversations);
    }

    @Override
    public void close() {
        within.close();
    }
}
