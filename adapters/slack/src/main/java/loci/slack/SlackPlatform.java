package loci.slack;

import com.slack.api.bolt.App;
import com.slack.api.bolt.AppConfig;
import com.slack.api.bolt.request.Request;
import com.slack.api.bolt.request.builtin.EventRequest;
import com.slack.api.bolt.response.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import loci.chat.ChatEvent;
import loci.chat.ChatEvent.MessagePosted;
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
import org.jspecify.annotations.Nullable;

/** Slack, through bolt. {@link #connect} checks the tokens; from {@link #start} on, what happens is handed in. Thread-safe. */
public final class SlackPlatform implements ChatPlatform {

    private static final int OK = 200;

    /** The last acknowledgements go out before the end is told of. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final SlackSettings settings;
    private final Login.Self self;
    private final ScheduledExecutorService timer;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final CompletableFuture<String> end = new CompletableFuture<>();
    private final Web web;
    private final Lines lines;
    private final Entrance entrance;
    private final Drafts drafts;
    private final Thinking thinking;
    private final Files files;
    private final Sending sending;
    private final Whispers whispers;
    private final Fetching fetching;
    private final CommandLines commandLines;
    private final AdminChannel adminChannel;
    private final Invocations invocations;
    private final Listener listener;
    private final App app;
    private final CatchUp catchUp;
    private final @Nullable Socket socket;
    private final @Nullable SlackHttp http;

    private final Commands commands;
    private volatile boolean closing;
    private volatile String farewell = "";

    /**
     * Asks Slack whether the tokens are good, which takes a second or so.
     *
     * @param commands what to offer as commands
     */
    public static SlackConnection connect(SlackSettings settings, Commands commands, InstantSource clock) {
        return Login.connect(settings, self -> new SlackPlatform(settings, self, commands, clock));
    }

    private SlackPlatform(SlackSettings settings, Login.Self self, Commands commands, InstantSource clock) {
        this.settings = settings;
        this.self = self;
        this.commands = commands;
        this.timer = new ScheduledThreadPoolExecutor(
                1,
                Thread.ofPlatform().name("slack-timer").daemon().factory(),
                // What would be done later is not done any more when the end comes first.
                new ThreadPoolExecutor.DiscardPolicy());
        String team = self.who().getTeamId();
        String bot = self.who().getUserId();
        Duration names = settings.pace().names();
        this.web = new Web(self.slack().methods(settings.botToken()), System::nanoTime);
        this.adminChannel =
                new AdminChannel(web, settings.adminChannel(), settings.pace().patience());
        this.lines = new Lines(executor);
        this.entrance = new Entrance(timer);
        People people = new People(web, executor, names, System::nanoTime, bot);
        Threads threads = new Threads(web, executor, names, bot);
        this.files = new Files(self.http(), web, settings.apiUrl(), settings.botToken());
        this.whispers = new Whispers(web, clock);
        this.thinking = new Thinking(web, timer, executor, settings.pace().status(), settings.replyInThread());
        Streams streams = new Streams(web);
        Stops stops = new Stops(web, executor, clock, entrance, people, team, self.hears());
        this.drafts =
                new Drafts(web, streams, new Finding(web, bot), stops, executor, settings, clock, System::nanoTime);
        this.sending = new Sending(web, drafts, streams, threads, whispers);
        this.fetching = new Fetching(web);
        Hearing hearing = new Hearing(team, bot, people, threads, files);
        Callers callers = new Callers(web, people, clock, team);
        ModalScreen screen = new ModalScreen(web);
        this.commandLines = new CommandLines(
                settings.slashes(), List.copyOf(commands.usages().keySet()));
        this.invocations = new Invocations(
                entrance,
                callers,
                commandLines,
                new PrivateWords(web, self.slack(), screen, clock),
                new Sharing(web, entrance, clock),
                clock);
        Said said = new Said(entrance, invocations, commandLines, commands, executor);
        Messages messages =
                new Messages(entrance, new Messages.Parts(hearing, files, threads, drafts, thinking, said, clock));
        this.listener =
                new Listener(entrance, new Listener.Parts(messages, hearing, people, stops, this::removed, clock));
        this.catchUp = new CatchUp(web, entrance, messages, team, settings.answerMissed(), clock);
        this.app = app();
        Membership membership = new Membership(web);
        Questions questions = new Questions(
                entrance,
                new Questions.Parts(
                        web, hearing, threads, drafts, thinking, callers, invocations, membership, screen, clock),
                commands::questionForm);
        messages.onChange(questions::changed);
        new Interactions(entrance, invocations, questions, commandLines, screen, people, executor, clock, team)
                .register(app);
        new Home(entrance, invocations, commandLines, screen, membership, web, executor, bot(), team).register(app);
        new Presses(entrance, callers, drafts, whispers, commands, executor, clock, team).register(app);
        this.socket = socket(clock);
        this.http = socket == null ? http(clock) : null;
    }

    private @Nullable Socket socket(InstantSource clock) {
        String appToken = settings.appToken();
        String url = self.socketUrl();
        return appToken == null || url == null
                ? null
                : new Socket(
                        self.slack(),
                        appToken,
                        url,
                        app,
                        lines,
                        executor,
                        settings.pace().reconnect(),
                        clock,
                        this::ends,
                        () -> catchUp.begin(lines));
    }

