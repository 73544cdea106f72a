package loci.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import loci.chat.Author;
import loci.chat.Caller;
import loci.chat.ChatEvent;
import loci.chat.ChatEvent.Quoted;
import loci.chat.CommandAnswer;
import loci.chat.ConversationId;
import loci.chat.Delivery;
import loci.chat.EventId;
import loci.chat.Inbox.Acceptance;
import loci.chat.MessageRef;
import loci.chat.Reply;
import loci.chat.Standing;
import loci.command.Permissions;
import loci.engine.Laws.Message;
import loci.memory.ConversationStore;
import loci.memory.Exchanges;
import loci.memory.FaultyStore;
import loci.memory.PastExchange;
import loci.memory.PastExchange.PastTurn;
import loci.memory.Reach;
import loci.memory.Role;
import loci.model.ModelOutcome;
import loci.model.ModelOutcome.Cause;
import loci.model.ModelProfile;
import loci.model.Prompt;
import loci.model.ToolCall;
import loci.model.ToolSchema;
import loci.model.Usage;
import loci.prompt.CompactionPolicy;
import loci.prompt.NoteRole;
import loci.prompt.PromptCounter;
import loci.prompt.Quarters;
import loci.prompt.Strategies;
import loci.prompt.Strategy;
import loci.prompt.TokenBudget;
import org.jspecify.annotations.Nullable;

/** One random history, the same for the same seed and fault: people, models, platforms and a database that all misbehave. */
final class Simulation {

    private static final List<String> STRATEGIES = List.of("summary", "window", "trim", "full", "none");
    private static final List<String> PEOPLE = List.of("ada", "ben", "Чук");
    private static final int MOST_ROUNDS = 60;

    private final Random random;
    private final Fault fault;
    private final Laws laws = Laws.watching();
    private final PromptCounter counter = new PromptCounter(new Quarters());
    private final Set<ConversationId> conversations = new LinkedHashSet<>();
    private final EngineSettings settings;
    private final Chat chat;
    private @Nullable FaultyStore faulty;
    private long callsBefore;
    private long modelCalls;
    private long sendCalls;
    private int ids;
    private final List<String> history = new ArrayList<>();
    private int depth;
    private boolean down;
    private boolean calm;
    private boolean starting;
    private @Nullable Asked asked;
    private final Deque<Offered> again = new ArrayDeque<>();

    /** A {@code /forget} that waits for its confirmation, and what it would erase. */
    private record Asked(ConversationId conversation, String author, boolean mine, String token, List<Message> named) {}

    /** An event that the platform holds until the program takes it. */
    private record Offered(ChatEvent event, Consumer<Acceptance> onceTaken) {}

    /** What is asked of the world around the engine; each of these calls can be made to fail. */
    enum Call {
        STORE,
        MODEL,
        SEND
    }

    /**
     * The one failure that is asked for.
     *
     * @param number which call fails, from 1; 0 for none
     * @param when before its effect or after it
     */
    record Fault(Call call, long number, FaultyStore.When when) {
        static final Fault NONE = new Fault(Call.STORE, 0, FaultyStore.When.BEFORE);

        private boolean strikes(Call which, long count, FaultyStore.When at) {
            return call == which && number == count && when == at;
        }
    }

