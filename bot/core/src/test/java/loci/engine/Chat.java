package loci.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import loci.chat.Author;
import loci.chat.Caller;
import loci.chat.ChatEvent;
import loci.chat.ChatEvent.Picked;
import loci.chat.ChatPlatform;
import loci.chat.CommandAnswer;
import loci.chat.ConversationId;
import loci.chat.Delivery;
import loci.chat.EventId;
import loci.chat.Image;
import loci.chat.Inbox;
import loci.chat.MessageRef;
import loci.chat.Reply;
import loci.chat.ReplyPlace;
import loci.chat.Standing;
import loci.command.MessageCommand;
import loci.command.Permissions;
import loci.memory.ConversationStore;
import loci.memory.InMemoryLedger;
import loci.memory.InMemoryStore;
import loci.memory.Ledger;
import loci.model.LanguageModel;
import loci.model.Prompt;
import loci.prompt.CompactionPolicy;
import loci.prompt.NoteRole;
import loci.prompt.Quarters;
import loci.prompt.Strategies;
import loci.prompt.Strategy;
import loci.sanitize.Redactor;
import org.jspecify.annotations.Nullable;

/**
 * A chat with the whole core in one thread: what is said is answered before the call returns. Time stands still unless it is moved.
 */
final class Chat {

    static final Instant START = Instant.parse("2026-03-01T09:00:00Z");

    private final Deque<Runnable> later = new ArrayDeque<>();
    private final Random random = new Random(7);
    private final EngineSettings settings;
    private final UnaryOperator<ConversationStore> around;
    final ScriptedModel model = new ScriptedModel();
    final LanguageModel summariser;
    final List<LanguageModel> fallbacks = new ArrayList<>();
    final List<LanguageModel> choices = new ArrayList<>();
    final InMemoryLedger ledger = new InMemoryLedger();
    UnaryOperator<Ledger> aroundLedger = UnaryOperator.identity();
    final List<Reply> delivered = new ArrayList<>();
    final List<String> progress = new ArrayList<>();
    final List<MessageRef> withdrawn = new ArrayList<>();
    final Map<MessageRef, List<Image>> images = new HashMap<>();
    final List<CommandAnswer> answers = new ArrayList<>();
    final List<String> operatorsToldOf = new ArrayList<>();
    final List<Throwable> uncaught = new ArrayList<>();
    Supplier<Delivery> onDeliver = () -> new Delivery.Delivered(List.of(new MessageRef("out-" + delivered.size())));
    Function<Reply, Delivery> delivering = reply -> onDeliver.get();
    Consumer<String> onProgress = progress::add;
    Consumer<CommandAnswer> onAnswer = answers::add;
    Consumer<String> onTellOperators = operatorsToldOf::add;
    Standing standing = Standing.ADMIN;
    Locale language = Locale.ENGLISH;
    ChatPlatform.Shown shown = ChatPlatform.Shown.ALL;
    InMemoryStore memory;
    ConversationStore store;
    Engine engine;
    private Instant now = START;
    private ConversationId channel = ConversationId.ofChannel("test", "space", "lab");
    private int messages;

    Chat(Strategy strategy, CompactionPolicy policy) {
        this(new EngineSettings(
                "loci",
                "You are loci, a test persona.",
                "Condense. Write at most {tokens} tokens.",
                new Strategies(strategy, List.of(strategy, new Strategy.Full(), new Strategy.None())),
                NoteRole.SYSTEM,
                List.of(),
                policy,
                new Permissions(Map.of()),
                "a model",
                0,
                500));
    }

    /** What most chats are settled by; condensing begins after eight messages. */
    static EngineSettings settings(Strategies strategies) {
        return new EngineSettings(
                "loci",
                "You are loci, a test persona.",
                "Condense. Write at most {tokens} tokens.",
                strategies,
                NoteRole.SYSTEM,
                List.of(),
                new CompactionPolicy(8, 2, 100_000, 100_000, 200, 3),
                new Permissions(Map.of()),
                "a model",
                0,
                500);
    }

    Chat(EngineSettings settings) {
        this(settings, UnaryOperator.identity());
    }

    /** @param around puts something between the engine and its store, anew at each start */
    Chat(EngineSettings settings, UnaryOperator<ConversationStore> around) {
        this(settings, around, null);
    }

