package loci.database;

import loci.memory.Said;
import org.jdbi.v3.core.Handle;

/** SQL on the table {@code said}. Stateless; each method works in its caller's transaction. */
final class SaidRows {

    private SaidRows() {}

    static Said read(Handle handle, long conversation) {
        return handle.createQuery("SELECT epoch, through_seq, tokens FROM said WHERE conversation = :conversation")
                .bind("conversation", conversation)
                .map((row, all) -> new Said(row.getLong("epoch"), row.getLong("through_seq"), row.getLong("tokens")))
                .findOne()
                .orElse(Said.NOTHING);
    }

    /** Keeps what {@linkplain Said#isNewerThan is newer} than what is kept; the rest is late. */
    static void raise(Handle handle, long conversation, Said said) {
        int raised = handle.createUpdate("""
            UPDATE said SET
                tokens = CASE WHEN epoch < :epoch OR (epoch = :epoch AND through_seq < :through)
                    THEN :tokens ELSE tokens END,
                through_seq = CASE WHEN epoch < :epoch OR (epoch = :epoch AND through_seq < :through)
                    THEN :through ELSE through_seq END,
                epoch = GREATEST(epoch, :epoch)
            WHERE conversation = :conversation
            """)
                .bind("conversation", conversation)
                .bind("epoch", said.epoch())
                .bind("through", said.throughSeq())
                .bind("tokens", said.tokens())
                .execute();
        if (raised == 0) {
            handle.createUpdate("""
                INSERT INTO said (conversation, epoch, through_seq, tokens)
                VALUES (:conversation, :epoch, :through, :tokens)
                """)
                    .bind("conversation", conversation)
                    .bind("epoch", said.epoch())
                    .bind("through", said.throughSeq())
                    .bind("tokens", said.tokens())
                    .execute();
        }
    }
}
