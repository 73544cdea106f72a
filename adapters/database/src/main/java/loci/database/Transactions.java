package loci.database;

import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import loci.chat.ConversationId;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.jspecify.annotations.Nullable;

/**
 * How a conversation is read and written: each piece of work is one transaction.
 *
 * <p>A writer locks its conversation's row, so writers of one conversation follow one another and see each other's commits. A reader takes
 * no lock and sees one snapshot. Thread-safe.
 */
final class Transactions {

    /**
     * The level that is one snapshot of all tables. H2's REPEATABLE READ is one per table, so that an epoch could be read beside turns of
     * the epoch before.
     */
    private static final TransactionIsolationLevel SNAPSHOT = TransactionIsolationLevel.SERIALIZABLE;

    private final Jdbi jdbi;
    private final Numbers numbers;
    private final WriterLocks locks = new WriterLocks();

    Transactions(Jdbi jdbi, Keyring keyring, Supplier<String> marks, InstantSource clock) {
        this.jdbi = jdbi;
        this.numbers = new Numbers(jdbi, keyring, marks, clock);
    }

    /** What a writer works with: its transaction, and its conversation's row as locked. */
    record Writing(Handle handle, Numbers.Known conversation, ConversationRows.Row row) {}

    /** Returns a conversation's number; the conversation is made if there is none. */
    long number(ConversationId conversation) {
        return locks.alone(conversation, () -> numbers.findOrCreate(conversation))
                .number();
    }

    /** Writes to a conversation, which is made if there is none. */
    <T> T appending(ConversationId conversation, Function<Writing, T> work) {
        return locks.alone(conversation, () -> write(numbers.findOrCreate(conversation), work));
    }

    /** Writes to a conversation, or gives {@code unknown} where there is none. */
    <T extends @Nullable Object> T writing(ConversationId conversation, T unknown, Function<Writing, T> work) {
        Optional<Numbers.Known> known = numbers.find(conversation);
        return known.isEmpty() ? unknown : locks.alone(conversation, () -> write(known.get(), work));
    }

    private <T extends @Nullable Object> T write(Numbers.Known known, Function<Writing, T> work) {
        return jdbi.inTransaction(
                TransactionIsolationLevel.READ_COMMITTED,
                handle -> work.apply(new Writing(handle, known, ConversationRows.lock(handle, known.number()))));
    }

    /** Reads a conversation by its number, or gives {@code unknown} where there is none. */
    <T> T reading(ConversationId conversation, T unknown, BiFunction<Handle, Long, T> work) {
        Optional<Numbers.Known> known = numbers.find(conversation);
        if (known.isEmpty()) {
            return unknown;
        }
        long number = known.get().number();
        return SealedTexts.consistently(() -> reading(handle -> work.apply(handle, number)));
    }

    /** Reads across conversations, without opening any text. */
    <T> T reading(Function<Handle, T> work) {
        return jdbi.inTransaction(SNAPSHOT, work::apply);
    }
}
