package loci.discord;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import loci.chat.CommandAnswer;
import loci.chat.CommandAnswer.Attachment;
import loci.chat.CommandAnswer.Confirmation;
import loci.discord.Pieces.Piece;
import loci.discord.Places.Here;
import loci.discord.Rest.Done;
import loci.discord.Rest.Failed;
import loci.discord.Rest.Tried;
import net.dv8tion.jda.api.components.buttons.Button;
import net.dv8tion.jda.api.entities.Message;
import net.dv8tion.jda.api.entities.channel.middleman.MessageChannel;
import net.dv8tion.jda.api.interactions.InteractionHook;
import net.dv8tion.jda.api.utils.FileUpload;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says something to one person: through the interaction they gave, which only they see, and where that has expired in a direct message.
 * Where neither works nothing is said, since others would read it. Thread-safe.
 */
final class PrivateWords {

    private static final Logger LOG = LoggerFactory.getLogger(PrivateWords.class);

    private static final String NOT_SHOWN =
            "⚠️ Discord did not take what there is to say. Please run the command again.";

    private final Places places;
    private final Duration patience;

    PrivateWords(Places places, Duration patience) {
        this.places = places;
        this.patience = patience;
    }

    /** One message of an answer. */
    private record Part(
            String text, @Nullable Button button, @Nullable Piece file) {

        /** Made anew for each attempt: JDA closes what it has sent. */
        @Nullable
        FileUpload upload() {
            return file == null ? null : FileUpload.fromData(file.bytes(), file.name());
        }
    }

    /** Returns whether it could be said. */
    boolean say(@Nullable InteractionHook hook, String user, CommandAnswer answer) {
        boolean said = false;
        try {
            List<Part> parts = parts(user, answer);
            said = (hook != null && !hook.isExpired() && throughHook(hook, parts)) || directly(user, parts);
        } finally {
            if (!said && hook != null && !hook.isExpired()) {
                // Or Discord goes on showing for a quarter of an hour that it is being thought about.
                Rest.courtesy("a sentence instead", () -> hook.editOriginal(Outgoing.edit(NOT_SHOWN, null, null)));
            }
        }
        if (!said) {
            LOG.info("what was for one person alone reached nobody: they take no direct messages");
        }
        return said;
    }

    private static List<Part> parts(String user, CommandAnswer answer) {
        DiscordParts rendered = DiscordParts.of(answer.text());
        Confirmation asked = answer.confirmation();
        Attachment attachment = answer.attachment();
        String whole = rendered.file();
        List<Part> parts = new ArrayList<>();
        int last = rendered.messages().size() - 1;
        for (int i = 0; i <= last; i++) {
            Button button = i == last && asked != null ? Buttons.confirm(user, asked.token(), asked.label()) : null;
            String text = rendered.messages().get(i);
            if (i == last && attachment != null) {
                parts.addAll(with(text, button, Pieces.of(attachment.name(), attachment.text())));
            } else {
                Piece all = whole == null ? null : Pieces.of("answer.md", whole).getFirst();
                parts.add(new Part(text, button, all));
            }
        }
        return parts;
    }

    private static List<Part> with(String text, @Nullable Button button, List<Piece> pieces) {
        if (pieces.size() == 1) {
            return List.of(new Part(text, button, pieces.getFirst()));
        }
        List<Part> parts = new ArrayList<>();
        parts.add(new Part(text, button, null));
        parts.add(new Part(Pieces.howToJoin(pieces), null, pieces.getFirst()));
        for (Piece piece : pieces.subList(1, pieces.size())) {
            parts.add(new Part("`" + piece.name() + "`", null, piece));
        }
        return parts;
    }

    private boolean throughHook(InteractionHook hook, List<Part> parts) {
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            boolean first = i == 0;
            Tried<Message> said = Rest.tried(
                    patience,
                    () -> first
                            ? hook.editOriginal(Outgoing.edit(part.text(), part.button(), part.upload()))
                            : hook.sendMessage(Outgoing.message(part.text(), part.button(), part.upload()))
                                    .setEphemeral(true));
            if (said instanceof Failed<Message>(Throwable cause)) {
                LOG.debug("an interaction could not be answered: {}", cause.toString());
                return !first; // Half of it was said: all of it again elsewhere would be worse.
            }
        }
        return true;
    }

    private boolean directly(String user, List<Part> parts) {
        if (!(places.directWith(user) instanceof Here(MessageChannel channel))) {
            return false;
        }
        for (Part part : parts) {
            Tried<Message> said = Rest.tried(
                    patience, () -> channel.sendMessage(Outgoing.message(part.text(), part.button(), part.upload())));
            if (!(said instanceof Done<Message>)) {
                return false;
            }
        }
        return true;
    }
}
