package loci.chat;

import org.jspecify.annotations.Nullable;

/**
 * What a command says to the person who ran it; private to that person where the platform can.
 *
 * @param text sanitised for sending, in Loci's plain Markdown; never blank
 * @param confirmation what the person may confirm now, or null where nothing is asked
 * @param attachment a file for that person, or null
 * @param shareable what it was made from, where it tells of the place what others there may want to read too, so that the platform may
 *     let that person post it for as long as {@link Inbox#stands} says so; null where it is for that person alone
 */
public record CommandAnswer(
        String text,
        @Nullable Confirmation confirmation,
        @Nullable Attachment attachment,
        @Nullable Basis shareable) {

    public CommandAnswer(String text, @Nullable Confirmation confirmation, @Nullable Attachment attachment) {
        this(text, confirmation, attachment, null);
    }

    public CommandAnswer(String text, @Nullable Confirmation confirmation) {
        this(text, confirmation, null);
    }

    public static CommandAnswer of(String text) {
        return new CommandAnswer(text, null);
    }

    /** What others in the place may want to read too. */
    public static CommandAnswer shareable(String text, Basis madeFrom) {
        return new CommandAnswer(text, null, null, madeFrom);
    }

    /**
     * What was remembered of a conversation at one time.
     *
     * @param epoch rises whenever anything of the conversation is forgotten, edited or answered anew
     */
    public record Basis(ConversationId conversation, long epoch) {}

    /**
     * A file that comes with an answer.
     *
     * @param name its name: letters, digits, dashes, underscores and one ending
     * @param text what it holds
     */
    public record Attachment(String name, String text) {}

    /**
     * A question with one button.
     *
     * @param token what to send back in {@link ChatEvent.ConfirmationGiven}; works once, for this person, for some minutes
     * @param label what the button says, such as {@code Forget 12 messages}
     */
    public record Confirmation(String token, String label) {}
}