    Simulation(long seed, Fault fault) {
        this.random = new Random(seed);
        this.fault = fault;
        int compactAfter = pick(1, 2, 3, 8);
        String strategy = random.nextInt(8) < 5 ? "hybrid" : STRATEGIES.get(random.nextInt(STRATEGIES.size()));
        this.settings = new EngineSettings(
                "loci",
                "You are loci, a test persona.",
                "Condense. Write at most {tokens} tokens.",
                Strategies.of(strategy, 3, compactAfter),
                random.nextBoolean() ? NoteRole.SYSTEM : NoteRole.USER,
                random.nextBoolean() ? List.of() : List.of(new ToolSchema("weather", "Tells the weather.", "{}")),
                new CompactionPolicy(
                        compactAfter,
                        random.nextInt(compactAfter),
                        pick(40, 100_000),
                        pick(60, 100_000),
                        pick(16, 200),
                        pick(2, 3)),
                new Permissions(Map.of()),
                "a model",
                pick(0, 0, 300),
                500);
        ScriptedModel summariser = random.nextBoolean() ? new ScriptedModel() : null;
        this.chat = new Chat(settings, this::faulty, summariser);
        laws.replies((conversation, text) ->
                chat.memory.turns(conversation, new Exchanges(1, Long.MAX_VALUE), Integer.MAX_VALUE).stream()
                        .anyMatch(turn -> !turn.opensExchange() && turn.text().equals(text)));
        chat.model.profile = new ModelProfile(
                "scripted",
                "quarters",
                pick(1_500, 16_000),
                400,
                random.nextBoolean(),
                random.nextBoolean(),
                "max_tokens",
                true);
        chat.model.onReply = this::reply;
        chat.model.onSummary = prompt -> summary(chat.model, prompt);
        if (summariser != null) {
            summariser.onSummary = prompt -> summary(summariser, prompt);
        }
        chat.delivering = this::deliver;
        chat.onProgress = text -> sometimesThrow();
        chat.onAnswer = answer -> {
            chat.answers.add(answer);
            laws.requireNothingGone("a command's answer", answer.text());
            sometimesThrow();
        };
    }

    private ConversationStore faulty(ConversationStore store) {
        callsBefore = calls(Call.STORE);
        long left = fault.call() == Call.STORE ? fault.number() - callsBefore : 0;
        faulty = new FaultyStore(store, Math.max(0, left), fault.when());
        return faulty;
    }

    long calls(Call call) {
        return switch (call) {
            case STORE -> callsBefore + (faulty == null ? 0 : faulty.calls());
            case MODEL -> modelCalls;
            case SEND -> sendCalls;
        };
    }

    private void failIf(Call call, FaultyStore.When at) {
        if (fault.strikes(call, calls(call), at)) {
            throw new IllegalStateException("asked to fail at " + fault);
        }
    }

