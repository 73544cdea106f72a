package loci.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import loci.chat.ConversationId;
import loci.chat.MessageRef;
import loci.chat.Reply;
import loci.memory.Digest;
import loci.memory.Exchanges;
import loci.memory.InMemoryStore;
import loci.memory.MemoryView;
import loci.memory.Reach;
import loci.memory.Role;
import loci.memory.Turn;
import loci.model.Prompt;
import loci.model.PromptMessage;
import loci.prompt.PromptCounter;
import loci.prompt.Strategy;
import loci.prompt.TokenBudget;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * DESIGN's laws, as a witness of everything that is said, shown and stored would check them.
 *
 * <p>Every message holds one word that occurs nowhere else, so that any text shows by its words what it was made from.
 */
final class Laws extends AppenderBase<ILoggingEvent> {

    private static final Pattern PLANTED = Pattern.compile("zq\\d{4}x");

    /** Each answer holds such a word of its own; nobody repeats it but who condenses. */
    private static final Pattern ANSWERED = Pattern.compile("qy\\d{4}z");

    private final Map<String, Message> byWord = new HashMap<>();
    private final Map<MessageRef, Message> byRef = new LinkedHashMap<>();
    private final Set<String> gone = new HashSet<>();
    private final Map<String, Reply> finals = new HashMap<>();
    private BiPredicate<ConversationId, String> remembersReply = (conversation, text) -> true;
    private final Map<MessageRef, String> keys = new HashMap<>();
    private final Map<MessageRef, Integer> answered = new HashMap<>();
    private final Map<MessageRef, Integer> owed = new HashMap<>();
    private final Map<String, ConversationId> answers = new HashMap<>();
    private final Set<ConversationId> answering = new HashSet<>();
    private final List<String> broken = new ArrayList<>();
    private int words;
    private int said;

    /** A message as its author sees it: its newest word, or none once it is deleted. */
    static final class Message {
        final ConversationId conversation;
        final MessageRef ref;
        final String author;
        final boolean addressed;
        String word;
        boolean deleted;
        /** In which order they were said. */
        int number;

        Message(ConversationId conversation, MessageRef ref, String author, boolean addressed, String word) {
            this.conversation = conversation;
            this.ref = ref;
            this.author = author;
            this.addressed = addressed;
            this.word = word;
        }
    }

    static Laws watching() {
        Laws laws = new Laws();
        Logger logger = silence();
        logger.setLevel(Level.INFO);
        laws.setContext(logger.getLoggerContext());
        laws.start();
        logger.addAppender(laws);
        return laws;
    }

    /** For tests in which so much is meant to go wrong that nobody could read the log. */
    static Logger silence() {
        Logger logger = (Logger) LoggerFactory.getLogger("loci");
        logger.setLevel(Level.OFF);
        logger.setAdditive(false);
        logger.detachAndStopAllAppenders();
        return logger;
    }

    static void speakAgain() {
        Logger logger = silence();
        logger.setLevel(null);
        logger.setAdditive(true);
    }

    @Override
    protected void append(ILoggingEvent event) {
        String line = event.getFormattedMessage();
        if (event.getThrowableProxy() != null) {
            line += ThrowableProxyUtil.asString(event.getThrowableProxy());
        }
        requireNothingGone("a log line", line);
    }

    String newWord() {
        return "zq%04dx".formatted(++words);
    }

    /** A word for an answer in a conversation. */
    String newAnswer(ConversationId conversation) {
        String word = "qy%04dz".formatted(++words);
        answers.put(word, conversation);
        return word;
    }

    static List<String> wordsOf(String text) {
        return found(PLANTED, text);
    }

    /** The words that answers in a text hold of their own. */
    static List<String> answersIn(String text) {
        return found(ANSWERED, text);
    }

