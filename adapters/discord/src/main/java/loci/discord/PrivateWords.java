package loci.discord;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import loci.chat.CommandAnswer;
import loci.chat.CommandAnswer.Attachment;
import loci.chat.CommandAnswer.Confirmation;
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
    private record Part(String text, @Nullable Button button, List<Attachment> files) {

        /** Made anew for each attempt: JDA closes what it has sent. */
        @Nullable
        FileUpload upload() {
            return files.isEmpty()
                    ? null
                    : Outgoing.file(files.getFirst().name(), files.getFirst().text());
        }
    }

    /** Returns whether it could be said. */
    boolean say(@Nullable InteractionHook hook, String user, CommandAnswer answer) {
        List<Part> parts = parts(user, answer);
        boolean said = (hook != null && !hook.isExpired() && throughHook(hook, parts)) || directly(user, parts);
        if (!said && hook != null && !hook.isExpired()) {
            // Or Discord goes on showing for a quarter of an hour that it is being thought about.
            Rest.courtesy("a sentence instead", () -> hook.editOriginal(Outgoing.edit(NOT_SHOWN, null, null)));
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
            List<Attachment> files = new ArrayList<>();
            if (i == last && attachment != null) {
                files.add(attachment);
            } else if (whole != null) {
                files.add(new Attachment("answer.md", whole));
            }
            parts.add(new Part(rendered.messages().get(i), button, List.copyOf(files)));
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
