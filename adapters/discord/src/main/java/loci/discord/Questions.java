package loci.discord;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import loci.chat.Author;
import loci.chat.ChatEvent.Quoted;
import loci.chat.MessageRef;
import loci.command.QuestionForm;
import loci.discord.DiscordEvents.Located;
import loci.discord.Rest.Done;
import loci.discord.Rest.Failed;
import net.dv8tion.jda.api.Permission;
import net.dv8tion.jda.api.components.label.Label;
import net.dv8tion.jda.api.components.textinput.TextInput;
import net.dv8tion.jda.api.components.textinput.TextInputStyle;
import net.dv8tion.jda.api.entities.Member;
import net.dv8tion.jda.api.entities.Message;
import net.dv8tion.jda.api.entities.channel.concrete.ThreadChannel;
import net.dv8tion.jda.api.entities.channel.middleman.GuildMessageChannel;
import net.dv8tion.jda.api.entities.channel.middleman.MessageChannel;
import net.dv8tion.jda.api.events.interaction.ModalInteractionEvent;
import net.dv8tion.jda.api.events.interaction.command.MessageContextInteractionEvent;
import net.dv8tion.jda.api.interactions.InteractionHook;
import net.dv8tion.jda.api.interactions.modals.ModalMapping;
import net.dv8tion.jda.api.modals.Modal;
import net.dv8tion.jda.api.utils.MarkdownSanitizer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Questions about a message that somebody picked: a form asks for the words, and a message for all to see says who asks what about which
 * message. That message is the question, as if its asker had written it: deleting it deletes the question. Thread-safe.
 */
final class Questions {

    private static final Logger LOG = LoggerFactory.getLogger(Questions.class);
    private static final String FORM = "loci/ask/";
    private static final String FIELD = "question";
    private static final int LONGEST = 1_000;
    private static final int MOST = 1_000;

    private final CommandForms forms;
    private final Hearing hearing;
    private final Duration patience;
    /** What was picked while a form is being filled in. After a restart Discord is asked again. */
    private final Recent<MessageRef, Quoted> picked = new Recent<>(MOST);
    /** What stands in a channel as a question, until it is taken up. */
    private final Recent<String, InteractionHook> posted = new Recent<>(MOST);

    Questions(CommandForms forms, Hearing hearing, Duration patience) {
        this.forms = forms;
        this.hearing = hearing;
        this.patience = patience;
    }

    /** A question that stands in a channel. */
    record Asked(String message, Author asker, String words, Quoted about) {}

    /** A message reads differently now, or is gone: it is not as it was when it was picked. */
    void changed(MessageRef message) {
        picked.remove(message);
    }

    /** A question is taken up, and stays. */
    void taken(String message) {
        posted.remove(message);
    }

    /** A question is not taken up: it does not stay there as if it were. Whoever asked is told why by other means. */
    void notTaken(String message) {
        InteractionHook hook = posted.remove(message);
        if (hook != null) {
            Rest.courtesy("taking a question back", hook::deleteOriginal);
        }
    }

    /** Shows the form. */
    void picked(MessageContextInteractionEvent event) {
        if (!mayWrite(event.getMember(), event.getChannel())) {
            event.reply(Outgoing.message("You may not write in this channel, so you cannot ask here either."))
                    .setEphemeral(true)
                    .queue(done -> {}, failure -> {});
            return;
        }
        Quoted quoted = hearing.quoted(event.getTarget());
        picked.put(quoted.message(), quoted);
        QuestionForm form = forms.questionForm(event.getUserLocale().toLocale());
        TextInput words = TextInput.create(FIELD, TextInputStyle.PARAGRAPH)
                .setPlaceholder(form.otherwise())
                .setRequired(false)
                .setMaxLength(LONGEST)
                .build();
        Modal modal = Modal.create(FORM + quoted.message().id(), form.title())
                .addComponents(Label.of(form.question(), words))
                .build();
        event.replyModal(modal).queue(done -> {}, failure -> LOG.debug("a form was not shown: {}", failure.toString()));
    }

