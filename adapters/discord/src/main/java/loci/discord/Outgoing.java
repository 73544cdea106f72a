package loci.discord;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.dv8tion.jda.api.components.actionrow.ActionRow;
import net.dv8tion.jda.api.components.buttons.Button;
import net.dv8tion.jda.api.utils.FileUpload;
import net.dv8tion.jda.api.utils.messages.MessageCreateBuilder;
import net.dv8tion.jda.api.utils.messages.MessageCreateData;
import net.dv8tion.jda.api.utils.messages.MessageEditBuilder;
import net.dv8tion.jda.api.utils.messages.MessageEditData;
import net.dv8tion.jda.api.utils.messages.MessageRequest;
import org.jspecify.annotations.Nullable;

/** Messages as they are sent: nobody is pinged and no link previewed, when sent and when edited. Pure. */
final class Outgoing {

    private static final String FILE = "answer.md";

    static {
        // Each message says so itself too; this is for one that somebody may add and forget it.
        MessageRequest.setDefaultMentions(List.of());
        MessageRequest.setDefaultMentionRepliedUser(false);
    }

    private Outgoing() {}

    /**
     * A message of a reply, to be posted or to take the place of one.
     *
     * @param file the text of the file that goes with it, if any
     */
    record Part(
            String text, @Nullable Button button, @Nullable String file) {

        MessageCreateData message() {
            return Outgoing.message(text, button, upload());
        }

        MessageEditData edit() {
            return Outgoing.edit(text, button, upload());
        }

        /** Made anew for each attempt: JDA closes what it has sent. */
        private @Nullable FileUpload upload() {
            return file == null ? null : Outgoing.file(FILE, file);
        }
    }

    static MessageCreateData message(String text, @Nullable Button button, @Nullable FileUpload file) {
        MessageCreateBuilder message = new MessageCreateBuilder()
                .setContent(text)
                .setAllowedMentions(List.of())
                .mentionRepliedUser(false)
                .setSuppressEmbeds(true);
        if (button != null) {
            message.setComponents(ActionRow.of(button));
        }
        if (file != null) {
            message.setFiles(file);
        }
        return message.build();
    }

    static MessageCreateData message(String text) {
        return message(text, null, null);
    }

    /** What an existing message shall be; its buttons go where none is given. */
    static MessageEditData edit(String text, @Nullable Button button, @Nullable FileUpload file) {
        MessageEditBuilder edit = new MessageEditBuilder()
                .setContent(text)
                .setAllowedMentions(List.of())
                .mentionRepliedUser(false)
                .setSuppressEmbeds(true)
                .setComponents(button == null ? List.of() : List.of(ActionRow.of(button)))
                // Also where there is none: what is not named here would stay under the message.
                .setFiles(file == null ? List.of() : List.of(file));
        return edit.build();
    }

    static FileUpload file(String name, String text) {
        return FileUpload.fromData(text.getBytes(StandardCharsets.UTF_8), name);
    }
}
