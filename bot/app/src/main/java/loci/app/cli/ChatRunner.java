package loci.app.cli;

import java.util.List;
import java.util.Map;
import loci.app.config.LociConfig;
import loci.chat.ChatPlatform;
import loci.chat.ConversationId;

/** Puts the bot together behind a platform and starts it. */
@FunctionalInterface
public interface ChatRunner {

    /** Starts the bot; when this returns {@link Running}, the platform was started and unfinished work was taken up. */
    Started start(LociConfig config, ChatPlatform platform);

    /** What became of starting. */
    sealed interface Started {}

    /** It runs. */
    record Running(Bot bot) implements Started {}

    /**
     * It cannot run here and now, for a reason the operator can mend: another process has the database, the key is wrong, the schema is
     * newer than the program.
     *
     * @param sentence what is wrong and what to do, as it is shown
     */
    record Refused(String sentence) implements Started {}

    /** A running bot. */
    interface Bot extends AutoCloseable {

        /** Returns its commands, without slashes, each with its usage; for completion. */
        Map<String, String> commands();

        /** Returns what a person said lately in a conversation and what is still remembered of it, oldest first. */
        List<String> lastSaid(ConversationId conversation, String authorId);

        /** Waits until all that was said is answered, also what an earlier run left. */
        void finish() throws InterruptedException;

        /** Stops it; what is not finished is taken up at the next start. A second call does nothing. */
        @Override
        void close();
    }
}
