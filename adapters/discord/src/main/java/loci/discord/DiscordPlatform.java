package loci.discord;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import loci.chat.ChatEvent;
import loci.chat.ChatEvent.MessagePosted;
import loci.chat.ChatEvent.SpaceJoined;
import loci.chat.ChatPlatform;
import loci.chat.CommandAnswer;
import loci.chat.ConversationId;
import loci.chat.Delivery;
import loci.chat.Image;
import loci.chat.Inbox;
import loci.chat.MessageRef;
import loci.chat.Reply;
import loci.chat.ReplyPlace;
import loci.command.Commands;
import loci.discord.Connections.Connection;
import loci.discord.DiscordEvents.Located;
import loci.discord.DiscordSettings.Shards;
import loci.discord.Places.Here;
import loci.discord.Rest.Done;
import net.dv8tion.jda.api.entities.Message;
import net.dv8tion.jda.api.entities.channel.middleman.MessageChannel;

/** Discord, through JDA. {@link #connect} logs in; from {@link #start} on, what happens is handed in. Thread-safe. */
public final class DiscordPlatform implements ChatPlatform {

    /** How long what is being sent may take when the program ends; what is cut off then is looked up at the next start. */
    private static final Duration LAST_REQUESTS = Duration.ofSeconds(2);

    private final DiscordSettings settings;
    private final Connections connections;
    private final List<Listener> listeners;
    private final ScheduledExecutorService timer;
    private final ExecutorService executor;
    private final Entrance entrance;
    private final Places places;
    private final Typing typing;
    private final Drafts drafts;
    private final Files files;
    private final Sending sending;
    private final Interactions interactions;
    private final Refusals refusals;
    private final AdminChannel adminChannel;
    private final CommandForms forms;
    private final CountDownLatch commandsOffered = new CountDownLatch(1);

    /**
     * Logs in and waits until Discord has said whether it lets the bot in so, which takes some seconds.
     *
     * @param commands what to offer as slash commands
     */
    public static DiscordConnection connect(DiscordSettings settings, Commands commands, InstantSource clock) {
        return connect(settings, new CommandForms(Offer.of(commands), commands::choices), clock);
    }

    /** Logs in without offering anything, to see whether Discord lets the bot in so. It acts on nothing that happens: another process may serve as this bot. What is connected is to be closed. */
    public static DiscordConnection tryToConnect(DiscordSettings settings, InstantSource clock) {
        CommandForms none = new CommandForms(Offer.of(List.of()), (command, blank, filled) -> List.of());
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
        return Login.connect(settings, executor, connections -> {
            connections.all().forEach(one -> one.relay().toNobody());
            return new DiscordPlatform(settings, connections, none, clock, executor);
        });
    }

    static DiscordConnection connect(DiscordSettings settings, CommandForms forms, InstantSource clock) {
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
        return Login.connect(settings, executor, connections -> {
            DiscordPlatform platform = new DiscordPlatform(settings, connections, forms, clock, executor);
            platform.listeners.forEach(Listener::listen);
            return platform;
        });
    }

    /** Who listens on one connection, and has what was missed on it fetched: another one may be well meanwhile. */
    private record Listener(Connection connection, Gateway gateway, Backfill backfill) {

        void listen() {
            connection.jda().addEventListener(backfill);
            connection.relay().to(gateway);
        }
    }

    private DiscordPlatform(
            DiscordSettings settings,
            Connections connections,
            CommandForms forms,
            InstantSource clock,
            ExecutorService executor) {
        this.executor = executor;
        this.settings = settings;
        this.connections = connections;
        this.forms = forms;
        Duration patience = settings.pace().patience();
        this.timer = new ScheduledThreadPoolExecutor(
                1,
                Thread.ofPlatform().name("discord-timer").daemon().factory(),
                // What would be done later is not done any more when the end comes first.
                new ThreadPoolExecutor.DiscardPolicy());
        this.entrance = new Entrance(timer);
        this.places = new Places(connections, patience);
        this.typing = new Typing(timer, settings.pace().typing());
        this.drafts = new Drafts(settings.pace(), System::nanoTime);
        this.files = new Files(connections.all().getFirst().jda().getHttpClient(), settings.apiUrl());
        Hearing hearing = new Hearing(files);
        this.sending = new Sending(places, drafts, hearing, patience);
        Questions questions = new Questions(forms, hearing, patience);
        this.interactions = new Interactions(entrance, forms, questions, places, patience, executor);
        this.refusals = new Refusals(interactions, places, clock);
        this.adminChannel = new AdminChannel(connections, settings.adminChannel(), patience);
        this.listeners = connections.all().stream()
                .map(connection -> listener(connection, hearing, questions, clock))
                .toList();
    }

    private Listener listener(Connection connection, Hearing hearing, Questions questions, InstantSource clock) {
        Turnstile turnstile = new Turnstile();
        Gateway gateway = new Gateway(
                entrance,
                new Gateway.Parts(
                        hearing, files, drafts, typing, places, interactions, questions, turnstile, executor, clock));
        CatchUp catchUp = new CatchUp(new CatchUp.Parts(
                connection.jda(),
                places,
                gateway,
                entrance,
                settings.pace().patience(),
                settings.answerMissed(),
                clock));
        Backfill backfill = new Backfill(
                connection.jda(),
                catchUp,
                turnstile,
                guild -> connections.shards().of(guild) == connection.shard(),
                executor,
                timer);
        return new Listener(connection, gateway, backfill);
    }