    /** @param summariser writes the digests; null for the model that answers */
    Chat(EngineSettings settings, UnaryOperator<ConversationStore> around, @Nullable LanguageModel summariser) {
        this.summariser = summariser == null ? model : summariser;
        this.settings = settings;
        this.around = around;
        this.memory = new InMemoryStore(this::secret, clock());
        this.store = around.apply(memory);
        this.engine = start();
    }

    static Chat hybrid(int compactAfter, int keep) {
        return new Chat(
                new Strategy.Hybrid(compactAfter), new CompactionPolicy(compactAfter, keep, 100_000, 100_000, 200, 3));
    }

    InstantSource clock() {
        return () -> now;
    }

    private String secret() {
        return "k" + Integer.toString(random.nextInt(36 * 36 * 36 * 36, 36 * 36 * 36 * 36 * 36), 36);
    }

    private Engine start() {
        Engine started = new Engine(new Engine.Parts(
                store,
                aroundLedger.apply(ledger),
                new Engine.Models(model, fallbacks, choices, summariser),
                encoding -> new Quarters(),
                new Redactor(Set.of("the-bots-own-token")),
                settings,
                (name, turns, pinned) -> name + " " + turns.size() + " " + pinned.size(),
                clock(),
                this::run,
                (delay, action) -> later.add(action),
                this::secret));
        started.serve(platform());
        return started;
    }

    /** Where all this is shown. */
    ChatPlatform platform() {
        return new TestPlatform();
    }

