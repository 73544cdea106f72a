package loci.database;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.YearMonth;
import java.util.List;
import loci.chat.ConversationId;
import loci.memory.Dollars;
import loci.memory.ModelCall;
import loci.memory.Spending;
import loci.model.Prompt;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/** SQL on the table {@code spending}. Stateless; each method works in its caller's transaction. */
final class SpendingRows {

    private static final BigDecimal NOTHING = Dollars.kept(BigDecimal.ZERO);

    private static final String ADD = """
        UPDATE spending SET calls = calls + 1, prompt_tokens = prompt_tokens + :prompt,
            cached_tokens = cached_tokens + :cached, reply_tokens = reply_tokens + :reply, cost = cost + :cost,
            unpriced_calls = unpriced_calls + :unpriced, estimated_calls = estimated_calls + :estimated,
            resend_tokens = resend_tokens + :resend, resend_cost = resend_cost + :resendCost
        WHERE of_month = :month AND conversation = :conversation AND author_id = :author AND model = :model
            AND purpose = :purpose
        """;

    private static final String BEGIN = """
        INSERT INTO spending (of_month, conversation, author_id, model, purpose, calls, prompt_tokens, cached_tokens,
            reply_tokens, cost, unpriced_calls, estimated_calls, resend_tokens, resend_cost)
        VALUES (:month, :conversation, :author, :model, :purpose, 1, :prompt, :cached,
            :reply, :cost, :unpriced, :estimated, :resend, :resendCost)
        """;

    private static final String SUMS = """
        SELECT author_id, model, purpose, SUM(calls) AS calls, SUM(prompt_tokens) AS prompt_tokens,
            SUM(cached_tokens) AS cached_tokens, SUM(reply_tokens) AS reply_tokens, SUM(cost) AS cost,
            SUM(unpriced_calls) AS unpriced_calls, SUM(estimated_calls) AS estimated_calls,
            SUM(resend_tokens) AS resend_tokens, SUM(resend_cost) AS resend_cost
        FROM spending JOIN conversation ON conversation.number = spending.conversation
        WHERE of_month = :month AND platform = :platform AND %s
        GROUP BY author_id, model, purpose
        """;

    /** Of all threads, also where they are conversations of their own. */
    static final String OF_CHANNEL = SUMS.formatted("space = :space AND channel = :channel");

    static final String OF_PERSON = SUMS.formatted("author_id = :author");

    private SpendingRows() {}

    static void add(Handle handle, long conversation, ModelCall call) {
        if (execute(handle, ADD, conversation, call) == 0) {
            execute(handle, BEGIN, conversation, call);
        }
    }

    private static int execute(Handle handle, String sql, long conversation, ModelCall call) {
        try (Update update = handle.createUpdate(sql)) {
            return update.bind("month", call.month().toString())
                    .bind("conversation", conversation)
                    .bind("author", call.payer().authorId())
                    .bind("model", call.model())
                    .bind("purpose", call.purpose().name())
                    .bind("prompt", (long) call.usage().promptTokens())
                    .bind("cached", (long) call.usage().cachedTokens())
                    .bind("reply", (long) call.usage().replyTokens())
                    .bind("cost", call.cost().orElse(NOTHING))
                    .bind("unpriced", call.cost().isPresent() ? 0L : 1L)
                    .bind("estimated", call.estimated() ? 1L : 0L)
                    .bind("resend", call.resendTokens())
                    .bind("resendCost", call.resendCost().orElse(NOTHING))
                    .execute();
        }
    }

    static List<Spending> ofChannel(Handle handle, ConversationId place, YearMonth month) {
        return costliestFirst(handle.createQuery(OF_CHANNEL)
                .bind("month", month.toString())
                .bind("platform", place.platform())
                .bind("space", place.space())
                .bind("channel", place.channel()));
    }

    static List<Spending> ofPerson(Handle handle, String platform, String authorId, YearMonth month) {
        return costliestFirst(handle.createQuery(OF_PERSON)
                .bind("month", month.toString())
                .bind("platform", platform)
                .bind("author", authorId));
    }

    /** Sorted here, because databases do not order texts alike. */
    private static List<Spending> costliestFirst(Query query) {
        return query.map((row, all) -> read(row)).stream()
                .sorted(Spending.COSTLIEST_FIRST)
                .toList();
    }

    private static Spending read(ResultSet row) throws SQLException {
        return new Spending(
                row.getString("author_id"),
                row.getString("model"),
                Prompt.Purpose.valueOf(row.getString("purpose")),
                row.getLong("calls"),
                row.getLong("prompt_tokens"),
                row.getLong("cached_tokens"),
                row.getLong("reply_tokens"),
                row.getBigDecimal("cost"),
                row.getLong("unpriced_calls"),
                row.getLong("estimated_calls"),
                row.getLong("resend_tokens"),
                row.getBigDecimal("resend_cost"));
    }
}
