package loci.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.TimeUnit;
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
import loci.memory.ConversationStore;
import loci.memory.Digest;
import loci.memory.Erasure;
import loci.memory.Exchanges;
import loci.memory.MemoryView;
import loci.memory.OpenQuestion;
import loci.memory.Recorded;
import loci.memory.ReplyRecord;
import loci.memory.Turn;
import org.h2.jdbcx.JdbcDataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The store in a relational database: tables as {@code migrations/} makes them, texts sealed under keys that a {@link Keyring} holds.
 *
 * <p>{@link #open} says what can be wrong with the database; later failures are exceptions of Jdbi.
 */
public final class DatabaseStore implements ConversationStore {

    /** H2 writes one commit at a time, so that more connections than these only wait in another place. */
    private static final int CONNECTIONS = 8;

    private static final int KEY_TREES_IN_MEMORY = 1_000;

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
    private final PendingErasures erasures;
    private final AtomicBoolean closed = new AtomicBoolean();

    private DatabaseStore(
            HikariDataSource pool,
            JdbcDataSource source,
            Keyring keyring,
            DatabaseSettings settings,
            Supplier<String> marks,
            InstantSource clock) {
        this.pool = pool;
        this.keyring = keyring;
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
        this.erasures = new PendingErasures(jdbi, keyring);
        erasures.carryOutAll();
        this.upkeep = Upkeep.start(source, connections, erasures, settings.checkpointEvery());
    }

    /**
     * Opens the embedded database, making it on the first start, and finishes what a killed process left undone.
     *
     * @param marks gives a conversation's next mark, hard to guess and at most 200 characters
     * @throws DatabaseUnavailable where it cannot be opened; the message is for the person who started Loci
     */
    public static DatabaseStore open(DatabaseSettings settings, Supplier<String> marks, InstantSource clock) {
        H2File file = new H2File(settings);
        file.prepareDirectory();
        Keyring keyring = keyring(settings);
        try {
            return open(file.open(), keyring, settings, marks, clock);
        } catch (RuntimeException e) {
            keyring.close();
            throw e;
        }
    }

    /** First of all, because its lock keeps a second Loci, in this process or another, away from the database as well. */
    private static Keyring keyring(DatabaseSettings settings) {
        try {
            return Keyring.open(settings.directory().resolve("keys"), new SecureRandom(), KEY_TREES_IN_MEMORY);
        } catch (KeyFileException e) {
            throw new DatabaseUnavailable(String.valueOf(e.getMessage()), e);
        }
    }

    private static DatabaseStore open(
            JdbcDataSource source,
            Keyring keyring,
            DatabaseSettings settings,
            Supplier<String> marks,
            InstantSource clock) {
        try {
            Schema.migrate(source, settings.directory().toString());
            return new DatabaseStore(pool(source), source, keyring, settings, marks, clock);
        } catch (RuntimeException e) {
            Upkeep.shutDown(source);
            throw e;
        }
    }

    private static HikariDataSource pool(JdbcDataSource source) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setPoolName("database");
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(TimeUnit.SECONDS.toMillis(60));
        return new HikariDataSource(config);
    }

    @Override
    public Recorded record(MessagePosted event) {
        requireText(event.text());
        return transactions.appending(event.conversation(), writing -> appending.record(writing, event));
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
        Erased erased = writing(conversation, null, work);
        if (erased == null) {
            return Erasure.NOTHING;
        }
        erasures.carryOut(erased.pending(), erased.cells());
        return erased.erasure();
    }

    @Override
    public Optional<Turn> find(ConversationId conversation, MessageRef message) {
        return reading(
                conversation,
                Optional.empty(),
                (handle, number) -> turns.holding(handle, number, message)
                        .or(() -> ReplyRows.answerPostedAs(handle, number, message)
                                .flatMap(seq -> turns.numbered(handle, number, seq))));
    }

    @Override
    public Optional<OpenQuestion> nextQuestion(ConversationId conversation) {
        return reading(conversation, Optional.empty(), deliveries::nextQuestion);
    }

    @Override
    public Optional<MemoryView> view(ConversationId conversation, long exchange, int windowLimit, boolean withNote) {
        return reading(
                conversation,
                Optional.empty(),
                (handle, number) -> views.read(handle, conversation, number, exchange, windowLimit, withNote));
    }

    @Override
    public boolean finish(ConversationId conversation, ReplyRecord reply, long epoch) {
        requireText(reply.text());
        return writing(conversation, false, writing -> appending.finish(writing, reply, epoch));
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
    public void close() {
        if (closed.compareAndSet(false, true)) {
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
        if (text.length() > MAX_TEXT) {
            throw new IllegalArgumentException("a text of " + text.length() + " characters; at most " + MAX_TEXT);
        }
    }

    private void requireOpen() {
        if (closed.get()) {
            throw new IllegalStateException("the store is closed");
        }
    }
}
