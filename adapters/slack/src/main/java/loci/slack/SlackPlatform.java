package loci.slack;

import com.slack.api.bolt.App;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
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

/** Slack, through bolt. {@link #connect} checks the tokens; from {@link #start} on, what happens is handed in. Thread-safe. */
public final class SlackPlatform implements ChatPlatform {

    private final Login.Self self;
    private final ScheduledExecutorService timer;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
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
    private final CatchUp catchUp;
    private final Reception reception;
    private final Commands commands;

    /**
     * Asks Slack whether the tokens are good, which takes a second or so.
     *
     * @param commands what to offer as commands
     */
    public static SlackConnection connect(SlackSettings settings, Commands commands, InstantSource clock) {
        return Login.connect(settings, self -> new SlackPlatform(settings, self, commands, clock));
    }

    private SlackPlatform(SlackSettings settings, Login.Self self, Commands commands, InstantSource clock) {
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
        Web web = new Web(self.slack().methods(settings.botToken()), System::nanoTime);
        Web awaited = web.awaited();
        this.adminChannel =
                new AdminChannel(web, settings.adminChannel(), settings.pace().patience());
        this.lines = new Lines(executor);
        this.entrance = new Entrance(timer, executor);
        People people = new People(web, executor, names, System::nanoTime, bot);
        Threads threads = new Threads(web, executor, names, bot);
        this.files = new Files(self.http(), web, settings.apiUrl(), settings.botToken());
        this.whispers = new Whispers(awaited, clock);
        this.thinking = new Thinking(web, timer, executor, settings.pace().status(), settings.replyInThread());
        Streams streams = new Streams(web);
        Stops stops = new Stops(web, executor, clock, entrance, people, team, self.hears());
        this.drafts =
                new Drafts(web, streams, new Finding(web, bot), stops, executor, settings, clock, System::nanoTime);
        this.sending = new Sending(web, drafts, streams, threads, whispers);
        this.fetching = new Fetching(web);
        Hearing hearing = new Hearing(team, bot, people, threads, files);
        Callers callers = new Callers(awaited, people, clock, team);
        ModalScreen screen = new ModalScreen(awaited);
        this.commandLines = new CommandLines(
                settings.slashes(), List.copyOf(commands.usages().keySet()));
        this.invocations = new Invocations(
                entrance,
                callers,
                commandLines,
                new PrivateWords(awaited, self.slack(), screen, clock),
                new Sharing(web, entrance, clock),
                clock);
        Said said = new Said(entrance, invocations, commandLines, commands, executor);
        Messages messages =
                new Messages(entrance, new Messages.Parts(hearing, files, threads, drafts, thinking, said, clock));
        this.reception = new Reception(settings, self, lines, executor, timer, clock);
        this.catchUp = new CatchUp(web, entrance, messages, team, settings.answerMissed(), clock);
        App app = reception.app();
        Membership membership = new Membership(web);
        Questions questions = new Questions(
                entrance,
                new Questions.Parts(
                        web, hearing, threads, drafts, thinking, callers, invocations, membership, screen, clock),
                commands::questionForm);
        messages.onChange(questions::changed);
        new Interactions(entrance, invocations, questions, commandLines, screen, people, executor, clock, team)
                .register(app);
        new Home(entrance, invocations, commandLines, screen, membership, awaited, executor, bot(), team).register(app);
        new Presses(entrance, callers, drafts, whispers, commands, executor, clock, team).register(app);
        reception.prepare(
                new Listener(entrance, new Listener.Parts(messages, hearing, people, stops, reception::removed, clock)),
                () -> catchUp.begin(lines));
    }

    /** Takes what Slack tells of, as {@link Listener#hears} does. */
    void hears(String body, boolean again) {
        reception.hears(body, again);
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
        reception.open();
    }

    /** The port on which Slack's requests are taken; 0 in Socket Mode. */
    public int port() {
        return reception.port();
    }

    /** Waits until Slack ends the connection for good, and says why in one sentence; for ever where it is closed here. */
    public String awaitEnd() throws InterruptedException {
        return reception.awaitEnd();
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
        reception.closing();
        entrance.close();
        adminChannel.close();
        lines.close();
        reception.close();
        timer.shutdownNow();
        Login.close(self.slack(), self.http());
    }
}