    private int pick(int... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private boolean chance(int inHundred) {
        return !calm && random.nextInt(100) < inHundred;
    }

    private void sometimesThrow() {
        if (chance(5)) {
            throw new IllegalStateException("the platform is in a bad mood");
        }
    }

    /** Lives through so many events, lets everything come to rest, starts anew, and looks at what is left. */
    void run(int events) {
        for (int i = 0; i < events; i++) {
            somethingHappens();
            if (down) {
                restart();
            }
            laws.check("after event " + i);
            laws.checkStore(chat.memory, conversations, this::strategy);
            laws.check("after event " + i);
        }
        calm = true;
        settle();
        laws.checkAllAnswered();
        laws.check("at rest");
        restart();
        settle();
        for (int i = 0; i < 2; i++) {
            conversations.forEach(
                    conversation -> post(conversation, true)); // What failed last is tried with the next message.
            settle();
        }
        laws.checkAllAnswered();
        laws.checkStore(chat.memory, conversations, this::strategy);
        laws.check("at rest after a restart");
        conversations.stream()
                .filter(conversation -> strategy(conversation).reach().note())
                .forEach(this::checkNoteIsComplete);
        assertThat(chat.uncaught).as("exceptions that reached nobody").isEmpty();
    }

    private void settle() {
        for (int round = 0; ; round++) {
            assertThat(round).as("rounds until nothing waits").isLessThan(MOST_ROUNDS);
            chat.passes(Duration.ofHours(1));
            if (chat.nothingWaits()) {
                break;
            }
            chat.timer();
        }
        assertThat(chat.memory.unsettled()).as("owed though nothing waits").isEmpty();
    }

    private Strategy strategy(ConversationId conversation) {
        return settings.strategies().chosen(chat.memory.settings(conversation));
    }

    private void checkNoteIsComplete(ConversationId conversation) {
        long newest = chat.memory.newestExchange(conversation);
        int waiting = chat.memory
                .view(
                        conversation,
                        newest,
                        Reach.newest(settings.compaction().compactAfterTurns() + 2)
                                .afterNote())
                .map(view -> view.waiting())
                .orElse(0);
        assertThat(waiting)
                .as("turns waiting for a digest though the summariser is well")
                .isZero();
    }

    private void somethingHappens() {
        ConversationId conversation = ConversationId.ofChannel("test", "space", chance(30) ? "other" : "lab");
        conversations.add(conversation);
        int dice = random.nextInt(100);
        if (dice < 37) {
            post(conversation, true);
        } else if (dice < 53) {
            post(conversation, false);
        } else if (dice < 61) {
            regenerate(conversation);
        } else if (dice < 68) {
            edit(conversation);
        } else if (dice < 76) {
            delete(conversation);
        } else if (dice < 84) {
            forget(conversation);
        } else if (dice < 88) {
            confirm();
        } else if (dice < 90) {
            command(conversation, somebody(), "summary", chance(70) ? "refresh" : "");
        } else if (dice < 91) {
            command(conversation, somebody(), chance(70) ? "pin" : "memory", chance(70) ? "last" : "unpin 1");
        } else if (dice < 92) {
            String other = chance(50) ? "default" : STRATEGIES.get(random.nextInt(STRATEGIES.size()));
            command(conversation, somebody(), "settings", "strategy " + other);
        } else if (dice < 93) {
            bringFromElsewhere(conversation);
        } else if (dice < 94) {
            offer(
                    new ChatEvent.StopRequested(
                            event("s"),
                            conversation,
                            author(somebody()),
                            chat.clock().instant()),
                    () -> {});
        } else if (dice < 97 || depth > 0) {
            chat.passes(Duration.ofMinutes(random.nextInt(40)));
            if (depth == 0) {
                chat.timer();
            }
        } else {
            restart();
        }
    }

    private String somebody() {
        return PEOPLE.get(random.nextInt(PEOPLE.size()));
    }

    private static Author author(String name) {
        return new Author("id-" + name, name);
    }

    private static Caller caller(String name) {
        return new Caller(author(name), Standing.ADMIN, Locale.ROOT, ZoneOffset.UTC);
    }

    private EventId event(String kind) {
        return new EventId(kind + ++ids);
    }

    private void post(ConversationId conversation, boolean addressed) {
        String padding = chance(10) ? "long ".repeat(random.nextInt(600)) : "";
        String who = somebody();
        Quoted quoted = chance(30) ? quoted(conversation, addressed) : null;
        Message message = new Message(conversation, new MessageRef("m" + ++ids), who, addressed, laws.newWord());
        laws.posted(message);
        ChatEvent posted = new ChatEvent.MessagePosted(
                event("e"),
                conversation,
                message.ref,
                author(who),
                padding + "I like " + message.word,
                chat.clock().instant(),
                addressed,
                quoted);
        offer(posted, () -> {});
        if (chance(10)) {
            offer(posted, () -> {});
        }
    }

    /**
     * What somebody replies to: a message that is remembered, one that is not any more or reads differently by now, an answer, or what
     * nobody has heard.
     */
    private @Nullable Quoted quoted(ConversationId conversation, boolean addressed) {
        int what = random.nextInt(addressed ? 4 : 3);
        if (what == 0) {
            return quoted(any(conversation), null);
        }
        if (what == 1) {
            Message message = any(laws.all(conversation));
            return quoted(message, message == null ? null : laws.stale(message));
        }
        return what == 2 ? answer(conversation) : quoted(unheard(conversation), null);
    }

    private @Nullable Quoted answer(ConversationId conversation) {
        List<String> keys = laws.delivered(conversation);
        if (keys.isEmpty()) {
            return null;
        }
        MessageRef answer = new MessageRef("out-" + keys.get(random.nextInt(keys.size())));
        return new Quoted(answer, Optional.empty(), "", chat.clock().instant());
    }

    /** @param word what is seen of it; null for what it says now */
    private @Nullable Quoted quoted(@Nullable Message message, @Nullable String word) {
        return message == null || (word == null && message.deleted)
                ? null
                : new Quoted(
                        message.ref,
                        Optional.of(author(message.author)),
                        "I like " + (word == null ? message.word : word),
                        chat.clock().instant());
    }

    /** A message that comes to be remembered by being replied to. */
    private Message unheard(ConversationId conversation) {
        String who = chance(50) ? somebody() : "parrot";
        Message message = new Message(conversation, new MessageRef("m" + ++ids), who, false, laws.newWord());
        laws.posted(message);
        return message;
    }

    private void regenerate(ConversationId conversation) {
        Message message = any(conversation);
        if (message == null) {
            return;
        }
        int soFar = laws.answers(message);
        ChatEvent again = new ChatEvent.RegenerateRequested(
                event("r"),
                conversation,
                caller(somebody()),
                message.ref,
                chat.clock().instant());
        offer(again, taken -> {
            assertThat(taken).as("what came of %s", again).isNotEqualTo(Acceptance.REPEATED);
            if (taken == Acceptance.ACCEPTED) {
                laws.owesAnother(message, soFar);
            }
        });
        if (chance(10)) {
            offer(again, () -> {});
        }
    }

    /** An exchange with a tool in it, as an import brings it; it does not pass through the engine. */
    private void bringFromElsewhere(ConversationId conversation) {
        String who = somebody();
        Message message = new Message(conversation, new MessageRef("m" + ++ids), who, false, laws.newWord());
        ChatEvent.MessagePosted opening = new ChatEvent.MessagePosted(
                event("i"),
                conversation,
                message.ref,
                author(who),
                "Weather in " + message.word,
                chat.clock().instant(),
                false);
        List<PastTurn> rest = List.of(
                past(
                        Role.BOT,
                        "",
                        List.of(new ToolCall("c" + ids, "weather", "{\"place\": \"" + message.word + "\"}")),
                        null),
                past(Role.TOOL, "18 degrees in " + message.word, List.of(), "c" + ids),
                past(Role.BOT, "It is 18 degrees in " + message.word, List.of(), null));
        history.add("  ".repeat(depth) + "from elsewhere " + opening);
        laws.posted(message);
        chat.memory.restore(new PastExchange(opening, rest));
    }

    private PastTurn past(Role role, String text, List<ToolCall> calls, @Nullable String answers) {
        return new PastTurn(role, text, chat.clock().instant(), null, calls, answers);
    }

    private @Nullable Message any(ConversationId conversation) {
        return any(laws.living(conversation));
    }

    private @Nullable Message any(List<Message> messages) {
        return messages.isEmpty() ? null : messages.get(random.nextInt(messages.size()));
    }

    private void edit(ConversationId conversation) {
        Message message = any(conversation);
        if (message != null) {
            String word = laws.newWord();
            laws.willSay(message, word);
            offer(
                    new ChatEvent.MessageEdited(
                            event("d"),
                            conversation,
                            message.ref,
                            "Rather " + word,
                            chat.clock().instant()),
                    () -> laws.edited(message, word));
        }
    }

    private void delete(ConversationId conversation) {
        Message message = any(conversation);
        if (message != null) {
            offer(
                    new ChatEvent.MessageDeleted(
                            event("x"), conversation, message.ref, chat.clock().instant()),
                    () -> laws.erased(message));
        }
    }

    private void forget(ConversationId conversation) {
        String who = somebody();
        boolean mine = chance(60);
        if (chance(50)) {
            forgetSurely(conversation, who, mine);
            return;
        }
        List<Message> named = named(conversation, who, mine);
        CommandAnswer answer = command(conversation, who, "forget", mine ? "mine" : "here");
        CommandAnswer.Confirmation confirmation = answer == null ? null : answer.confirmation();
        if (confirmation != null) {
            asked = new Asked(conversation, who, mine, confirmation.token(), named);
        }
    }

    private List<Message> named(ConversationId conversation, String who, boolean mine) {
        Predicate<Message> named = message -> !mine || message.author.equals(who);
        return laws.living(conversation).stream().filter(named).toList();
    }

    private void forgetSurely(ConversationId conversation, String who, boolean mine) {
        List<Message> named = named(conversation, who, mine);
        CommandAnswer answer = command(conversation, who, "forget", (mine ? "mine" : "here") + " --yes");
        if (answer != null) {
            assertThat(answer.text()).containsAnyOf("Forgotten", "nothing");
            named.forEach(laws::erased);
        }
    }

    private void confirm() {
        Asked now = asked;
        if (now == null) {
            return;
        }
        asked = null;
        int before = chat.answers.size();
        offer(
                new ChatEvent.ConfirmationGiven(
                        event("y"),
                        now.conversation(),
                        caller(now.author()),
                        now.token(),
                        chat.clock().instant()),
                () -> {});
        String said = chat.answers.size() > before ? chat.answers.get(before).text() : "";
        if (said.startsWith("Forgotten") || said.contains("nothing left to forget")) {
            now.named().forEach(laws::erased);
        } else if (said.contains("That failed")) {
            forgetSurely(now.conversation(), now.author(), now.mine());
        }
    }

    private @Nullable CommandAnswer command(ConversationId conversation, String who, String name, String arguments) {
        for (int attempt = 0; ; attempt++) {
            int before = chat.answers.size();
            ChatEvent event = new ChatEvent.CommandInvoked(
                    event("c"),
                    conversation,
                    caller(who),
                    name,
                    arguments,
                    chat.clock().instant());
            boolean taken = offer(event, () -> {});
            if (!taken || chat.answers.size() == before) {
                return null;
            }
            CommandAnswer answer = chat.answers.get(before);
            if (!answer.text().contains("That failed")) {
                return answer;
            }
            assertThat(attempt).as("a command fails twice").isLessThan(3);
        }
    }

    /** Hands an event in as a platform does: again, until it is taken; after a restart where the program has ended meanwhile. */
    private boolean offer(ChatEvent event, Runnable onceTaken) {
        return offer(event, (Acceptance any) -> onceTaken.run());
    }

    private boolean offer(ChatEvent event, Consumer<Acceptance> onceTaken) {
        if (down && depth == 0) {
            restart();
        }
        if (down) {
            boolean comesAgain =
                    !(event instanceof ChatEvent.CommandInvoked || event instanceof ChatEvent.ConfirmationGiven);
            if (comesAgain) {
                again.addLast(new Offered(event, onceTaken));
            }
            return false;
        }
        again.addLast(new Offered(event, onceTaken));
        int faults = 0;
        while (!again.isEmpty() && !down) {
            Offered next = again.removeFirst();
            history.add("  ".repeat(depth) + next.event());
            if (next.event() instanceof ChatEvent.RegenerateRequested asked) {
                laws.mayBeAnsweredAnew(asked.question());
            }
            try {
                next.onceTaken().accept(chat.engine.accept(next.event()));
            } catch (FaultyStore.Fault e) {
                assertThat(++faults).as("faults that the platform was told of").isEqualTo(1);
                again.addFirst(next);
            } catch (IllegalStateException e) {
                assertThat(down).as("nobody else throws: %s", e).isTrue();
                again.addFirst(next);
            }
            if (down && depth == 0) {
                restart();
            }
        }
        return again.isEmpty();
    }

    private void restart() {
        history.add(down ? "started after its end" : "restarted");
        if (!down) {
            chat.engine.close();
        }
        down = false;
        startAgain();
    }

    private void startAgain() {
        starting = true;
        try {
            chat.startAgain();
        } catch (FaultyStore.Fault e) {
            chat.startAgain();
        }
        starting = false;
    }

    private Delivery deliver(Reply reply) {
        sendCalls++;
        failIf(Call.SEND, FaultyStore.When.BEFORE);
        if (chance(10)) {
            return new Delivery.TryLater("busy");
        }
        if (chance(4)) {
            laws.neverDeliverable(reply);
            return new Delivery.Undeliverable("gone");
        }
        sometimesThrow();
        laws.delivered(reply);
        failIf(Call.SEND, FaultyStore.When.AFTER);
        sometimesThrow();
        return new Delivery.Delivered(List.of(new MessageRef("out-" + reply.key())));
    }

    private ModelOutcome reply(Prompt prompt) {
        Message question = laws.replyCallBegins(
                prompt,
                conversation -> settings.budget(strategy(conversation), chat.model.profile()),
                counter,
                settings.personas().standing());
        meanwhile();
        List<String> seen = Laws.wordsOf(ScriptedModel.textOf(prompt));
        // A model knows a message as its prompt shows it: the word of an older version would be none of its knowledge.
        List<String> asked = Laws.wordsOf(prompt.messages().getLast().content());
        StringBuilder answer = new StringBuilder("About " + (asked.isEmpty() ? "that" : asked.getFirst()));
        for (int i = random.nextInt(3); i > 0; i--) {
            answer.append(" and ").append(seen.get(random.nextInt(seen.size())));
        }
        answer.append(", says ").append(laws.newAnswer(question.conversation));
        laws.replyCallEnds(question, answer.toString());
        return outcome(chat.model, answer.toString());
    }

    private ModelOutcome summary(ScriptedModel model, Prompt prompt) {
        int digest = Math.max(1_000, settings.compaction().digestTokens() * 4);
        laws.summaryCall(prompt, TokenBudget.of(model.profile(), 0, digest), counter);
        meanwhile();
        String text = ScriptedModel.textOf(prompt);
        String all = "- " + String.join(" ", Laws.wordsOf(text)) + " " + String.join(" ", Laws.answersIn(text));
        return outcome(model, chance(10) ? (all + "\n").repeat(200) : all);
    }

    private ModelOutcome outcome(ScriptedModel model, String text) {
        modelCalls++;
        failIf(Call.MODEL, fault.when());
        if (down || model.lastCancellation.isCancelled()) {
            return new ModelOutcome.Stopped(chance(50) ? text : "");
        }
        if (!chance(35)) {
            // What a server reports may be more than was counted, or far less where it cuts in silence.
            Usage usage = chance(50) ? new Usage(random.nextInt(1, 4_000), 0, 10, 0) : Usage.UNKNOWN;
            return new ModelOutcome.Answered(text, usage, true);
        }
        return switch (random.nextInt(8)) {
            case 0 -> new ModelOutcome.Answered(text, Usage.UNKNOWN, false);
            case 1 -> ScriptedModel.answered(" ");
            case 2 -> new ModelOutcome.Declined(chance(50) ? text : "", Usage.UNKNOWN);
            case 3 -> new ModelOutcome.PromptTooLong(maybe(), maybe());
            case 4 -> new ModelOutcome.Unavailable(Cause.SERVER_FAILED, "broken", "");
            case 5 -> new ModelOutcome.Unavailable(Cause.TIMED_OUT, "slow", text);
            case 6 -> new ModelOutcome.Stopped(text);
            default -> throw new IllegalStateException("the client has a bug");
        };
    }

    private OptionalInt maybe() {
        return chance(50) ? OptionalInt.of(random.nextInt(400, 20_000)) : OptionalInt.empty();
    }

    /** What people do while a model thinks; and the program may end. */
    private void meanwhile() {
        if (depth > 1 || down || starting || !again.isEmpty()) {
            return;
        }
        depth++;
        if (chance(25)) {
            somethingHappens();
        }
        if (chance(3) && !down) {
            chat.kill();
            down = true;
        } else if (chance(2) && !down) {
            chat.engine.end();
            down = true;
        }
        depth--;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "%d store calls, %s%n%s", calls(Call.STORE), settings, String.join("\n", history));
    }
}
