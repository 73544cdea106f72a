package loci.database;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import loci.chat.ChatEvent.MessageEdited;
import loci.chat.ChatEvent.MessagePosted;
import loci.chat.ConversationId;
import loci.chat.MessageRef;
import loci.chat.Reply;
import loci.database.Erasing.Erased;
import loci.database.Transactions.Writing;
import loci.memory.AuditRow;
import loci.memory.ConversationStatus;
import loci.memory.ConversationStore;
import loci.memory.Digest;
import loci.memory.Erasure;
import loci.memory.Exchanges;
import loci.memory.Ledger;
import loci.memory.MemoryView;
import loci.memory.OpenQuestion;
import loci.memory.PastExchange;
import loci.memory.Reach;
import loci.memory.Recorded;
import loci.memory.ReplyRecord;
import loci.memory.Turn;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The store in a relational database: tables as {@code migrations/} makes them, texts sealed under keys that a {@link Keyring} holds.
 *
 * <p>{@link #open} says what can be wrong with the database; later failures are exceptions of Jdbi.
 */
public final class DatabaseStore implements ConversationStore {

    private final HikariDataSource pool;
    private final Upkeep upkeep;
    private final Keyring keyring;
    private final Supplier<String> marks;
    private final InstantSource clock;
    private final Jdbi jdbi;
    private final Transactions transactions;
    private final TurnRows turns;
    private final Appending appending;
    private final DigestRows digests;
    private final MemoryViews views;
    private final Deliveries deliveries;
    private final OptOuts optOuts;
    private final DatabaseLedger ledger;
    private final PendingErasures erasures;
    private final AtomicBoolean closed = new AtomicBoolean();

    private DatabaseStore(OpenFiles files, DatabaseSettings settings, Supplier<String> marks, InstantSource clock) {
        this.pool = files.pool();
        this.keyring = files.keyring();
        this.marks = marks;
        this.clock = clock;
        FairConnections connections = new FairConnections(pool);
        this.jdbi = Jdbi.create(connections);
        this.transactions = new Transactions(jdbi, keyring, marks, clock);
        SealedTexts texts = new SealedTexts(keyring);
        this.turns = new TurnRows(texts);
        ReplyRows replies = new ReplyRows(texts);
        this.appending = new Appending(turns, replies, marks, clock);
        this.digests = new DigestRows(texts);
        this.views = new MemoryViews(turns, digests);
        this.deliveries = new Deliveries(turns, replies);
        this.optOuts = new OptOuts(jdbi, clock);
        this.ledger = new DatabaseLedger(jdbi, transactions, this::requireOpen);
        this.erasures = new PendingErasures(jdbi, keyring);
        erasures.carryOutAll();
        jdbi.useHandle(this::dropWhatIsOld);
        this.upkeep = Upkeep.start(files.source(), connections, erasures, settings.checkpointEvery());
    }

    /**
     * Opens the embedded database, making it on the first start, and finishes what a killed process left undone.
     *
     * @param marks gives a conversation's next mark, hard to guess and at most 200 characters
     * @throws DatabaseUnavailable where it cannot be opened; the message is for the person who started Loci
     */
    public static DatabaseStore open(DatabaseSettings settings, Supplier<String> marks, InstantSource clock) {
        OpenFiles files = OpenFiles.open(settings);
        try {
            return new DatabaseStore(files, settings, marks, clock);
        } catch (RuntimeException e) {
            files.close();
            throw e;
        }
    }

    private void dropWhatIsOld(Handle handle) {
        Instant now = clock.instant();
        AuditRows.dropBefore(handle, now.minus(AUDIT_KEPT));
        ReservationRows.dropThrough(
                handle, YearMonth.from(now.atOffset(ZoneOffset.UTC)).minusMonths(2));
    }

    /** Returns the ledger in the same database; closed with the store. */
    public Ledger ledger() {
        return ledger;
    }

    @Override
    public Recorded record(MessagePosted event) {
        requireText(event.text());
        return transactions.appending(event.conversation(), writing -> appending.record(writing, event));
    }

    @Override
    public Recorded restore(PastExchange exchange) {
        requireText(exchange.opening().text());
        exchange.rest().forEach(turn -> requireLength(Appending.length(turn)));
        return transactions.appending(
                exchange.opening().conversation(), writing -> appending.restore(writing, exchange));
    }

    @Override
    public Erasure supersede(MessageEdited event) {
        requireText(event.text());
        return erasing(event.conversation(), writing -> appending.supersede(writing, event));
    }

    @Override
    public Erasure erase(ConversationId conversation, SortedSet<Long> requested) {
        return erasing(
                conversation,
                writing -> new Erasing(writing.handle(), writing.row(), clock.instant()).erase(requested, marks.get()));
    }

    private Erasure erasing(ConversationId conversation, Function<Writing, @Nullable Erased> work) {
        return erased(conversation, work).map(Erased::erasure).orElse(Erasure.NOTHING);
    }

    private Optional<Erased> erased(ConversationId conversation, Function<Writing, @Nullable Erased> work) {
        Optional<Erased> erased = Optional.ofNullable(writing(conversation, null, work));
        erased.ifPresent(done -> erasures.carryOut(done.pending(), done.cells()));
        return erased;
    }

    @Override
    public Optional<Turn> find(ConversationId conversation, MessageRef message) {
        return reading(conversation, Optional.empty(), (handle, number) -> turns.find(handle, number, message));
    }

    @Override
    public Optional<OpenQuestion> nextQuestion(ConversationId conversation) {
        return reading(conversation, Optional.empty(), deliveries::nextQuestion);
    }

    @Override
    public boolean isOpen(ConversationId conversation, long exchange) {
        return reading(conversation, false, (handle, number) -> ReplyRows.isOpen(handle, number, exchange));
    }

    @Override
    public Optional<MemoryView> view(ConversationId conversation, long exchange, Reach reach) {
        return reading(
                conversation,
                Optional.empty(),
                (handle, number) -> views.read(handle, conversation, number, exchange, reach));
    }

    @Override
    public boolean finish(ConversationId conversation, ReplyRecord reply, long epoch) {
        requireText(reply.text());
        return writing(conversation, false, writing -> appending.finish(writing, reply, epoch));
    }

    @Override
    public boolean again(ConversationId conversation, MessageRef question) {
        return erased(conversation, writing -> appending.again(writing, question))
                .isPresent();
    }

    @Override
    public List<Reply> undelivered(ConversationId conversation) {
        return reading(
                conversation, List.of(), (handle, number) -> deliveries.undelivered(handle, conversation, number));
    }

    @Override
    public void settled(ConversationId conversation, String key, List<MessageRef> messages) {
        writing(conversation, false, writing -> {
            ReplyRows.settle(writing.handle(), writing.row().number(), key, messages, clock.instant());
            return true;
        });
    }

    @Override
    public List<ConversationId> unsettled() {
        requireOpen();
        return jdbi.withHandle(ReplyRows::unsettled);
    }

    @Override
    public List<Turn> turns(ConversationId conversation, Exchanges within, int limit) {
        return reading(conversation, List.of(), (handle, number) -> turns.oldest(handle, number, within, limit));
    }

    @Override
    public long newestExchange(ConversationId conversation) {
        return readingRow(conversation, ConversationRows.Row::newestExchange);
    }

    @Override
    public Optional<Long> oldestOpenExchange(ConversationId conversation) {
        return reading(
                conversation,
                Optional.empty(),
                (handle, number) -> ReplyRows.oldestOpen(handle, number).map(ReplyRows.Row::exchange));
    }

    @Override
    public long epoch(ConversationId conversation) {
        return readingRow(conversation, ConversationRows.Row::epoch);
    }

    @Override
    public List<Digest> note(ConversationId conversation) {
        return reading(
                conversation,
                List.of(),
                (handle, number) -> digests.open(number, DigestRows.below(handle, number, null)));
    }

    @Override
    public List<Digest> children(ConversationId conversation, long parent) {
        return reading(
                conversation,
                List.of(),
                (handle, number) -> digests.open(number, DigestRows.below(handle, number, parent)));
    }

    @Override
    public boolean commit(ConversationId conversation, Digest digest, long epoch) {
        requireText(digest.text());
        return writing(
                conversation, false, writing -> digests.fold(writing.handle(), writing.row(), digest, epoch, marks));
    }

    @Override
    public boolean pin(ConversationId conversation, long exchange, boolean pinned) {
        return writing(
                conversation,
                false,
                writing -> PinRows.set(writing.handle(), writing.row().number(), exchange, pinned));
    }

    @Override
    public SortedSet<Long> pinned(ConversationId conversation) {
        return reading(conversation, Collections.emptySortedSet(), PinRows::all);
    }

    @Override
    public Map<String, String> settings(ConversationId conversation) {
        return reading(conversation, Map.of(), SettingRows::all);
    }

    @Override
    public List<ConversationId> within(String platform, String space) {
        requireOpen();
        return jdbi.withHandle(handle -> ConversationRows.within(handle, platform, space));
    }

    @Override
    public List<ConversationId> having(String setting) {
        requireOpen();
        return jdbi.withHandle(handle -> SettingRows.having(handle, setting));
    }

    @Override
    public void set(ConversationId conversation, String name, Optional<String> value) {
        requireOpen();
        SettingRows.require(name, value);
        Function<Writing, Boolean> work = writing -> {
            SettingRows.set(writing.handle(), writing.row().number(), name, value);
            return true;
        };
        if (value.isPresent()) {
            transactions.appending(conversation, work);
        } else {
            transactions.writing(conversation, false, work);
        }
    }

    @Override
    public void optOut(String platform, String space, String authorId, boolean out) {
        requireOpen();
        optOuts.set(new OptOuts.Person(platform, space, authorId), out);
    }

    @Override
    public boolean optedOut(String platform, String space, String authorId) {
        requireOpen();
        return optOuts.contains(new OptOuts.Person(platform, space, authorId));
    }

    @Override
    public void audit(ConversationId conversation, AuditRow row) {
        requireOpen();
        transactions.appending(conversation, writing -> {
            AuditRows.insert(writing.handle(), writing.row().number(), row);
            return true;
        });
    }

    @Override
    public List<AuditRow> audited(ConversationId conversation, int limit) {
        return reading(conversation, List.of(), (handle, number) -> AuditRows.newest(handle, number, limit));
    }

    @Override
    public List<ConversationStatus> conversations() {
        requireOpen();
        return transactions.reading(StatusRows::all);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            upkeep.stop();
            pool.close();
            upkeep.close();
            keyring.close();
        }
    }

    private <T extends @Nullable Object> T writing(ConversationId conversation, T unknown, Function<Writing, T> work) {
        requireOpen();
        return transactions.writing(conversation, unknown, work);
    }

    private <T> T reading(ConversationId conversation, T unknown, BiFunction<Handle, Long, T> work) {
        requireOpen();
        return transactions.reading(conversation, unknown, work);
    }

    private long readingRow(ConversationId conversation, Function<ConversationRows.Row, Long> column) {
        return reading(conversation, 0L, (handle, number) -> column.apply(ConversationRows.read(handle, number)));
    }

    private void requireText(String text) {
        requireOpen();
        requireLength(text.length());
    }

    private static void requireLength(long length) {
        if (length > MAX_TEXT) {
            throw new IllegalArgumentException("a text of " + length + " characters; at most " + MAX_TEXT);
        }
    }

    private void requireOpen() {
        if (closed.get()) {
            throw new IllegalStateException("the store is closed");
        }
    }
}