    private static boolean mayWrite(@Nullable Member member, @Nullable MessageChannel channel) {
        if (member == null || !(channel instanceof GuildMessageChannel place)) {
            return true;
        }
        Permission needed =
                place instanceof ThreadChannel ? Permission.MESSAGE_SEND_IN_THREADS : Permission.MESSAGE_SEND;
        return member.hasPermission(place, needed);
    }

    /**
     * Posts the question of a form that was filled in.
     *
     * @param then is given it where it stands, on another thread
     */
    void submitted(ModalInteractionEvent event, BiConsumer<MessageChannel, Asked> then) {
        if (!event.getModalId().startsWith(FORM)) {
            return;
        }
        MessageRef about = new MessageRef(event.getModalId().substring(FORM.length()));
        if (!Located.of(about).channel().equals(event.getChannelId())
                || !mayWrite(event.getMember(), event.getChannel())) {
            event.reply(Outgoing.message("You cannot ask that here."))
                    .setEphemeral(true)
                    .queue(done -> {}, failure -> {});
            return;
        }
        Author asker = Hearing.author(event.getUser(), event.getMember());
        String words = words(event);
        String shown = shown(asker, words, link(event, Located.of(about)));
        event.reply(Outgoing.message(shown))
                .queue(
                        hook -> posted(hook, event.getMessageChannel(), asker, words, about, then),
                        failure -> LOG.warn("a question could not be posted: {}", failure.toString()));
    }

    private void posted(
            InteractionHook hook,
            MessageChannel channel,
            Author asker,
            String words,
            MessageRef about,
            BiConsumer<MessageChannel, Asked> then) {
        Message said = hook.hasCallbackResponse() ? hook.getCallbackResponse().getMessage() : null;
        if (said == null) {
            switch (Rest.tried(patience, hook::retrieveOriginal)) {
                case Done<Message>(Message found) -> said = found;
                case Failed<Message>(Throwable cause) -> {
                    LOG.warn("a question was posted and is not found: {}", cause.toString());
                    Rest.courtesy(
                            "a sentence", () -> hook.editOriginal("⚠️ I could not take this up. Please ask again."));
                    return;
                }
            }
        }
        posted.put(said.getId(), hook);
        then.accept(channel, new Asked(said.getId(), asker, words, about(channel, about)));
    }

    /** What is asked about, as it was when it was picked, or as Discord has it; by its name alone where neither can be had. */
    private Quoted about(MessageChannel channel, MessageRef about) {
        Quoted known = picked.get(about);
        if (known != null) {
            return known;
        }
        String id = Located.of(about).message();
        return switch (Rest.tried(patience, () -> channel.retrieveMessageById(id))) {
            case Done<Message>(Message found) -> hearing.quoted(found);
            case Failed<Message> gone -> new Quoted(about, Optional.empty(), "", Hearing.at(id));
        };
    }

    private String words(ModalInteractionEvent event) {
        ModalMapping field = event.getValue(FIELD);
        String words = field == null ? "" : field.getAsString().strip();
        Locale locale = event.getUserLocale().toLocale();
        return words.isEmpty() ? forms.questionForm(locale).otherwise() : words;
    }

    private static String link(ModalInteractionEvent event, Located about) {
        var guild = event.getGuild();
        return String.format(Message.JUMP_URL, guild == null ? "@me" : guild.getId(), about.channel(), about.message());
    }

    /** Who asks what about which message. The words are shown as they were written, whatever they would be in Discord's markup. */
    static String shown(Author asker, String words, String link) {
        String quote =
                words.lines().map(line -> "> " + MarkdownSanitizer.escape(line)).collect(Collectors.joining("\n"));
        String name = MarkdownSanitizer.escape(asker.name().replaceAll("\\s+", " "));
        String whole = "**" + name + "** asks about " + link + "\n" + quote;
        return whole.length() <= Message.MAX_CONTENT_LENGTH
                ? whole
                : whole.substring(0, whole.offsetByCodePoints(0, Message.MAX_CONTENT_LENGTH / 2)) + " …";
    }
}
