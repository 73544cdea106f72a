package loci.console;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import loci.chat.Author;
import loci.chat.Caller;
import loci.chat.ChatEvent;
import loci.chat.ChatEvent.CommandInvoked;
import loci.chat.ChatEvent.ConfirmationGiven;
import loci.chat.ChatEvent.MessagePosted;
import loci.chat.ChatEvent.StopRequested;
import loci.chat.ConversationId;
import loci.chat.EventId;
import loci.chat.MessageRef;
import loci.chat.Standing;

/**
 * What a line means. Pure.
 *
 * <p>A line that starts with {@code /} is a command, one that starts with {@code //} a message that starts with {@code /}, and any
 * other that is not blank a message to the bot.
 */
public final class ConsoleEvents {

    /** The platform part of every conversation on a console. */
    static final String PLATFORM = "console";

    /** The space part: a terminal has no guilds. */
    static final String SPACE = "local";

    /** Longest name of a person or channel; an author's id may have no more. */
    private static final int LONGEST_NAME = 200;

    private ConsoleEvents() {}

    /** Who speaks where. */
    record Place(String speaker, String channel) {

        ConversationId conversation() {
            return ConsoleEvents.conversation(channel);
        }

        Author author() {
            // On one's own terminal nobody vouches for names: a name is the person.
            return new Author(speaker, speaker);
        }

        /** Whoever sits at the terminal of the bot may do everything there. */
        Caller caller() {
            return new Caller(author(), Standing.ADMIN, Locale.getDefault(), ZoneId.systemDefault());
        }
    }

    /** What was understood. */
    sealed interface Heard {}

    /** Something for the engine. */
    record Event(ChatEvent event) implements Heard {}

    /** From the next line on someone speaks, or speaks elsewhere. */
    record Move(Place place) implements Heard {}

    /** Nothing was said. */
    record Nothing() implements Heard {}

    /** A local directive that makes no sense. */
    record Misused(String reason) implements Heard {}

    /**
     * Understands a line.
     *
     * @param id becomes the id of the event and of the message
     */
    static Heard hear(String line, Place place, String id, Instant at) {
        // NUL stands for no character, and PostgreSQL stores none; as in Markdown it becomes the replacement character.
        String text = line.replace('\0', '\uFFFD').strip();
        if (text.isEmpty()) {
            return new Nothing();
        }
        if (!line.startsWith("/") || line.startsWith("//")) {
            String said = line.startsWith("//") ? text.substring(1) : text;
            return new Event(new MessagePosted(
                    new EventId(id), place.conversation(), new MessageRef(id), place.author(), said, at, true));
        }
        String[] words = text.substring(1).split("\\s+", 2);
        String name = words[0].toLowerCase(Locale.ROOT);
        String arguments = words.length > 1 ? words[1] : "";
        return switch (name) {
            case "as" ->
                name(arguments)
                        .<Heard>map(speaker -> new Move(new Place(speaker, place.channel())))
                        .orElseGet(() -> new Misused("/as needs a name of at most " + LONGEST_NAME + " characters"));
            case "channel" ->
                name(arguments)
                        .<Heard>map(channel -> new Move(new Place(place.speaker(), channel)))
                        .orElseGet(
                                () -> new Misused("/channel needs a name of at most " + LONGEST_NAME + " characters"));
            default -> {
                String command = name.isEmpty() ? "help" : name;
                yield new Event(new CommandInvoked(
                        new EventId(id), place.conversation(), place.caller(), command, arguments, at));
            }
        };
    }

    /** Whether a line says yes to what a command asked. */
    static boolean confirms(String line) {
        return line.strip().equalsIgnoreCase("yes");
    }

    static ChatEvent confirmation(String token, Place place, String id, Instant at) {
        return new ConfirmationGiven(new EventId(id), place.conversation(), place.caller(), token, at);
    }

    /** The conversation of a channel of the terminal. */
    public static ConversationId conversation(String channel) {
        return ConversationId.ofChannel(PLATFORM, SPACE, channel);
    }

    static ChatEvent stop(ConversationId conversation, Place place, String id, Instant at) {
        return new StopRequested(new EventId(id), conversation, place.author(), at);
    }

    /**
     * Returns what someone wrote for a name of a person or a channel, as it can be used, without the {@code @} or {@code #} in
     * front; or nothing, if it is empty, too long or holds control characters.
     */
    public static Optional<String> name(String written) {
        String name = written.strip();
        if (name.startsWith("@") || name.startsWith("#")) {
            name = name.substring(1).strip();
        }
        boolean usable =
                !name.isBlank() && name.length() <= LONGEST_NAME && name.chars().noneMatch(Character::isISOControl);
        return usable ? Optional.of(name) : Optional.empty();
    }
}
