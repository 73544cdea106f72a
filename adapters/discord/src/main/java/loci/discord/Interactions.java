package loci.discord;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import loci.chat.Author;
import loci.chat.Caller;
import loci.chat.ChatEvent;
import loci.chat.ChatEvent.CommandInvoked;
import loci.chat.ChatEvent.ConfirmationGiven;
import loci.chat.ChatEvent.Picked;
import loci.chat.ChatEvent.RegenerateRequested;
import loci.chat.ChatEvent.StopRequested;
import loci.chat.CommandAnswer;
import loci.chat.ConversationId;
import loci.chat.EventId;
import loci.chat.Inbox.Acceptance;
import loci.chat.Standing;
import loci.command.MessageCommand;
import loci.discord.CommandForms.Line;
import loci.discord.Rest.Done;
import loci.discord.Rest.Failed;
import net.dv8tion.jda.api.entities.Message;
import net.dv8tion.jda.api.entities.channel.Channel;
import net.dv8tion.jda.api.events.interaction.command.CommandAutoCompleteInteractionEvent;
import net.dv8tion.jda.api.events.interaction.command.MessageContextInteractionEvent;
import net.dv8tion.jda.api.events.interaction.command.SlashCommandInteractionEvent;
import net.dv8tion.jda.api.events.interaction.component.ButtonInteractionEvent;
import net.dv8tion.jda.api.interactions.Interaction;
import net.dv8tion.jda.api.interactions.InteractionHook;
import net.dv8tion.jda.api.interactions.callbacks.IDeferrableCallback;
import net.dv8tion.jda.api.interactions.commands.Command;
import net.dv8tion.jda.api.interactions.commands.CommandInteractionPayload;
import net.dv8tion.jda.api.interactions.commands.OptionMapping;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commands, what is picked on a message, and buttons. Each is acknowledged to Discord before anything else, so that its three seconds never
 * pass; what there is to say comes later, through the interaction while that is good, and as a direct message after. Thread-safe.
 */
final class Interactions {

    private static final Logger LOG = LoggerFactory.getLogger(Interactions.class);
    private static final int MOST_PENDING = 5_000;

    private final Entrance entrance;
    private final CommandForms forms;
    private final Questions questions;
    private final PrivateWords words;
    private final Places places;
    private final Duration patience;
    private final Executor executor;
    private final Recent<EventId, Pending> pending = new Recent<>(MOST_PENDING);
    /** Where a confirmation was asked for: it may be given elsewhere, where the question came as a direct message. */
    private final Recent<String, ConversationId> asked = new Recent<>(MOST_PENDING);
    /** The commands that Discord keeps from people exactly as it was asked to, by its ids. */
    private volatile Set<String> kept = Set.of();

    /** An interaction that an answer is owed to. */
    record Pending(InteractionHook hook, String user) {}

    /** @param executor for what has to ask Discord first */
    Interactions(
            Entrance entrance,
            CommandForms forms,
            Questions questions,
            Places places,
            Duration patience,
            Executor executor) {
        this.entrance = entrance;
        this.forms = forms;
        this.questions = questions;
        this.words = new PrivateWords(places, patience);
        this.places = places;
        this.patience = patience;
        this.executor = executor;
    }

    /** These commands are registered as they are offered: whom Discord lets run one of them, it was asked to or told to by who manages the server. */
    void registered(Set<String> commands) {
        kept = Set.copyOf(commands);
    }

    void invoked(SlashCommandInteractionEvent event) {
        event.deferReply(true).queue(done -> {}, failure -> {});
        taken(event, id -> {
            Line line = forms.line(event.getName(), event.getSubcommandName(), option -> filled(event, option));
            boolean admitted = event.isFromGuild() && kept.contains(event.getCommandId());
            return new CommandInvoked(
                    id,
                    conversation(event),
                    Callers.of(event),
                    line.name(),
                    line.arguments(),
                    at(event),
                    null,
                    admitted);
        });
    }

    void picked(MessageContextInteractionEvent event) {
        MessageCommand command = forms.picked(event.getName());
        if (command == MessageCommand.ASK) {
            questions.picked(event);
            return;
        }
        event.deferReply(true).queue(done -> {}, failure -> {});
        taken(event, id -> {
            if (command == null) {
                throw new IllegalStateException("not offered any more: " + event.getName());
            }
            Message target = event.getTarget();
            Picked picked = new Picked(
                    Places.of(channel(event)).message(target.getId()),
                    target.getTimeCreated().toInstant());
            return new CommandInvoked(
                    id,
                    conversation(event),
                    Callers.of(event),
                    command.command(),
                    command.arguments(),
                    at(event),
                    picked,
                    false);
        });
    }

