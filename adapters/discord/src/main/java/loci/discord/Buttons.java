package loci.discord;

import loci.chat.MessageRef;
import net.dv8tion.jda.api.components.buttons.Button;
import net.dv8tion.jda.api.entities.emoji.Emoji;
import org.jspecify.annotations.Nullable;

/** What a button of ours means, kept in its id: it works after a restart, and says for whom it is. Pure. */
sealed interface Buttons {

    /** Longest label that Discord takes. */
    int LONGEST_LABEL = 80;

    /** For whom a button is where that is not known: for administrators only. */
    String NOBODY = "0";

    /**
     * Stops the answer being written.
     *
     * @param question whose answer; null on buttons of earlier versions, which do not say it
     */
    record Stop(String asker, @Nullable MessageRef question) implements Buttons {}

    /**
     * Has a question answered anew.
     *
     * @param question the question that was answered
     */
    record Again(String asker, MessageRef question) implements Buttons {}

    /** Confirms what a command asked. */
    record Confirm(String asker, String token) implements Buttons {}

    static Button stop(@Nullable String asker, MessageRef question) {
        String id = "loci/stop/" + (asker == null ? NOBODY : asker) + "/" + question.id();
        return Button.secondary(id, Emoji.fromUnicode("⏹"));
    }

    static Button again(String asker, MessageRef question) {
        return Button.secondary("loci/again/" + asker + "/" + question.id(), Emoji.fromUnicode("🔄"));
    }

    static Button confirm(String asker, String token, String label) {
        int end = label.offsetByCodePoints(0, Math.min(LONGEST_LABEL, label.codePointCount(0, label.length())));
        return Button.danger("loci/yes/" + asker + "/" + token, label.substring(0, end));
    }

    /** Reads the id of a button; null where it is none of ours. */
    static @Nullable Buttons read(String id) {
        String[] parts = id.split("/", 4);
        if (parts.length >= 3 && parts[0].equals("loci")) {
            if (parts[1].equals("stop")) {
                return new Stop(parts[2], parts.length == 3 ? null : new MessageRef(parts[3]));
            }
            if (parts[1].equals("again") && parts.length == 4) {
                return new Again(parts[2], new MessageRef(parts[3]));
            }
            if (parts[1].equals("yes") && parts.length == 4) {
                return new Confirm(parts[2], parts[3]);
            }
        }
        return null;
    }
}
