package loci.discord;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import loci.chat.Delivery;
import loci.chat.MessageRef;
import loci.chat.ReplyPlace;
import loci.discord.DiscordEvents.Located;
import loci.discord.Draft.Posted;
import loci.discord.Rest.Done;
import loci.discord.Rest.Failed;
import net.dv8tion.jda.api.entities.Message;
import net.dv8tion.jda.api.entities.MessageHistory;
import net.dv8tion.jda.api.entities.MessageReference;
import net.dv8tion.jda.api.entities.channel.middleman.MessageChannel;
import net.dv8tion.jda.api.exceptions.PermissionException;
import net.dv8tion.jda.api.requests.RestAction;
import org.jspecify.annotations.Nullable;

/**
 * Answers while they are written: one message, edited as it grows, at most so often in a channel that no limit is reached; what comes too
 * soon is left out, since the next text holds it too. Thread-safe.
 */
final class Drafts {

    private static final int MOST = 5_000;

    /** What has waited longer than this behind a limit is not worth showing any more. */
    private static final long STALE_MILLIS = 3_000;

    /** The most messages after a question that are looked through for its answer. */
    private static final int MOST_LOOKED_THROUGH = 100;

    private final Recent<String, Draft> drafts = new Recent<>(MOST);
    private final Recent<String, Long> editedAt = new Recent<>(MOST);
    private final Recent<MessageRef, String> askers = new Recent<>(MOST);
    private final Recent<MessageRef, Boolean> fresh = new Recent<>(MOST);
    private final Recent<MessageRef, Unfinished> unfinished = new Recent<>(MOST);

    private final long pauseNanos;
    private final Duration patience;
    private final LongSupplier nanos;

    /** An answer of which a beginning is shown. */
    private record Unfinished(Draft draft, MessageChannel channel) {}

    Drafts(DiscordSettings.Pace pace, LongSupplier nanos) {
        this.pauseNanos = pace.edits().toNanos();
        this.patience = pace.patience();
        this.nanos = nanos;
    }

    /**
     * A question was heard.
     *
     * @param now whether it was heard as it was asked, so that nobody can have posted anything to answer it
     */
    void heard(MessageRef question, String asker, boolean now) {
        askers.put(question, asker);
        if (now) {
            fresh.put(question, true);
        }
    }

    void unheard(MessageRef question) {
        fresh.remove(question);
    }

    /** The draft of a reply, with what an earlier attempt or process may have posted of it. */
    Draft of(ReplyPlace place, MessageChannel channel) {
        List<String> posted =
                place.posted().stream().map(ref -> Located.of(ref).message()).toList();
        Draft draft =
                drafts.computeIfAbsent(place.key(), made -> new Draft(posted, fresh.get(place.question()) == null));
        if (draft.isDoubtful()) {
            lookUp(draft, place.key(), channel, Located.of(place.question()).message());
        }
        return draft;
    }

    /** A question is gone: what was shown of its answer goes too, where that was not finished. */
    @SuppressWarnings("FutureReturnValueIgnored") // It is done when what is under way is done; nobody waits for it.
    void withdraw(MessageRef question) {
        Unfinished shown = unfinished.remove(question);
        if (shown != null) {
            shown.draft().silence();
            CompletableFuture<?> running = shown.draft().running();
            (running == null ? CompletableFuture.completedFuture(true) : running)
                    .whenComplete((posted, failure) -> takeBack(shown));
        }
    }

    private static void takeBack(Unfinished shown) {
        for (String message : shown.draft().messages()) {
            Rest.courtesy("taking back a beginning", () -> shown.channel().deleteMessageById(message));
        }
    }

    /** Who asked; null where this process did not hear it. */
    @Nullable
    String asker(MessageRef question) {
        return askers.get(question);
    }

    /** An answer is finished, and stays whatever becomes of its question here. */
    void finished(MessageRef question) {
        unfinished.remove(question);
    }

    /** Shows a beginning, where it is time to. Does not wait. Returns whether it is shown. */
    boolean show(ReplyPlace place, MessageChannel channel, String text) {
        MessageRef question = place.question();
        Draft draft = of(place, channel);
        if (!draft.wants(text) || !draft.isWorthShowing(nanos.getAsLong(), pauseNanos) || !isTime(channel.getId())) {
            return false;
        }
        unfinished.put(question, new Unfinished(draft, channel));
        String message = draft.message(0);
        var stop = Buttons.stop(askers.get(question), question);
        try {
            RestAction<Message> action = message == null
                    ? Sending.post(
                            channel,
                            Located.of(question).message(),
                            Nonces.first(place.key(), question),
                            Outgoing.message(text, stop, null))
                    : channel.editMessageById(message, Outgoing.edit(text, stop, null));
            CompletableFuture<Message> asked =
                    action.timeout(STALE_MILLIS, TimeUnit.MILLISECONDS).submit();
            draft.showing(
                    text, asked.whenComplete((posted, failure) -> shown(draft, posted, failure, message == null)));
        } catch (PermissionException forbidden) {
            draft.silence();
        }
        return true;
    }

    private static void shown(Draft draft, @Nullable Message posted, @Nullable Throwable failure, boolean posting) {
        if (posted != null) {
            draft.became(0, posted.getId());
        } else if (failure == null || !Failures.isOutcomeUnknown(Failures.cause(failure))) {
            draft.silence();
        } else if (posting) {
            draft.doubt();
        }
    }

    private synchronized boolean isTime(String channel) {
        long now = nanos.getAsLong();
        Long last = editedAt.get(channel);
        if (last != null && now - last < pauseNanos) {
            return false;
        }
        editedAt.put(channel, now);
        return true;
    }

    /** Waits until nothing of a draft is under way. */
    void settle(Draft draft) {
        CompletableFuture<?> running = draft.running();
        if (running == null) {
            return;
        }
        try {
            running.handle((posted, failure) -> true).get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            draft.doubt();
        } catch (ExecutionException | TimeoutException late) {
            draft.doubt();
        }
    }

    /**
     * Finds what was posted of a reply by a process that died, or in an attempt of which nothing was heard. Discord does not promise to show
     * nonces afterwards, so the reply is told by its reference to the question too. Where the history may not be read, the nonce alone guards.
     */
    private void lookUp(Draft draft, String key, MessageChannel channel, String question) {
        var history = Rest.tried(patience, () -> channel.getHistoryAfter(question, MOST_LOOKED_THROUGH));
        switch (history) {
            case Done<MessageHistory>(var found) ->
                look(draft, key, question, found.getRetrievedHistory().reversed());
            case Failed<?>(Throwable cause) -> {
                if (!(Failures.delivery(cause) instanceof Delivery.TryLater)) {
                    draft.known(null, List.of());
                }
            }
        }
    }

    /** @param messages oldest first */
    private static void look(Draft draft, String key, String question, List<Message> messages) {
        String first = null;
        List<Posted> following = new ArrayList<>();
        for (Message message : messages) {
            MessageReference reference = message.getMessageReference();
            boolean own = message.getAuthor()
                    .getId()
                    .equals(message.getJDA().getSelfUser().getId());
            boolean answers = reference != null && reference.getMessageId().equals(question);
            if (own && first == null && (answers || key.equals(message.getNonce()))) {
                first = message.getId();
            } else if (own && first != null && reference == null) {
                following.add(new Posted(message.getId(), message.getContentRaw()));
            }
        }
        draft.known(first, following);
    }
}
