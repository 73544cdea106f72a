package loci.slack;

import com.slack.api.methods.response.chat.ChatPostMessageResponse;
import com.slack.api.methods.response.files.FilesUploadV2Response;
import com.slack.api.model.Message.Metadata;
import com.slack.api.model.block.LayoutBlock;
import java.util.List;
import java.util.Set;
import loci.chat.Delivery;
import loci.chat.Reply;
import loci.slack.Web.Done;
import loci.slack.Web.Limited;
import loci.slack.Web.Refused;
import loci.slack.Web.Tried;
import loci.slack.Web.Unknown;
import org.jspecify.annotations.Nullable;

/**
 * Delivers finished replies: what was shown meanwhile becomes the first part, the others are posted after it. What was posted stays noted
 * under the reply's key, so that a second attempt goes on where the first one stopped. Thread-safe.
 */
final class Sending {

    /** Said where a reply may have been posted by an attempt of which nothing can be known. */
    static final String TWICE = "\n\n_(possibly posted twice)_";

    private static final String FILE = "answer.md";

    /** What is said of a message that is not there any more, or cannot be changed any more. */
    private static final Set<String> NOT_TO_BE_CHANGED =
            Set.of("message_not_found", "cant_update_message", "edit_window_closed", "no_permission");

    private final Web web;
    private final Drafts drafts;
    private final Streams streams;
    private final Threads threads;
    private final Whispers whispers;

    Sending(Web web, Drafts drafts, Streams streams, Threads threads, Whispers whispers) {
        this.web = web;
        this.drafts = drafts;
        this.streams = streams;
        this.threads = threads;
        this.whispers = whispers;
    }

    Delivery deliver(Reply reply) {
        Target target = drafts.target(reply.place());
        Draft draft = drafts.of(reply.place());
        drafts.settle(draft);
        drafts.lookUp(draft, reply.key(), target);
        if (draft.isDoubtful()) {
            return new Delivery.TryLater("it is not known what of it has been posted");
        }
        @Nullable LayoutBlock buttons = Buttons.under(reply);
        Tried<?> failure = streams.end(draft, target, reply.key(), reply.text(), buttons);
        if (failure == null) {
            failure = post(reply, target, draft, buttons);
        }
        if (failure == null) {
            drafts.finished(reply.question());
            if (target.thread() != null) {
                threads.calledInto(target.channel(), target.thread());
            }
            return new Delivery.Delivered(
                    draft.messages().stream().map(target::message).toList());
        }
        return failed(reply, target, failure);
    }

    private Delivery failed(Reply reply, Target target, Tried<?> failure) {
        Delivery delivery = Web.delivery(failure);
        if (failure instanceof Refused<?>(String error, String needed)
                && delivery instanceof Delivery.Undeliverable
                && Errors.isToBeTold(error)) {
            whispers.explain(reply.askedBy().id(), target, Errors.why(error, needed));
        }
        return delivery;
    }

    /** Makes the draft's messages those of the parts; returns why that ended before its end, or null. */
    private @Nullable Tried<?> post(Reply reply, Target target, Draft draft, @Nullable LayoutBlock buttons) {
        String rest = draft.afterStream();
        int first = rest == null ? 0 : 1;
        if (rest != null && rest.isBlank()) {
            return remove(draft, target, 1);
        }
        String text = rest == null ? reply.text() : rest;
        SlackParts parts = SlackParts.of(text);
        Tried<?> failure = post(reply, target, draft, first, parts.messages(), buttons);
        if (failure == null && parts.file() != null && draft.takesFile() && !uploads(target, reply.text())) {
            failure = post(reply, target, draft, first, SlackParts.cut(text).messages(), buttons);
        }
        return failure;
    }

    /** @param first the number of the part that the first text is */
    private @Nullable Tried<?> post(
            Reply reply, Target target, Draft draft, int first, List<String> texts, @Nullable LayoutBlock buttons) {
        for (int i = 0; i < texts.size(); i++) {
            boolean last = i == texts.size() - 1;
            @Nullable LayoutBlock under = last ? buttons : null;
            Metadata metadata = Outgoing.metadata(reply.key(), first + i);
            Tried<?> failure = part(draft, target, first + i, texts.get(i), under, metadata);
            if (failure != null) {
                return failure;
            }
        }
        return remove(draft, target, first + texts.size());
    }

    private @Nullable Tried<?> part(
            Draft draft, Target target, int number, String text, @Nullable LayoutBlock buttons, Metadata metadata) {
        String before = draft.message(number);
        String marked = draft.isPerhapsTwice(number) ? text + TWICE : text;
        if (before != null) {
            Tried<?> updated = Outgoing.update(web, target, before, marked, buttons, metadata);
            boolean gone = updated instanceof Refused<?>(String error, String _) && NOT_TO_BE_CHANGED.contains(error);
            if (!gone) {
                return updated instanceof Done<?> ? null : updated;
            }
        }
        Tried<ChatPostMessageResponse> posted = Outgoing.post(web, target, marked, buttons, metadata);
        return switch (posted) {
            case Done<ChatPostMessageResponse>(ChatPostMessageResponse done) -> {
                draft.became(number, done.getTs());
                yield null;
            }
            case Unknown<ChatPostMessageResponse> unknown -> {
                if (unknown.sent()) {
                    draft.doubt();
                }
                yield unknown;
            }
            case Refused<ChatPostMessageResponse> refused -> refused;
            case Limited<ChatPostMessageResponse> limited -> limited;
        };
    }

    /** What an earlier reply, or a longer beginning, has left behind. */
    private @Nullable Tried<?> remove(Draft draft, Target target, int from) {
        List<String> messages = draft.messages();
        for (String surplus : messages.subList(Math.min(from, messages.size()), messages.size())) {
            web.courtesy(
                    "chat.delete",
                    client -> client.chatDelete(
                            request -> request.channel(target.channel()).ts(surplus)));
            draft.removed(surplus);
        }
        return null;
    }

    private boolean uploads(Target target, String text) {
        return web.tried(
                        "files.upload",
                        client -> client.filesUploadV2(request -> request.channel(target.channel())
                                .threadTs(target.thread())
                                .filename(FILE)
                                .content(text)))
                instanceof Done<FilesUploadV2Response>;
    }
}