    /** As a thread of its own would: what is thrown reaches nobody. */
    private void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            uncaught.add(e);
        }
    }

    /** Says something to the bot and returns its answer, or null where none came. */
    @Nullable
    String say(String author, String text) {
        int before = delivered.size();
        post(author, text, true);
        return delivered.size() == before ? null : delivered.getLast().text();
    }

    MessageRef post(String author, String text, boolean addressed) {
        return post(author, text, addressed, "m" + ++messages);
    }

    /** @param id the platform's name for the message, as from a thread */
    MessageRef post(String author, String text, boolean addressed, String id) {
        engine.accept(new ChatEvent.MessagePosted(
                new EventId("e" + id), channel, new MessageRef(id), author(author), text, now, addressed));
        return new MessageRef(id);
    }

    /** Asks while replying to a message that the platform shows too, and returns the bot's answer. */
    @Nullable
    String reply(String author, MessageRef quoted, @Nullable String quotedAuthor, String quotedText, String text) {
        int before = delivered.size();
        String id = "m" + ++messages;
        Optional<Author> by = Optional.ofNullable(quotedAuthor).map(name -> author(name));
        engine.accept(new ChatEvent.MessagePosted(
                new EventId("e" + id),
                channel,
                new MessageRef(id),
                author(author),
                text,
                now,
                true,
                new ChatEvent.Quoted(quoted, by, quotedText, now)));
        return delivered.size() == before ? null : delivered.getLast().text();
    }

    /** Asks for another answer. */
    Inbox.Acceptance again(String author, MessageRef question) {
        return engine.accept(new ChatEvent.RegenerateRequested(
                new EventId("r" + ++messages), channel, caller(author), question, now));
    }

    private static Author author(String name) {
        return new Author("id-" + name.toLowerCase(Locale.ROOT), name);
    }

    void edit(MessageRef message, String text) {
        engine.accept(new ChatEvent.MessageEdited(new EventId("edit" + ++messages), channel, message, text, now));
    }

    void delete(MessageRef message) {
        engine.accept(new ChatEvent.MessageDeleted(new EventId("del" + ++messages), channel, message, now));
    }

    private Caller caller(String author) {
        return new Caller(author(author), standing, language, ZoneOffset.UTC);
    }

    /** Runs a command line such as {@code /forget here} and returns what it said. */
    String command(String author, String line) {
        String bare = line.substring(1);
        int space = bare.indexOf(' ');
        engine.accept(new ChatEvent.CommandInvoked(
                new EventId("c" + ++messages),
                channel,
                caller(author),
                space < 0 ? bare : bare.substring(0, space),
                space < 0 ? "" : bare.substring(space + 1),
                now));
        return answers.getLast().text();
    }

    /** Picks something from what is offered on a message. */
    String pick(String author, MessageCommand command, MessageRef message, Instant postedAt) {
        engine.accept(new ChatEvent.CommandInvoked(
                new EventId("c" + ++messages),
                channel,
                caller(author),
                command.command(),
                command.arguments(),
                now,
                new Picked(message, postedAt),
                false));
        return answers.getLast().text();
    }

    /** Runs a command that the platform keeps from those who do not manage the place, and let this person run. */
    String admitted(String author, String name, String arguments) {
        engine.accept(new ChatEvent.CommandInvoked(
                new EventId("c" + ++messages), channel, caller(author), name, arguments, now, null, true));
        return answers.getLast().text();
    }

    String confirm(String author) {
        CommandAnswer.Confirmation asked = answers.reversed().stream()
                .map(CommandAnswer::confirmation)
                .filter(c -> c != null)
                .findFirst()
                .orElseThrow();
        engine.accept(new ChatEvent.ConfirmationGiven(
                new EventId("y" + ++messages), channel, caller(author), asked.token(), now));
        return answers.getLast().text();
    }

    void stop() {
        engine.accept(
                new ChatEvent.StopRequested(new EventId("s" + ++messages), channel, new Author("id-ada", "ada"), now));
    }

    void stopAnswerTo(MessageRef question) {
        engine.accept(new ChatEvent.StopRequested(
                new EventId("s" + ++messages), channel, new Author("id-ada", "ada"), now, question));
    }

    void gone(ChatEvent.PlaceGone.Extent extent) {
        engine.accept(new ChatEvent.PlaceGone(new EventId("gone" + ++messages), channel, extent, now));
    }

    void thread(String name, String thread) {
        channel = new ConversationId("test", "space", name, thread);
    }

    void channel(String name) {
        channel = ConversationId.ofChannel("test", "space", name);
    }

    ConversationId channel() {
        return channel;
    }

    void passes(Duration time) {
        now = now.plus(time);
    }

    /** Lets everything that waits for the timer run. */
    void timer() {
        List<Runnable> due = List.copyOf(later);
        later.clear();
        due.forEach(Runnable::run);
    }

    /** Ends the program and starts it again over the same log. */
    void restart() {
        engine.close();
        startAgain();
    }

    /** Kills the program where it stands: from now on the old one can store nothing. Begin anew with {@link #startAgain}. */
    void kill() {
        memory = memory.restarted();
    }

    void startAgain() {
        later.clear();
        memory = memory.restarted();
        store = around.apply(memory);
        engine = start();
    }

    boolean nothingWaits() {
        return later.isEmpty();
    }

    int waiting() {
        return later.size();
    }

    Prompt lastPrompt() {
        return model.replies.getLast();
    }

    String lastPromptText() {
        return ScriptedModel.textOf(lastPrompt());
    }

    /** Everything any model was shown since a point in time. */
    List<String> promptsSince(int replies, int summaries) {
        List<String> texts = new ArrayList<>();
        model.replies.stream().skip(replies).map(ScriptedModel::textOf).forEach(texts::add);
        model.summaries.stream().skip(summaries).map(ScriptedModel::textOf).forEach(texts::add);
        return texts;
    }

    private final class TestPlatform implements ChatPlatform {

        @Override
        public String name() {
            return "test";
        }

        @Override
        public void start(Inbox inbox) {}

        @Override
        public void progress(ReplyPlace place, String textSoFar) {
            onProgress.accept(textSoFar);
        }

        @Override
        public void withdraw(ReplyPlace place) {
            withdrawn.add(place.question());
        }

        @Override
        public List<Image> images(ConversationId conversation, MessageRef message) {
            return images.getOrDefault(message, List.of());
        }

        @Override
        public Delivery deliver(Reply reply) {
            Delivery delivery = delivering.apply(reply);
            if (delivery instanceof Delivery.Delivered) {
                delivered.add(reply);
            }
            return delivery;
        }

        @Override
        public void answer(ChatEvent invocation, CommandAnswer answer) {
            onAnswer.accept(answer);
        }

        @Override
        public void tellOperators(String text) {
            onTellOperators.accept(text);
        }

        @Override
        public Shown shown(ConversationId conversation) {
            return shown;
        }

        @Override
        public void close() {}
    }
}
