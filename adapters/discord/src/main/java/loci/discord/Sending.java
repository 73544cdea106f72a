package loci.discord;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import loci.chat.Delivery;
import loci.chat.MessageRef;
import loci.chat.Reply;
import loci.discord.DiscordEvents.Located;
import loci.discord.Places.Found;
import loci.discord.Places.Gone;
import loci.discord.Places.Here;
import loci.discord.Places.NotNow;
import loci.discord.Rest.Done;
import loci.discord.Rest.Failed;
import loci.discord.Rest.Tried;
import net.dv8tion.jda.api.Permission;
import net.dv8tion.jda.api.components.buttons.Button;
import net.dv8tion.jda.api.entities.Message;
import net.dv8tion.jda.api.entities.channel.concrete.ThreadChannel;
import net.dv8tion.jda.api.entities.channel.middleman.GuildChannel;
import net.dv8tion.jda.api.entities.channel.middleman.MessageChannel;
import net.dv8tion.jda.api.entities.emoji.Emoji;
import net.dv8tion.jda.api.requests.ErrorResponse;
import net.dv8tion.jda.api.requests.restaction.MessageCreateAction;
import net.dv8tion.jda.api.utils.messages.MessageCreateData;
import org.jspecify.annotations.Nullable;

/**
 * Delivers finished replies: the message shown meanwhile becomes the first part, by an edit; the others are posted after it. What was
 * posted stays noted under the reply's key, so that a second attempt goes on where the first one stopped. Thread-safe.
 */
final class Sending {

    /** The sign for who asked where words cannot be said to them. */
    static final Emoji NOT_ALLOWED = Emoji.fromUnicode("🔇");

    private final Places places;
    private final Drafts drafts;
    private final Hearing hearing;
    private final Duration patience;

    Sending(Places places, Drafts drafts, Hearing hearing, Duration patience) {
        this.places = places;
        this.drafts = drafts;
        this.hearing = hearing;
        this.patience = patience;
    }

    Delivery deliver(Reply reply) {
        Found found = places.of(reply.conversation(), reply.question(), reply.askedBy());
        return switch (found) {
            case NotNow(String reason) -> new Delivery.TryLater(reason);
            case Gone(String reason) -> new Delivery.Undeliverable(reason);
            case Here(MessageChannel channel) -> deliver(reply, channel);
        };
    }

    private Delivery deliver(Reply reply, MessageChannel channel) {
        Draft draft = drafts.of(reply.place(), channel);
        drafts.settle(draft);
        if (draft.isDoubtful()) {
            draft = drafts.of(reply.place(), channel);
        }
        if (draft.isDoubtful()) {
            return new Delivery.TryLater("it is not known what of it has been posted");
        }
        Throwable failure = post(reply, channel, draft, parts(reply.text(), channel));
        if (failure == null) {
            drafts.finished(reply.question());
            if (channel instanceof ThreadChannel) {
                hearing.answeredIn(channel.getId());
            }
            List<MessageRef> refs = new ArrayList<>();
            draft.messages().forEach(id -> refs.add(Places.of(channel).message(id)));
            return new Delivery.Delivered(refs);
        }
        if (Failures.isOutcomeUnknown(failure)) {
            draft.doubt();
        }
        Delivery delivery = Failures.delivery(failure);
        if (Failures.isForbidden(failure) && delivery instanceof Delivery.Undeliverable(String reason)) {
            explain(reply, channel, reason);
        }
        return delivery;
    }

    private static DiscordParts parts(String text, MessageChannel channel) {
        DiscordParts parts = DiscordParts.of(text);
        boolean mayAttach = !(channel instanceof GuildChannel guild)
                || guild.getGuild().getSelfMember().hasPermission(guild, Permission.MESSAGE_ATTACH_FILES);
        return parts.file() == null || mayAttach ? parts : DiscordParts.cut(text);
    }

    /** Makes the draft's messages those of the parts; returns why that ended before its end, or null. */
    private @Nullable Throwable post(Reply reply, MessageChannel channel, Draft draft, DiscordParts parts) {
        List<String> texts = parts.messages();
        String file = parts.file();
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            if (i > 0 && draft.message(i) == null && draft.adopts(text)) {
                continue;
            }
            Button again = i == texts.size() - 1 ? again(reply) : null;
            Tried<Message> tried = part(reply, channel, draft, i, new Outgoing.Part(text, again, i == 0 ? file : null));
            switch (tried) {
                case Done<Message>(Message posted) -> draft.became(i, posted.getId());
                case Failed<Message>(Throwable cause) -> {
                    return cause;
                }
            }
        }
        List<String> surplus = draft.messages();
        surplus = surplus.subList(Math.min(texts.size(), surplus.size()), surplus.size());
        for (String id : surplus.reversed()) {
            Rest.courtesy("removing a part", () -> channel.deleteMessageById(id));
            draft.removed(id);
        }
        return null;
    }

    private Tried<Message> part(Reply reply, MessageChannel channel, Draft draft, int number, Outgoing.Part part) {
        String question = number == 0 ? Located.of(reply.question()).message() : null;
        String before = draft.message(number);
        if (before != null) {
            Tried<Message> edited = Rest.tried(patience, () -> channel.editMessageById(before, part.edit()));
            boolean deleted = edited instanceof Failed<Message>(Throwable cause)
                    && Failures.is(cause, ErrorResponse.UNKNOWN_MESSAGE);
            if (!deleted) {
                return edited;
            }
        }
        String gone = before == null ? draft.removed(number) : before;
        String nonce = gone == null ? nonce(reply, number, part.text()) : Nonces.instead(reply.key(), gone);
        return Rest.tried(patience, () -> post(channel, question, nonce, part.message()));
    }

    private static String nonce(Reply reply, int number, String text) {
        return number == 0
                ? Nonces.first(reply.key(), reply.question())
                : Nonces.further(reply.key(), reply.question(), number, text);
    }

    /** Under what is not only a notice, the question can be answered anew, by whoever asked or who administers the server. */
    private static @Nullable Button again(Reply reply) {
        return reply.kind() == Reply.Kind.NOTICE
                ? null
                : Buttons.again(reply.askedBy().id(), reply.question());
    }

    /** A message to post, in answer to another where that is still there and may be referred to. */
    static MessageCreateAction post(
            MessageChannel channel, @Nullable String inAnswerTo, String nonce, MessageCreateData message) {
        MessageCreateAction action = channel.sendMessage(message).setNonce(nonce);
        boolean mayRefer = !(channel instanceof GuildChannel guild)
                || guild.getGuild().getSelfMember().hasPermission(guild, Permission.MESSAGE_HISTORY);
        return inAnswerTo == null || !mayRefer
                ? action
                : action.setMessageReference(inAnswerTo).failOnInvalidReply(false);
    }

    /** Tells whoever asked, directly or by a sign, why there is no answer. */
    private void explain(Reply reply, MessageChannel channel, String reason) {
        String sentence = "I cannot answer you in #" + channel.getName() + ": " + reason
                + ". An administrator of the server can change that.";
        boolean told = places.directWith(reply.askedBy().id()) instanceof Here(MessageChannel direct)
                && Rest.tried(patience, () -> direct.sendMessage(Outgoing.message(DiscordMarkup.rendered(sentence))))
                        instanceof Done<Message>;
        if (!told) {
            String question = Located.of(reply.question()).message();
            Rest.courtesy("a sign", () -> channel.addReactionById(question, NOT_ALLOWED));
        }
    }
}