    @Override
    public String name() {
        return DiscordEvents.PLATFORM;
    }

    /** The application's id, which an invite names. */
    public String application() {
        return connections.any().getSelfUser().getApplicationId();
    }

    /** The bot's name on Discord. */
    public String bot() {
        return connections.any().getSelfUser().getName();
    }

    @Override
    public void start(Inbox inbox) {
        entrance.open(inbox);
        listeners.forEach(one -> one.backfill().start(inbox));
        executor.execute(this::offerCommands);
        executor.execute(adminChannel::look);
    }

    /** Which shards of the bot this process serves. */
    public Shards shards() {
        return connections.shards();
    }

    /** Of several processes, one does: that which the only server falls to, or the first shard. The others look what it has done. */
    private void offerCommands() {
        String only = settings.commandsGuild();
        Duration patience = settings.pace().patience();
        connections
                .serving(only == null ? DiscordEvents.DIRECT : only)
                .ifPresentOrElse(
                        jda -> Login.whenReady(
                                jda,
                                () -> interactions.registered(
                                        Registration.register(jda, only, forms.registered(), patience))),
                        this::lookAtCommands);
        commandsOffered.countDown();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // It only looks again.
    private void lookAtCommands() {
        if (settings.commandsGuild() != null || entrance.isClosed()) {
            return; // The commands of the only server are not run on another one.
        }
        Set<String> offered = Registration.offered(
                connections.any(), forms.registered(), settings.pace().patience());
        interactions.registered(offered);
        if (offered.isEmpty() && !timer.isShutdown()) {
            timer.schedule(() -> executor.execute(this::lookAtCommands), 1, TimeUnit.MINUTES);
        }
    }

    /** Waits until it was seen to that the commands are offered, so long at most as anything is waited for. */
    boolean awaitCommands() {
        try {
            return commandsOffered.await(settings.pace().patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Waits until what was missed is handed in, so long at most as anything is waited for. */
    boolean awaitCaughtUp() {
        return listeners.stream()
                .allMatch(one -> one.backfill().awaitRun(settings.pace().patience()));
    }

    /** Waits until Discord ends the connection for good, and says why in one sentence; for ever where it is closed here. */
    public String awaitEnd() throws InterruptedException {
        try {
            return (String) CompletableFuture.anyOf(connections.all().stream()
                            .map(one -> one.relay().end())
                            .toArray(CompletableFuture[]::new))
                    .get();
        } catch (ExecutionException never) {
            throw new IllegalStateException(never);
        }
    }

    @Override
    public Shown shown(ConversationId conversation) {
        if (conversation.space().equals(DiscordEvents.DIRECT)) {
            return Shown.DIRECT;
        }
        return settings.readContent() ? Shown.ALL : Shown.ADDRESSED;
    }

    @Override
    public void progress(ReplyPlace place, String textSoFar) {
        MessageRef question = place.question();
        String shown = DiscordParts.beginning(textSoFar);
        if (!shown.isEmpty()
                && places.of(place.conversation(), question, null) instanceof Here(MessageChannel channel)
                && drafts.show(place, channel, shown)) {
            typing.stop(question);
        }
    }

    @Override
    public void withdraw(ReplyPlace place) {
        typing.stop(place.question());
        drafts.withdraw(place.question());
    }

    @Override
    public List<Image> images(ConversationId conversation, MessageRef message) {
        Located at = Located.of(message);
        return places.of(conversation, message, null) instanceof Here(MessageChannel channel)
                        && Rest.tried(settings.pace().patience(), () -> channel.retrieveMessageById(at.message()))
                                instanceof Done<Message>(Message found)
                ? files.images(found)
                : List.of();
    }

    @Override
    public Delivery deliver(Reply reply) {
        Delivery delivery = sending.deliver(reply);
        if (!(delivery instanceof Delivery.TryLater)) {
            typing.stop(reply.question());
        }
        return delivery;
    }

    @Override
    public void answer(ChatEvent invocation, CommandAnswer answer) {
        switch (invocation) {
            case SpaceJoined joined -> welcome(joined, answer);
            case MessagePosted refused -> refusals.say(refused, answer);
            default -> interactions.answer(invocation, answer);
        }
    }

    private void welcome(SpaceJoined joined, CommandAnswer answer) {
        if (places.of(joined.conversation()) instanceof Here(MessageChannel channel)) {
            DiscordParts.of(answer.text())
                    .messages()
                    .forEach(text -> Rest.courtesy("a welcome", () -> channel.sendMessage(Outgoing.message(text))));
        }
    }

    @Override
    public void tellOperators(String text) {
        adminChannel.tell(text);
    }

    @Override
    public void close() {
        connections.all().forEach(one -> one.relay().closing());
        entrance.close();
        listeners.forEach(one -> one.backfill().close());
        timer.shutdownNow();
        connections.close(LAST_REQUESTS);
        // The executor stays: answers to what was asked of Discord last still come, and it holds no threads of its own.
    }
}
