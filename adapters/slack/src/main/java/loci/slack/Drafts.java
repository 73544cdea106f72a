package loci.slack;

import com.slack.api.methods.response.chat.ChatPostMessageResponse;
import com.slack.api.methods.response.chat.ChatUpdateResponse;
import com.slack.api.model.block.LayoutBlock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import loci.chat.MessageRef;
import loci.chat.ReplyPlace;
import loci.slack.SlackEvents.Located;
import loci.slack.Web.Done;
import loci.slack.Web.Limited;
import loci.slack.Web.Refused;
import loci.slack.Web.Tried;
import loci.slack.Web.Unknown;
import org.jspecify.annotations.Nullable;

/**
 * Answers while they are written: streamed where that can be, else one message that changes as it grows, at most so often that no limit is
 * reached; what comes too soon is left out, since the next text holds it too. Thread-safe.
 */
final class Drafts {

    private static final int MOST = 5_000;

    private final Recent<String, Draft> drafts = new Recent<>(MOST);
    private final Recent<MessageRef, Asker> askers = new Recent<>(MOST);
    private final Recent<MessageRef, Boolean> fresh = new Recent<>(MOST);
    private final Recent<MessageRef, Unfinished> unfinished = new Recent<>(MOST);

    private final Web web;
    private final Streams streams;
    private final Finding finding;
    private final Stops stops;
    private final Tempo tempo;
    private final Executor executor;
    private final SlackSettings settings;
    private final InstantSource clock;
    private final LongSupplier nanos;

    /** An answer of which a beginning is shown. */
    private record Unfinished(Draft draft, Target target) {}

    Drafts(
            Web web,
            Streams streams,
            Finding finding,
            Stops stops,
            Executor executor,
            SlackSettings settings,
            InstantSource clock,
            LongSupplier nanos) {
        this.web = web;
        this.streams = streams;
        this.finding = finding;
        this.stops = stops;
        this.tempo = new Tempo(settings.pace().edits(), nanos);
        this.executor = executor;
        this.settings = settings;
        this.clock = clock;
        this.nanos = nanos;
    }

    /**
     * A question was heard.
     *
     * @param now whether it was heard as it was asked, so that nobody can have posted anything to answer it
     */
    void heard(MessageRef question, Asker asker, boolean now) {
        askers.put(question, asker);
        if (now) {
            fresh.put(question, true);
        }
    }

    /** Who asked; null where this process did not hear it. */
    @Nullable
    Asker asker(MessageRef question) {
        return askers.get(question);
    }

    Target target(ReplyPlace place) {
        return Target.of(place.conversation(), place.question(), settings.replyInThread());
    }

    /** The draft of a reply, with what an earlier reply became. */
    Draft of(ReplyPlace place) {
        List<String> posted =
                place.posted().stream().map(ref -> Located.of(ref).ts()).toList();
        return drafts.computeIfAbsent(
                place.key(),
                made -> posted.isEmpty() && fresh.get(place.question()) == null
                        ? new Draft(posted, true, Instant.EPOCH)
                        : new Draft(posted, false, clock.instant()));
    }

    /** Looks for what was posted of a reply, where that is not known. */
    void lookUp(Draft draft, String key, Target target) {
        if (draft.isDoubtful()) {
            finding.lookUp(draft, key, target);
        }
    }

    /** Shows a beginning, where it is time to. Does not wait. Returns whether something is shown of it. */
    boolean show(ReplyPlace place, String text) {
        Draft draft = of(place);
        if (!draft.wants(text)
                || !draft.isWorthShowing(
                        nanos.getAsLong(), settings.pace().edits().toNanos())) {
            return false;
        }
        Target target = target(place);
        boolean streamed = draft.stream() != null;
        boolean startsStream =
                !streamed && draft.message(0) == null && streams.mayStart(target, asker(place.question()));
        String method = streamed ? "chat.appendStream" : startsStream ? "chat.startStream" : "chat.update";
        if (!tempo.may(method, target.channel())) {
            return false;
        }
        unfinished.put(place.question(), new Unfinished(draft, target));
        draft.showing(text, CompletableFuture.runAsync(() -> step(draft, place, target, text, startsStream), executor));
        return draft.message(0) != null;
    }

    private void step(Draft draft, ReplyPlace place, Target target, String text, boolean startsStream) {
        lookUp(draft, place.key(), target);
        if (draft.isDoubtful() || draft.isSilent()) {
            return;
        }
        if (draft.stream() != null) {
            streams.append(draft, target, text);
            Asker asker = asker(place.question());
            // Not before the second piece: what is short is there by then.
            stops.offer(place, target, asker == null ? "" : asker.user());
        } else if (startsStream && draft.message(0) == null) {
            streams.start(draft, target, asker(place.question()), text);
        } else {
            write(draft, place, target, SlackParts.beginning(text));
        }
    }

    private void write(Draft draft, ReplyPlace place, Target target, String text) {
        if (text.isEmpty()) {
            return;
        }
        LayoutBlock stop = Buttons.stop(place);
        String before = draft.message(0);
        if (before == null) {
            Tried<ChatPostMessageResponse> posted =
                    Outgoing.post(web, target, text, stop, Outgoing.metadata(place.key(), 0));
            switch (posted) {
                case Done<ChatPostMessageResponse>(ChatPostMessageResponse done) -> draft.became(0, done.getTs());
                case Unknown<ChatPostMessageResponse>(String _, boolean sent) -> {
                    if (sent) {
                        draft.doubt();
                    }
                }
                case Refused<ChatPostMessageResponse> _ -> draft.silence();
                case Limited<ChatPostMessageResponse> _ -> {}
            }
        } else if (Outgoing.update(web, target, before, text, stop, Outgoing.metadata(place.key(), 0))
                instanceof Refused<ChatUpdateResponse>) {
            draft.silence();
        }
    }

    /** Waits until nothing of a draft is under way. */
    void settle(Draft draft) {
        CompletableFuture<?> running = draft.running();
        if (running == null) {
            return;
        }
        Duration patience = settings.pace().patience();
        try {
            running.handle((done, failure) -> true).get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            draft.doubt();
        } catch (ExecutionException | TimeoutException late) {
            draft.doubt();
        }
    }

    /** An answer is finished, and stays whatever becomes of its question here. */
    void finished(MessageRef question) {
        stops.over(question);
        unfinished.remove(question);
    }

    /** A question is gone: what was shown of its answer goes too, where that was not finished. */
    void withdraw(MessageRef question) {
        stops.over(question);
        Unfinished shown = unfinished.remove(question);
        if (shown != null) {
            shown.draft().silence();
            executor.execute(() -> {
                settle(shown.draft());
                takeBack(shown);
            });
        }
    }

    private void takeBack(Unfinished shown) {
        String channel = shown.target().channel();
        for (String message : shown.draft().messages()) {
            if (shown.draft().stream() != null) {
                web.courtesy(
                        "chat.stopStream",
                        client -> client.chatStopStream(
                                request -> request.channel(channel).ts(message)));
            }
            web.courtesy(
                    "chat.delete",
                    client -> client.chatDelete(
                            request -> request.channel(channel).ts(message)));
        }
    }
}
