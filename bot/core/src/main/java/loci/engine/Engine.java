package loci.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import loci.chat.Author;
import loci.chat.Caller;
import loci.chat.ChatEvent;
import loci.chat.ChatEvent.CommandInvoked;
import loci.chat.ChatEvent.ConfirmationGiven;
import loci.chat.ChatEvent.MessageDeleted;
import loci.chat.ChatEvent.MessageEdited;
import loci.chat.ChatEvent.MessagePosted;
import loci.chat.ChatEvent.PlaceGone;
import loci.chat.ChatEvent.RegenerateRequested;
import loci.chat.ChatEvent.SpaceJoined;
import loci.chat.ChatEvent.StopRequested;
import loci.chat.ChatPlatform;
import loci.chat.ChatPlatform.Shown;
import loci.chat.CommandAnswer;
import loci.chat.ConversationId;
import loci.chat.Inbox;
import loci.chat.MessageRef;
import loci.command.ChannelRules;
import loci.command.ChannelRules.Threads;
import loci.command.Commands;
import loci.command.Exporter;
import loci.engine.Admission.Listed;
import loci.memory.ConversationStore;
import loci.memory.Forgetting;
import loci.memory.Ledger;
import loci.model.LanguageModel;
import loci.model.TokenCounter;
import loci.sanitize.Redactor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine: what happens on a platform goes in here and is durable when {@link #accept} returns; answers, notes and forgetting follow
 * from what the store then says is to be done. Thread-safe.
 */
public final class Engine implements Inbox, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    /** Longer facts would leave the conversation no room in a prompt. */
    private static final int LONGEST_FACT = 1_000;

    private static final String WELCOMED = "welcomed";

    private final ConversationStore store;
    private final Map<String, ChatPlatform> platforms = new ConcurrentHashMap<>();
    private final Departures departures;
    private final Remembered remembered;
    private final Compactor compactor;
    private final ChannelRules rules;
    private final Doorkeeper door;
    private final Expiry retention;
    private final Commands commands;
    private final Executor executor;
    private final Operators operators;
    private final Timer timer;
    private final Replies replies;
    private final Lanes notes;
    private final Messages messages;
    private final Set<ConversationId> notesWaiting = ConcurrentHashMap.newKeySet();
    private final RecentEvents recentCommands = new RecentEvents();

    /**
     * What the engine is made of.
     *
     * @param ledger is told what every call cost
     * @param models who answers, and who writes the digests
     * @param counters gives the counter of an encoding by its name
     * @param exporter writes what people have exported
     * @param executor runs lanes and commands; one virtual thread per task in production
     * @param timer retries what failed
     * @param secrets makes unguessable short words in lower-case letters and digits: marks and confirmation tokens
     */
    public record Parts(
            ConversationStore store,
            Ledger ledger,
            Models models,
            Function<String, TokenCounter> counters,
            Redactor redactor,
            EngineSettings settings,
            Exporter exporter,
            InstantSource clock,
            Executor executor,
            Timer timer,
            Supplier<String> secrets) {}

    /**
     * The models. Each name stands for one model.
     *
     * @param preferred answers where a channel chose nothing
     * @param fallbacks are asked in this order where that one, or what a channel chose, fails
     * @param choices what a channel can choose beside the preferred one
     * @param summariser writes the digests; may be the same as {@code preferred}
     */
    public record Models(
            LanguageModel preferred,
            List<LanguageModel> fallbacks,
            List<LanguageModel> choices,
            LanguageModel summariser) {

        public Models {
            fallbacks = List.copyOf(fallbacks);
            choices = List.copyOf(choices);
        }

        /** One model that answers. */
        public static Models of(LanguageModel model, LanguageModel summariser) {
            return new Models(model, List.of(), List.of(), summariser);
        }
    }

    public Engine(Parts parts) {
        this.store = parts.store();
        this.executor = parts.executor();
        this.timer = parts.timer();
        Redactor redactor = parts.redactor();
        Forgetting forgetting = new Forgetting(store);
        EngineSettings settings = parts.settings();
        this.rules = settings.rules();
        this.door = new Doorkeeper(settings.admission(), store);
        RateLimiter limiter = new RateLimiter(settings.limits(), parts.clock());
        Models models = parts.models();
        this.operators = new Operators(platforms, executor, parts.clock());
        Roster roster = new Roster(models, parts.counters(), parts.clock(), operators);
        CalibratedModel summarising = models.summariser().equals(models.preferred())
                ? roster.preferred()
                : CalibratedModel.of(models.summariser(), parts.counters());
        CallLog calls = new CallLog();
        Accounts accounts = new Accounts(parts.ledger(), settings.limits().budgets(), parts.clock(), operators);
        Summariser summariser = new Summariser(
                summarising, settings.summaryInstructions(), redactor, parts.clock(), parts.secrets(), calls, accounts);
        this.remembered = new Remembered(store);
        this.departures = new Departures(store, forgetting);
        this.compactor =
                new Compactor(store, settings, roster, summariser, parts.clock(), this::lookAtNoteLater, operators);
        this.retention = new Expiry(store, forgetting, rules, parts.clock());
        PromptRoom room = new PromptRoom(store, settings, roster);
        this.commands = new Commands(new Commands.Parts(
                store,
                parts.ledger(),
                compactor::refresh,
                summariser::tell,
                room::holdsPins,
                room::holdsPersona,
                parts.exporter(),
                redactor,
                settings.strategies(),
                settings.personas(),
                roster.offer(),
                rules,
                this::shown,
                settings.permissions(),
                limiter,
                settings.botName(),
                settings.limits().budgets(),
                settings.receivers(),
                LONGEST_FACT,
                parts.clock(),
                parts.secrets()));
        this.notes = new Lanes(executor, this::compact);
        Asking asking = new Asking(settings, accounts, calls);
        Responder responder = new Responder(
                store, roster, asking, new Pictures(platforms), settings, redactor, commands::greeting, operators);
        this.replies = new Replies(store, platforms, responder, executor, timer, notes::wake, operators);
        this.messages = new Messages(
                new Messages.Parts(
                        store, redactor, forgetting, rules, limiter, commands, door, remembered, recentCommands),
                new AfterMessages());
    }

    /** What follows when a message is stored, or is not. */
    private final class AfterMessages implements Messages.Then {

        @Override
        public void answerLater(ChatEvent event, CommandAnswer answer) {
            executor.execute(() -> show(event, answer));
        }

        @Override
        public Listed wanted(ConversationId place, Author author) {
            return Engine.this.wanted(place, author);
        }

        @Override
        public void asked(ConversationId conversation) {
            operators.over(Warnings.STORE);
            replies.wake(conversation);
        }

        @Override
        public void said(ConversationId conversation) {
            operators.over(Warnings.STORE);
            notes.wake(conversation);
        }

        @Override
        public void memoryChanged(ConversationId conversation) {
            Engine.this.memoryChanged(conversation);
        }
    }

    private Shown shown(ConversationId conversation) {
        ChatPlatform platform = platforms.get(conversation.platform());
        return platform == null ? Shown.ALL : platform.shown(conversation);
    }

    /** The commands this engine knows. */
    public Commands commands() {
        return commands;
    }

    /** Serves a platform from now on, and takes up what was left undone for it when the process last ended. */
    public void serve(ChatPlatform platform) {
        platforms.put(platform.name(), platform);
        platform.start(this);
        for (ConversationId conversation : store.unsettled()) {
            if (conversation.platform().equals(platform.name())) {
                replies.wake(conversation);
            }
        }
        executor.execute(this::forgetWhatIsLeft);
    }

    /** What a kill interrupted. Nobody waits for it, so a start does not fail with it. */
    private void forgetWhatIsLeft() {
        try {
            departures.unfinished().forEach(this::forgetLater);
        } catch (RuntimeException | Error e) {
            LOG.error("it could not be seen what is left to forget of places that are gone; it is tried again", e);
            timer.after(Replies.LONGEST_RETRY, () -> executor.execute(this::forgetWhatIsLeft));
        }
    }

    @Override
    public Acceptance accept(ChatEvent event) {
        return toldIfRefused(() -> take(event));
    }

    private Acceptance toldIfRefused(Supplier<Acceptance> storing) {
        try {
            return storing.get();
        } catch (RuntimeException notStored) {
            operators.trouble(Warnings.STORE, "refusing", Warnings.NOT_STORED);
            throw notStored;
        }
    }

    private Acceptance take(ChatEvent event) {
        return switch (event) {
            case MessagePosted posted -> messages.posted(posted, posted.addressed());
            case MessageEdited edited -> messages.edited(edited);
            case MessageDeleted deleted -> messages.deleted(deleted);
            case CommandInvoked invoked -> answerLater(invoked, invoked.caller(), () -> commands.run(invoked));
            case RegenerateRequested again -> messages.regenerate(again);
            case ConfirmationGiven given -> answerLater(given, given.caller(), () -> commands.confirm(given));
            case SpaceJoined joined -> joined(joined);
            case PlaceGone gone -> gone(gone);
            case StopRequested stop ->
                replies.stop(stop.conversation(), stop.question()) ? Acceptance.ACCEPTED : Acceptance.IGNORED;
        };
    }

    private Acceptance gone(PlaceGone gone) {
        List<ConversationId> touched = departures.note(gone);
        touched.forEach(this::forgetLater);
        return touched.isEmpty() ? Acceptance.IGNORED : Acceptance.ACCEPTED;
    }

    private void forgetLater(ConversationId conversation) {
        executor.execute(() -> {
            try {
                departures.carryOut(conversation);
                memoryChanged(conversation);
            } catch (RuntimeException | Error e) {
                LOG.error("{}: what was said in a place that is gone is not all forgotten yet", conversation, e);
                timer.after(Replies.LONGEST_RETRY, () -> forgetLater(conversation));
            }
        });
    }

    /** Once for each place where it can be said, however often the platform says that the bot has joined. */
    private Acceptance joined(SpaceJoined joined) {
        ConversationId conversation = joined.conversation();
        if (!door.admits(conversation)) {
            Listed wanted = new Listed(conversation.platform(), conversation.space(), null);
            return door.isToBeTold(conversation, wanted) ? notAdmitted(joined, wanted) : Acceptance.REPEATED;
        }
        if (store.settings(conversation).containsKey(WELCOMED)) {
            return Acceptance.REPEATED;
        }
        store.set(conversation, WELCOMED, Optional.of("yes"));
        executor.execute(() -> show(joined, CommandAnswer.of(commands.welcome())));
        return Acceptance.ACCEPTED;
    }

    private Acceptance notAdmitted(ChatEvent event, Listed wanted) {
        executor.execute(() -> show(event, CommandAnswer.of(commands.notAdmitted(wanted.toString(), Locale.ROOT))));
        return Acceptance.REFUSED;
    }

    private Listed wanted(ConversationId place, Author author) {
        ChatPlatform platform = platforms.get(place.platform());
        return Doorkeeper.wanted(place, author, platform == null ? Shown.ALL : platform.shown(place));
    }

    @Override
    public ConversationId inThread(ConversationId channel, String thread) {
        boolean own = rules.in(store.inForce(channel)).threads() == Threads.SEPARATE;
        return own ? new ConversationId(channel.platform(), channel.space(), channel.channel(), thread) : channel;
    }

    @Override
    public Acceptance remember(MessagePosted message) {
        return toldIfRefused(() -> messages.posted(message.addressed(false), message.addressed()));
    }

    @Override
    public List<ConversationId> conversations(String platform) {
        return remembered.conversations(platform);
    }

    @Override
    public List<MessageRef> lately(ConversationId conversation, int most) {
        return remembered.lately(conversation, most);
    }

    @Override
    public boolean hearsAll(ConversationId conversation) {
        return messages.hearsAll(conversation);
    }

    @Override
    public Instant heardFrom(ConversationId conversation) {
        return remembered.heardFrom(conversation);
    }

    @Override
    public boolean stands(CommandAnswer.Basis madeFrom) {
        return store.epoch(madeFrom.conversation()) == madeFrom.epoch();
    }

    private Acceptance answerLater(ChatEvent invocation, Caller caller, Supplier<CommandAnswer> action) {
        if (!recentCommands.isNew(invocation)) {
            return Acceptance.REPEATED;
        }
        executor.execute(() -> {
            CommandAnswer answer;
            try {
                answer = door.admits(invocation.conversation(), caller.author())
                        ? action.get()
                        : CommandAnswer.of(commands.notAdmitted(
                                wanted(invocation.conversation(), caller.author())
                                        .toString(),
                                caller.locale()));
            } catch (RuntimeException e) {
                LOG.error("{}: a command failed", invocation.conversation(), e);
                answer = Commands.failure(caller.locale());
            }
            show(invocation, answer);
        });
        return Acceptance.ACCEPTED;
    }

    private void show(ChatEvent invocation, CommandAnswer answer) {
        try {
            ChatPlatform platform = platforms.get(invocation.conversation().platform());
            if (platform != null) {
                platform.answer(invocation, answer);
            }
        } catch (RuntimeException e) {
            LOG.error("{}: what a command said could not be shown", invocation.conversation(), e);
        }
        try {
            memoryChanged(invocation.conversation());
        } catch (RuntimeException e) {
            LOG.error("{}: a call that may be of no use any more goes on", invocation.conversation(), e);
        }
    }

    /** An erasure may have withdrawn the question being answered, or opened one again, and tears the note. */
    private void memoryChanged(ConversationId conversation) {
        replies.stopIfWithdrawn(conversation);
        replies.wake(conversation);
        notes.wake(conversation);
    }

    private void compact(ConversationId conversation) {
        try {
            compactor.compact(conversation);
        } catch (RuntimeException | Error e) {
            LOG.error("{}: condensing failed; nothing is lost, and it is tried with the next message", conversation, e);
        }
    }

    /** One look waits at a time: each message that arrives during an outage fails too, and must not add one of its own. */
    private void lookAtNoteLater(ConversationId conversation, Duration delay) {
        if (notesWaiting.add(conversation)) {
            timer.after(delay, () -> {
                notesWaiting.remove(conversation);
                notes.wake(conversation);
            });
        }
    }

    /**
     * Forgets what channels keep no longer. To be called now and then, on a thread that may wait: it reads the whole log of every channel
     * that keeps nothing for ever.
     *
     * @return how many messages went
     */
    public int expire() {
        int gone = 0;
        for (ConversationId conversation : retention.conversations()) {
            try {
                int here = retention.expire(conversation);
                if (here > 0) {
                    memoryChanged(conversation);
                }
                gone += here;
            } catch (RuntimeException e) {
                LOG.error("{}: what it keeps no longer could not be forgotten; it is tried again", conversation, e);
            }
        }
        return gone;
    }

    /** Waits until no lane has work, so long at most. Returns whether that came to be. What waits for a retry is not waited for. */
    public boolean awaitIdle(Duration timeout) {
        return replies.awaitIdle(timeout) && notes.awaitIdle(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * Waits until every question of a platform is answered and every reply delivered, however long that takes.
     *
     * @throws InterruptedException where the waiting thread is interrupted
     */
    public void awaitAnswered(ChatPlatform platform) throws InterruptedException {
        while (!replies.isEnding() && owesAnything(platform)) {
            replies.awaitIdle(Replies.LONGEST_RETRY);
            CountDownLatch lookAgain = new CountDownLatch(1);
            timer.after(LOOK_AGAIN, lookAgain::countDown);
            if (owesAnything(platform)) {
                lookAgain.await();
            }
        }
    }

    private boolean owesAnything(ChatPlatform platform) {
        return store.unsettled().stream().anyMatch(owed -> owed.platform().equals(platform.name()));
    }

    /**
     * Stops the calls that are running and returns when no lane works any more. Questions whose answer was being written stay open and are
     * answered after the next start. Platforms must have stopped listening before; the store must be closed after.
     */
    @Override
    public void close() {
        end();
        boolean repliesEnded = replies.close(10, TimeUnit.SECONDS);
        boolean notesEnded = notes.close(10, TimeUnit.SECONDS);
        if (!repliesEnded || !notesEnded) {
            LOG.warn("some answers did not stop in time; they are written anew after the next start");
        }
    }

    /** Stops the calls that are running, without waiting until they have ended. */
    void end() {
        replies.end();
        compactor.close();
    }
}