    /** @throws UncheckedIOException where the configured address cannot be listened on */
    private @Nullable SlackHttp http(InstantSource clock) {
        SlackSettings.Http at = settings.http();
        String secret = settings.signingSecret();
        try {
            return at == null || secret == null ? null : new SlackHttp(at, secret, app, lines, executor, clock);
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
    }

    private App app() {
        AppConfig.AppConfigBuilder config = AppConfig.builder()
                .slack(self.slack())
                .singleTeamBotToken(settings.botToken())
                // Or bolt asks before each event who it is, and when the app is removed it is nobody.
                .authTestCacheEnabled(true)
                .authTestCacheExpirationMillis(-1)
                // What nobody here listens to is acknowledged all the same.
                .allEventsApiAutoAckEnabled(true);
        if (settings.signingSecret() != null) {
            config.signingSecret(settings.signingSecret());
        }
        return new App(config.build()).use((request, response, chain) -> {
            if (request instanceof EventRequest event && Listener.HEARD.contains(event.getEventType())) {
                hears(event.getRequestBodyAsString(), isAgain(event));
                return Response.builder().statusCode(OK).build();
            }
            return chain.next(request);
        });
    }

    /** Takes what Slack tells of, as {@link Listener#hears} does. */
    void hears(String body, boolean again) {
        listener.hears(body, again);
    }

    /** The first time Slack says nothing of a retry, or that it is number 0. */
    private static boolean isAgain(Request<?> request) {
        String number = request.getHeaders().getFirstValue("X-Slack-Retry-Num");
        return number != null && !number.equals("0");
    }

    @Override
    public String name() {
        return SlackEvents.PLATFORM;
    }

    /** The bot's name on Slack. */
    public String bot() {
        return self.who().getUser();
    }

    /** What is offered as commands. */
    Commands commands() {
        return commands;
    }

    /** The name of the workspace that it is in. */
    public String workspace() {
        return self.who().getTeam();
    }

    @Override
    public void start(Inbox inbox) {
        entrance.open(inbox);
        executor.execute(adminChannel::look);
        // Before anything new can come, so that it waits for what came before it.
        catchUp.begin(lines);
        if (socket != null) {
            socket.connect();
        }
        if (http != null) {
            http.start();
        }
    }

    /** The port on which Slack's requests are taken; 0 in Socket Mode. */
    public int port() {
        return http == null ? 0 : http.port();
    }

    /** Slack tells in two events that an app is removed; what the last one says is said. */
    private void removed(String sentence) {
        farewell = sentence;
        var _ = timer.schedule(() -> ends(farewell), LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void ends(String sentence) {
        if (!closing) {
            end.complete(sentence);
        }
    }

    /** Waits until Slack ends the connection for good, and says why in one sentence; for ever where it is closed here. */
    public String awaitEnd() throws InterruptedException {
        try {
            return end.get();
        } catch (ExecutionException never) {
            throw new IllegalStateException(never);
        }
    }

    @Override
    public void progress(ReplyPlace place, String textSoFar) {
        if (!textSoFar.isBlank() && drafts.show(place, textSoFar)) {
            thinking.stop(place.conversation(), place.question());
        }
    }

    @Override
    public void withdraw(ReplyPlace place) {
        thinking.stop(place.conversation(), place.question());
        drafts.withdraw(place.question());
    }

    @Override
    public List<Image> images(ConversationId conversation, MessageRef message) {
        return fetching.message(conversation.channel(), message)
                .map(files::images)
                .orElse(List.of());
    }

    @Override
    public Delivery deliver(Reply reply) {
        Delivery delivery = sending.deliver(reply.kind() == Reply.Kind.ANSWER ? reply : asWrittenHere(reply));
        if (!(delivery instanceof Delivery.TryLater)) {
            thinking.stop(reply.conversation(), reply.question());
        }
        return delivery;
    }

    /** Loci's own words, in which commands are named as they are on Slack. */
    private Reply asWrittenHere(Reply reply) {
        return new Reply(
                reply.key(),
                reply.conversation(),
                reply.question(),
                reply.askedBy(),
                commandLines.spoken(reply.text()),
                reply.kind(),
                reply.posted());
    }

    @Override
    public void answer(ChatEvent invocation, CommandAnswer answer) {
        switch (invocation) {
            case MessagePosted refused ->
                whispers.refuse(refused, CommandAnswer.of(commandLines.spoken(answer.text())));
            case ChatEvent.CommandInvoked command ->
                invocations.answer(command, command.author().id(), answer);
            case ChatEvent.ConfirmationGiven given ->
                invocations.answer(given, given.author().id(), answer);
            case ChatEvent.RegenerateRequested again ->
                whispers.say(again, again.author().id(), answer);
            case ChatEvent.StopRequested stop ->
                whispers.say(stop, stop.author().id(), answer);
            case ChatEvent.MessageEdited _,
                    ChatEvent.MessageDeleted _,
                    ChatEvent.PlaceGone _,
                    ChatEvent.SpaceJoined _ -> {}
        }
    }

    @Override
    public void tellOperators(String text) {
        adminChannel.tell(text);
    }

    @Override
    public Shown shown(ConversationId conversation) {
        return SlackEvents.isDirect(conversation.channel()) ? Shown.DIRECT : Shown.ALL;
    }

    @Override
    public void close() {
        closing = true;
        entrance.close();
        adminChannel.close();
        lines.close();
        if (socket != null) {
            socket.close();
        }
        if (http != null) {
            http.close();
        }
        timer.shutdownNow();
        Login.close(self.slack(), self.http());
    }
}