    /** Hands in what came of an interaction that is acknowledged. Whatever goes wrong from here on, its giver is told something. */
    private void taken(IDeferrableCallback event, Function<EventId, ChatEvent> made) {
        EventId id = new EventId(event.getId());
        InteractionHook hook = event.getHook();
        pending.put(id, new Pending(hook, event.getUser().getId()));
        Optional<Acceptance> taken = Optional.empty();
        try {
            taken = entrance.hand(made.apply(id));
        } catch (RuntimeException e) {
            LOG.error("an interaction of Discord's could not be understood", e);
        }
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
            case Buttons.Again again -> again(event, again);
            case Buttons.Confirm(String asker, String token) -> confirmed(event, asker, token);
            case null -> event.deferEdit().queue(done -> {}, failure -> {});
        }
    }

    private void stopped(ButtonInteractionEvent event, Buttons.Stop stop) {
        boolean may = event.getUser().getId().equals(stop.asker())
                || Callers.standing(event.getMember(), event.getChannel()) == Standing.ADMIN;
        if (!may) {
            refuse(event, "Only who asked, or an administrator, can stop this answer.");
            return;
        }
        event.deferEdit().queue(done -> {}, failure -> {});
        Author by = Hearing.author(event.getUser(), event.getMember());
        entrance.hand(
                new StopRequested(new EventId(event.getId()), conversation(event), by, at(event), stop.question()));
    }

    /** Whether it may be is the engine's to say; what it says goes below the answer, which stays as it is. */
    private void again(ButtonInteractionEvent event, Buttons.Again again) {
        Caller caller = Callers.of(event);
        boolean may = event.getUser().getId().equals(again.asker()) || caller.standing() == Standing.ADMIN;
        if (!may) {
            refuse(event, "Only who asked, or an administrator, can have this answered anew.");
            return;
        }
        event.deferEdit().queue(done -> {}, failure -> {});
        EventId id = new EventId(event.getId());
        pending.put(id, new Pending(event.getHook(), event.getUser().getId()));
        Optional<Acceptance> taken =
                entrance.hand(new RegenerateRequested(id, conversation(event), caller, again.question(), at(event)));
        if (taken.isEmpty() || taken.get() != Acceptance.REFUSED) {
            pending.remove(id);
        }
        if (taken.isEmpty()) {
            below(event.getHook(), "⚠️ I could not take this up. Please try again.");
        }
    }

    /** Says something to whoever pressed a button, and leaves the message with the button as it is. */
    private static void below(InteractionHook hook, String text) {
        hook.sendMessage(Outgoing.message(text)).setEphemeral(true).queue(done -> {}, failure -> {});
    }

    private void confirmed(ButtonInteractionEvent event, String asker, String token) {
        if (!event.getUser().getId().equals(asker)) {
            refuse(event, "Only who gave the command can confirm it.");
            return;
        }
        event.deferEdit().queue(done -> {}, failure -> {});
        ConversationId where = asked.get(token);
        if (where == null || event.isFromGuild() || where.space().equals(DiscordEvents.DIRECT)) {
            confirmed(event, where, Callers.of(event), token);
        } else {
            executor.execute(() -> confirmedElsewhere(event, where, token));
        }
    }

    private void confirmedElsewhere(ButtonInteractionEvent event, ConversationId where, String token) {
        switch (Callers.elsewhere(event, where, places, patience)) {
            case Done<Caller>(Caller caller) -> confirmed(event, where, caller, token);
            case Failed<Caller>(Throwable cause) -> {
                LOG.warn("{}: it could not be learned who may confirm there: {}", where, cause.toString());
                below(event.getHook(), "⚠️ I could not learn from Discord whether you still may. Please press again.");
            }
        }
    }

    private void confirmed(ButtonInteractionEvent event, @Nullable ConversationId where, Caller caller, String token) {
        taken(
                event,
                id -> new ConfirmationGiven(id, where == null ? conversation(event) : where, caller, token, at(event)));
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
        if (invocation instanceof RegenerateRequested && given != null) {
            below(given.hook(), DiscordMarkup.rendered(answer.text()));
            return true;
        }
        String user = given != null ? given.user() : user(invocation);
        return user != null && words.say(given == null ? null : given.hook(), user, answer);
    }

    private static @Nullable String user(ChatEvent invocation) {
        return switch (invocation) {
            case CommandInvoked invoked -> invoked.author().id();
            case ConfirmationGiven given -> given.author().id();
            case RegenerateRequested again -> again.author().id();
            case ChatEvent.MessagePosted posted -> posted.author().id();
            default -> null;
        };
    }

    private ConversationId conversation(Interaction event) {
        return Places.of(channel(event)).conversation(entrance::inThread);
    }

    private static Channel channel(Interaction event) {
        Channel channel = event.getChannel();
        if (channel == null) {
            throw new IllegalStateException("an interaction outside of any channel");
        }
        return channel;
    }

    private static Instant at(Interaction event) {
        return event.getTimeCreated().toInstant();
    }
}
