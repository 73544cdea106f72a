package loci.database;

import loci.memory.Said;
import org.jdbi.v3.core.Handle;

/** SQL on the table {@code said}. Stateless; each method works in its caller's transaction. */
final class SaidRows {

    private SaidRows() {}

    static Said read(Handle handle, long conversation) {
        return handle.createQuery("SELECT through_seq, tokens FROM said WHERE conversation = :conversation")
                .bind("conversation", conversation)
                .map((row, all) -> new Said(row.getLong("through_seq"), row.getLong("tokens")))
                .findOne()
                .orElse(Said.NOTHING);
    }

    /** Keeps what counts further than what is kept; the rest is late. */
    static void raise(Handle handle, long conversation, Said said) {
        int raised = handle.createUpdate("""
            UPDATE said SET
                tokens = CASE WHEN through_seq < :through THEN :tokens ELSE tokens END,
                through_seq = GREATEST(through_seq, :through)
            WHERE conversation = :conversation
            """)
                .bind("conversation", conversation)
                .bind("through", said.throughSeq())
                .bind("tokens", said.tokens())
                .execute();
        if (raised == 0) {
            handle.createUpdate("""
                INSERT INTO said (conversation, through_seq, tokens) VALUES (:conversation, :through, :tokens)
                """)
                    .bind("conversation", conversation)
                    .bind("through", said.throughSeq())
                    .bind("tokens", said.tokens())
                    .execute();
        }
    }
}
