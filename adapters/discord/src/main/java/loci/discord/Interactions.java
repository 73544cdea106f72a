package loci.discord;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import loci.chat.Author;
import loci.chat.Caller;
import loci.chat.ChatEvent;
import loci.chat.ChatEvent.CommandInvoked;
import loci.chat.ChatEvent.ConfirmationGiven;
import loci.chat.ChatEvent.StopRequested;
import loci.chat.CommandAnswer;
import loci.chat.ConversationId;
import loci.chat.EventId;
import loci.chat.Inbox.Acceptance;
import loci.chat.Standing;
import loci.discord.CommandForms.Line;
import net.dv8tion.jda.api.Permission;
import net.dv8tion.jda.api.entities.Member;
import net.dv8tion.jda.api.entities.channel.Channel;
import net.dv8tion.jda.api.entities.channel.concrete.ThreadChannel;
import net.dv8tion.jda.api.entities.channel.middleman.GuildChannel;
import net.dv8tion.jda.api.events.interaction.command.CommandAutoCompleteInteractionEvent;
import net.dv8tion.jda.api.events.interaction.command.SlashCommandInteractionEvent;
import net.dv8tion.jda.api.events.interaction.component.ButtonInteractionEvent;
import net.dv8tion.jda.api.interactions.Interaction;
import net.dv8tion.jda.api.interactions.InteractionHook;
import net.dv8tion.jda.api.interactions.commands.Command;
import net.dv8tion.jda.api.interactions.commands.CommandInteractionPayload;
import net.dv8tion.jda.api.interactions.commands.OptionMapping;
import org.jspecify.annotations.Nullable;

/**
 * Commands and buttons. Each is acknowledged to Discord before anything else, so that its three seconds never pass; what there is to say
 * comes later, through the interaction while that is good, and as a direct message after. Thread-safe.
 *
 * <p>An administrator here is who may manage the server or the channel, and everybody in their own direct messages.
 */
final class Interactions {

    private static final int MOST_PENDING = 5_000;

    private final Entrance entrance;
    private final CommandForms forms;
    private final Recent<EventId, Pending> pending = new Recent<>(MOST_PENDING);
    /** Where a confirmation was asked for: it may be given elsewhere, where the question came as a direct message. */
    private final Recent<String, ConversationId> asked = new Recent<>(MOST_PENDING);

    private final PrivateWords words;

    /** An interaction that an answer is owed to. */
    record Pending(InteractionHook hook, String user) {}

    Interactions(Entrance entrance, CommandForms forms, Places places, Duration patience) {
        this.entrance = entrance;
        this.forms = forms;
        this.words = new PrivateWords(places, patience);
    }

    void invoked(SlashCommandInteractionEvent event) {
        event.deferReply(true).queue(done -> {}, failure -> {});
        Line line = forms.line(event.getName(), event.getSubcommandName(), option -> filled(event, option));
        EventId id = new EventId(event.getId());
        pending.put(id, new Pending(event.getHook(), event.getUser().getId()));
        taken(
                id,
                event.getHook(),
                new CommandInvoked(id, conversation(event), caller(event), line.name(), line.arguments(), at(event)));
    }

    private void taken(EventId id, InteractionHook hook, ChatEvent event) {
        Optional<Acceptance> taken = entrance.hand(event);
        if (taken.isEmpty()) {
            pending.remove(id);
            hook.editOriginal("⚠️ I could not take this up. Please try again.").queue(done -> {}, failure -> {});
        } else if (taken.get() == Acceptance.REPEATED || taken.get() == Acceptance.IGNORED) {
            pending.remove(id);
            hook.deleteOriginal().queue(done -> {}, failure -> {});
        }
    }

    void completed(CommandAutoCompleteInteractionEvent event) {
        var option = event.getFocusedOption();
        List<Command.Choice> choices = forms
                .completions(
                        event.getName(),
                        event.getSubcommandName(),
                        option.getName(),
                        option.getValue(),
                        other -> filled(event, other))
                .stream()
                .map(choice -> new Command.Choice(choice, choice))
                .toList();
        event.replyChoices(choices).queue(done -> {}, failure -> {});
    }