    private static List<String> found(Pattern which, String text) {
        List<String> found = new ArrayList<>();
        Matcher matcher = which.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group());
        }
        return found;
    }

    void posted(Message message) {
        message.number = ++said;
        byWord.put(message.word, message);
        byRef.put(message.ref, message);
    }

    /** From now on its author may be heard to say this; whether the program has heard it yet is not known. */
    void willSay(Message message, String newWord) {
        byWord.put(newWord, message);
    }

    void edited(Message message, String newWord) {
        boolean overtaken = newWord.compareTo(message.word) < 0; // By an edit that came while this one was being taken.
        if (overtaken || message.deleted) {
            gone.add(newWord);
        }
        if (!overtaken) {
            gone.add(message.word);
            message.word = newWord;
        }
    }

    /** From now on nothing of it may be seen again. */
    void erased(Message message) {
        gone.add(message.word);
        message.deleted = true;
    }

    /** What somebody may still see of a message though it is erased, or reads differently now: such a word of it, or null. */
    @Nullable
    String stale(Message message) {
        return byWord.entrySet().stream()
                .filter(entry -> entry.getValue().equals(message) && gone.contains(entry.getKey()))
                .map(Map.Entry::getKey)
                .min(String::compareTo)
                .orElse(null);
    }

    List<Message> all(ConversationId conversation) {
        return byRef.values().stream()
                .filter(message -> message.conversation.equals(conversation))
                .toList();
    }

    List<Message> living(ConversationId conversation) {
        return byRef.values().stream()
                .filter(m -> !m.deleted && m.conversation.equals(conversation))
                .toList();
    }

    private void require(boolean holds, String what) {
        if (!holds) {
            broken.add(what);
        }
    }

    void requireNothingGone(String where, String text) {
        Stream.concat(wordsOf(text).stream(), answersIn(text).stream())
                .forEach(word ->
                        require(!gone.contains(word), "5: " + where + " holds the erased " + word + ": " + text));
    }

    /** A reply call begins: returns the message it answers. */
    Message replyCallBegins(
            Prompt prompt, Function<ConversationId, TokenBudget> budgets, PromptCounter counter, String persona) {
        String text = ScriptedModel.textOf(prompt);
        requireNothingGone("a prompt", text);
        List<PromptMessage> messages = prompt.messages();
        require(messages.getFirst().content().startsWith(persona), "3: the persona is not first");
        List<String> last = wordsOf(messages.getLast().content());
        Message question = byWord.get(last.isEmpty() ? "" : last.getLast());
        assertThat(question).as("3: the live message is last: %s", text).isNotNull();
        requireWithin(prompt, budgets.apply(question.conversation), counter);
        require(question.addressed, "3: not a question: " + question.word);
        require(!inForce(finals.get(String.valueOf(keys.get(question.ref)))), "1: answered again: " + question.word);
        requireOneConversation(text, question.conversation);
        require(answering.add(question.conversation), "7: two reply calls at once in " + question.conversation);
        return question;
    }

    void replyCallEnds(Message question, String answer) {
        answering.remove(question.conversation);
    }

    void summaryCall(Prompt prompt, TokenBudget budget, PromptCounter counter) {
        String text = ScriptedModel.textOf(prompt);
        requireNothingGone("a summary prompt", text);
        requireWithin(prompt, budget, counter);
        List<String> seen = wordsOf(text);
        if (!seen.isEmpty()) {
            Message first = byWord.get(seen.getFirst());
            assertThat(first).isNotNull();
            requireOneConversation(text, first.conversation);
        }
    }

    private void requireWithin(Prompt prompt, TokenBudget budget, PromptCounter counter) {
        int counted = counter.count(prompt);
        require(counted <= budget.promptTokens(), "3: " + counted + " tokens, and " + budget);
        require(prompt.maxReplyTokens() <= budget.replyTokens(), "3: a reserve of " + prompt.maxReplyTokens());
    }

    private void requireOneConversation(String text, ConversationId conversation) {
        for (String word : wordsOf(text)) {
            Message source = byWord.get(word);
            require(
                    source == null || source.conversation.equals(conversation),
                    "6: " + conversation + " saw " + word + " of another");
        }
        for (String word : answersIn(text)) {
            require(conversation.equals(answers.get(word)), "6: " + conversation + " saw the answer " + word);
        }
    }

    /** An answer that came out and was forgotten before that was recorded is replaced, under its key, by another. */
    private boolean inForce(@Nullable Reply reply) {
        return reply != null
                && (reply.kind() != Reply.Kind.ANSWER || remembersReply.test(reply.conversation(), reply.text()));
    }

    /** From now on another answer may be given to this; whether it will be is not known. */
    void mayBeAnsweredAnew(MessageRef question) {
        finals.computeIfPresent(
                keys.getOrDefault(question, ""), (key, before) -> before.kind() == Reply.Kind.ANSWER ? before : null);
    }

    /** How many ends were given to a question so far. */
    int answers(Message message) {
        return answered.getOrDefault(message.ref, 0);
    }

    /** Another end than these is owed to a question. */
    void owesAnother(Message message, int soFar) {
        owed.put(message.ref, soFar + 1);
    }

    /** The answers that were delivered in a conversation, by their keys. */
    List<String> delivered(ConversationId conversation) {
        return finals.values().stream()
                .filter(reply -> reply.conversation().equals(conversation))
                .map(Reply::key)
                .sorted()
                .toList();
    }

    /** Tells how to look up whether a reply is still in the log. */
    void replies(BiPredicate<ConversationId, String> remembered) {
        remembersReply = remembered;
    }

    void delivered(Reply reply) {
        requireNothingGone("a delivery", reply.text());
        Reply before = finals.put(reply.key(), reply);
        require(
                before == null || before.text().equals(reply.text()) || !inForce(before),
                "1: two texts under " + reply.key());
        String key = keys.putIfAbsent(reply.question(), reply.key());
        require(key == null || key.equals(reply.key()), "1: two keys for " + reply.question());
        answered.merge(reply.question(), 1, Integer::sum);
    }

    void neverDeliverable(Reply reply) {
        finals.putIfAbsent(reply.key(), reply);
        keys.putIfAbsent(reply.question(), reply.key());
        answered.merge(reply.question(), 1, Integer::sum);
    }

    /** What must hold of the log at any moment between two events. */
    void checkStore(
            InMemoryStore store, Set<ConversationId> conversations, Function<ConversationId, Strategy> strategies) {
        for (ConversationId conversation : conversations) {
            long newest = store.newestExchange(conversation);
            if (newest == 0) {
                continue;
            }
            List<Turn> turns = store.turns(conversation, new Exchanges(1, newest), Integer.MAX_VALUE);
            noteWhichAnswersAreGone(conversation, turns);
            requireOrder(turns);
            for (Turn turn : turns) {
                requireNothingGone("a turn", turn.text());
                turn.toolCalls().forEach(call -> requireNothingGone("a tool call", call.arguments()));
            }
            Set<String> stored = turns.stream()
                    .filter(Turn::opensExchange)
                    .flatMap(turn -> wordsOf(turn.text()).stream())
                    .collect(Collectors.toSet());
            for (Message message : living(conversation)) {
                require(stored.contains(message.word), "2: lost " + message.word);
            }
            require(stored.size() == living(conversation).size(), "5: the log still holds what was erased");
            long questions = turns.stream().filter(Turn::opensExchange).count();
            require(
                    questions
                            == turns.stream()
                                    .filter(Turn::opensExchange)
                                    .map(Turn::message)
                                    .distinct()
                                    .count(),
                    "1: one message, two turns");
            require(
                    turns.stream()
                                    .filter(Laws::answers)
                                    .map(Turn::exchange)
                                    .distinct()
                                    .count()
                            == turns.stream().filter(Laws::answers).count(),
                    "1: one question, two answers");
            checkDigests(store, conversation, store.note(conversation));
            if (!turns.isEmpty()) {
                checkNothingFallsThrough(store, conversation, turns, strategies.apply(conversation));
            }
        }
    }

    /** What is not in the log any more, since it was forgotten or another answer took its place, is to be seen nowhere again. */
    private void noteWhichAnswersAreGone(ConversationId conversation, List<Turn> turns) {
        Set<String> there =
                turns.stream().flatMap(turn -> answersIn(turn.text()).stream()).collect(Collectors.toSet());
        answers.forEach((word, where) -> {
            if (where.equals(conversation) && !there.contains(word)) {
                gone.add(word);
            }
        });
    }

    /** What was said is remembered in the order in which it was said, whatever was edited, brought in or answered anew meanwhile. */
    private void requireOrder(List<Turn> turns) {
        List<Integer> order = turns.stream()
                .filter(Turn::opensExchange)
                .sorted(Comparator.comparingLong(Turn::exchange))
                .flatMap(turn -> wordsOf(turn.text()).stream())
                .map(word -> Objects.requireNonNull(byWord.get(word)).number)
                .toList();
        require(order.equals(order.stream().sorted().toList()), "2: remembered in another order: " + order);
    }

    private void checkDigests(InMemoryStore store, ConversationId conversation, List<Digest> digests) {
        for (Digest digest : digests) {
            requireNothingGone("a digest", digest.text());
            requireOneConversation(digest.text(), conversation);
            checkDigests(store, conversation, store.children(conversation, digest.number()));
        }
    }

    private static boolean answers(Turn turn) {
        return turn.role() == Role.BOT && turn.toolCalls().isEmpty();
    }

    private void checkNothingFallsThrough(
            InMemoryStore store, ConversationId conversation, List<Turn> turns, Strategy strategy) {
        long newest = turns.getLast().exchange();
        Reach reach =
                strategy.reach().note() ? strategy.reach() : strategy.reach().afterNote();
        MemoryView view = store.view(conversation, newest, reach).orElse(null);
        if (view == null) {
            return; // Only an answer is left of that exchange, never its question.
        }
        long waiting = turns.stream()
                .filter(turn -> turn.exchange() < newest)
                .filter(turn -> view.note().stream().noneMatch(d -> d.covers().contains(turn.exchange())))
                .filter(turn -> !view.window().contains(turn))
                .count();
        require(waiting == view.waiting(), "4: some turn is nowhere");
        Set<Long> pinned = store.pinned(conversation);
        view.pinned().forEach(turn -> require(pinned.contains(turn.exchange()), "shown as pinned and is not"));
    }

    /** What must hold once everything has come to rest. */
    void checkAllAnswered() {
        for (Message message : byRef.values()) {
            int due = Math.max(message.addressed ? 1 : 0, owed.getOrDefault(message.ref, 0));
            require(message.deleted || answers(message) >= due, "2: never answered: " + message.word);
        }
    }

    void check(String when) {
        assertThat(broken).as(when).isEmpty();
    }
}
