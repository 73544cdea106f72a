package loci.slack;

import com.slack.api.methods.response.conversations.ConversationsRepliesResponse;
import com.slack.api.model.Message;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import loci.slack.Web.Done;
import loci.slack.Web.Tried;
import org.jspecify.annotations.Nullable;

/**
 * The threads that the bot was called into, in which one speaks to it without naming it: those in which it was mentioned or has answered.
 * What was before this process began is looked up once for a thread, where Slack shows it in time. Thread-safe.
 */
final class Threads {

    private static final int MOST = 20_000;
    private static final int MOST_LOOKED_THROUGH = 200;

    private final Web web;
    private final Executor executor;
    private final Duration patience;
    private final String self;
    private final Recent<String, Boolean> calledInto = new Recent<>(MOST);
    private final Recent<String, Message> roots = new Recent<>(MOST / 10);

    Threads(Web web, Executor executor, Duration patience, String self) {
        this.web = web;
        this.executor = executor;
        this.patience = patience;
        this.self = self;
    }

    private static String key(String channel, String thread) {
        return channel + "/" + thread;
    }

    /** The bot was mentioned in a thread, or under a message that is one's first. */
    void calledInto(String channel, String thread) {
        calledInto.put(key(channel, thread), true);
    }

    /**
     * @param parent who wrote the message that the thread is under, where Slack told
     * @param before the message that is asked about: what was said before it counts
     */
    boolean isCalledInto(String channel, String thread, @Nullable String parent, String before) {
        Boolean known = calledInto.get(key(channel, thread));
        if (known == null && self.equals(parent)) {
            known = true;
            calledInto(channel, thread);
        }
        return known == null ? lookedUp(channel, thread, before) : known;
    }

    /** The message that a thread is under, where Slack shows it. */
    @Nullable
    Message root(String channel, String thread) {
        Message root = roots.get(key(channel, thread));
        if (root == null) {
            look(channel, thread);
            root = roots.get(key(channel, thread));
        }
        return root;
    }

    /** A message reads differently now, or is gone; by {@code CHANNEL/TS}. */
    void changed(String message) {
        roots.remove(message);
    }

    private boolean lookedUp(String channel, String thread, String before) {
        List<Message> messages = look(channel, thread);
        boolean called =
                messages.stream().anyMatch(message -> message.getTs().compareTo(before) < 0 && callsOrAnswers(message));
        if (!messages.isEmpty()) {
            calledInto.put(key(channel, thread), called);
        }
        return called;
    }

    private boolean callsOrAnswers(Message message) {
        boolean own = self.equals(message.getUser());
        return own || (message.getBotId() == null && Hearing.mentions(message.getText(), self));
    }

    private List<Message> look(String channel, String thread) {
        CompletableFuture<List<Message>> asked = CompletableFuture.supplyAsync(() -> ask(channel, thread), executor);
        try {
            return asked.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return List.of();
        } catch (ExecutionException | TimeoutException late) {
            return List.of();
        }
    }

    private List<Message> ask(String channel, String thread) {
        Tried<ConversationsRepliesResponse> asked = web.tried(
                "conversations.replies",
                client -> client.conversationsReplies(
                        request -> request.channel(channel).ts(thread).limit(MOST_LOOKED_THROUGH)));
        if (!(asked instanceof Done<ConversationsRepliesResponse>(ConversationsRepliesResponse found))
                || found.getMessages() == null) {
            return List.of();
        }
        found.getMessages().stream()
                .filter(message -> thread.equals(message.getTs()))
                .findFirst()
                .ifPresent(root -> roots.put(key(channel, thread), root));
        return found.getMessages();
    }
}