    private static @Nullable String filled(CommandInteractionPayload event, String option) {
        OptionMapping filled = event.getOption(option);
        return filled == null ? null : filled.getAsString();
    }

    void pressed(ButtonInteractionEvent event) {
        switch (Buttons.read(event.getComponentId())) {
            case Buttons.Stop stop -> stopped(event, stop);
            case Buttons.Confirm(String asker, String token) -> confirmed(event, asker, token);
            case null -> event.deferEdit().queue(done -> {}, failure -> {});
        }
    }

    private void stopped(ButtonInteractionEvent event, Buttons.Stop stop) {
        boolean may = event.getUser().getId().equals(stop.asker())
                || standing(event.getMember(), event.getChannel()) == Standing.ADMIN;
        if (!may) {
            refuse(event, "Only who asked, or an administrator, can stop this answer.");
            return;
        }
        event.deferEdit().queue(done -> {}, failure -> {});
        Author by = Hearing.author(event.getUser(), event.getMember());
        entrance.hand(
                new StopRequested(new EventId(event.getId()), conversation(event), by, at(event), stop.question()));
    }

    private void confirmed(ButtonInteractionEvent event, String asker, String token) {
        if (!event.getUser().getId().equals(asker)) {
            refuse(event, "Only who gave the command can confirm it.");
            return;
        }
        event.deferEdit().queue(done -> {}, failure -> {});
        EventId id = new EventId(event.getId());
        pending.put(id, new Pending(event.getHook(), asker));
        ConversationId where = asked.get(token);
        taken(
                id,
                event.getHook(),
                new ConfirmationGiven(
                        id, where == null ? conversation(event) : where, caller(event), token, at(event)));
    }

    private static void refuse(ButtonInteractionEvent event, String why) {
        event.reply(Outgoing.message(why)).setEphemeral(true).queue(done -> {}, failure -> {});
    }

    /** Says what a command or a confirmation has to say to whoever gave it. Returns whether that reached anybody. */
    boolean answer(ChatEvent invocation, CommandAnswer answer) {
        Pending given = pending.remove(invocation.event());
        var confirmation = answer.confirmation();
        if (confirmation != null) {
            asked.put(confirmation.token(), invocation.conversation());
        }
        String user = given != null ? given.user() : user(invocation);
        return user != null && words.say(given == null ? null : given.hook(), user, answer);
    }

    private static @Nullable String user(ChatEvent invocation) {
        return switch (invocation) {
            case CommandInvoked invoked -> invoked.author().id();
            case ConfirmationGiven given -> given.author().id();
            case ChatEvent.MessagePosted posted -> posted.author().id();
            default -> null;
        };
    }

    private ConversationId conversation(Interaction event) {
        Channel channel = event.getChannel();
        if (channel == null) {
            throw new IllegalStateException("an interaction outside of any channel");
        }
        return Places.of(channel).conversation(entrance::inThread);
    }

    private static Instant at(Interaction event) {
        return event.getTimeCreated().toInstant();
    }

    private static Caller caller(Interaction event) {
        return new Caller(
                Hearing.author(event.getUser(), event.getMember()),
                standing(event.getMember(), event.getChannel()),
                event.getUserLocale().toLocale(),
                ZoneOffset.UTC);
    }

    private static Standing standing(@Nullable Member member, @Nullable Channel channel) {
        if (member == null) {
            return Standing.ADMIN;
        }
        GuildChannel place = channel instanceof ThreadChannel thread
                ? thread.getParentChannel()
                : channel instanceof GuildChannel own ? own : null;
        boolean manages = member.isOwner()
                || member.hasPermission(Permission.MANAGE_SERVER)
                || (place != null && member.hasPermission(place, Permission.MANAGE_CHANNEL));
        return manages ? Standing.ADMIN : Standing.MEMBER;
    }
}
