package loci.memory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import loci.chat.Author;
import loci.chat.ChatEvent.MessageEdited;
import loci.chat.ChatEvent.MessagePosted;
import loci.chat.ConversationId;
import loci.chat.EventId;
import loci.chat.MessageRef;
import loci.chat.Reply;
import loci.memory.PastExchange.PastTurn;
import loci.model.ToolCall;
import loci.model.Usage;

/** Small words for tests of stores: people, messages, replies, digests, and a time and marks that are the same in every run. */
public final class StoreFixture {

    public static final ConversationId LAB = ConversationId.ofChannel("console", "home", "lab");
    public static final ConversationId KITCHEN = ConversationId.ofChannel("console", "home", "kitchen");
    public static final Author ADA = new Author("u-ada", "Ada Lovelace");
    public static final Author BEN = new Author("u-ben", "Ben");
    public static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private StoreFixture() {}

    /** A clock that is one second later whenever it is asked. */
    public static InstantSource ticking() {
        AtomicLong asked = new AtomicLong();
        return () -> NOON.plus(Duration.ofSeconds(asked.incrementAndGet()));
    }

    /** Marks {@code mark-1}, {@code mark-2} and so on. */
    public static Supplier<String> counting() {
        AtomicLong made = new AtomicLong();
        return () -> "mark-" + made.incrementAndGet();
    }

    /** A message whose event id is derived from its message id. */
    public static MessagePosted posted(
            ConversationId conversation, String message, Author author, String text, boolean addressed) {
        return new MessagePosted(
                new EventId("posted-" + message),
                conversation,
                new MessageRef(message),
                author,
                text,
                NOON.plusMillis(message.hashCode() & 0xffff),
                addressed);
    }

    public static MessageEdited edited(ConversationId conversation, String event, String message, String text) {
        return new MessageEdited(
                new EventId(event), conversation, new MessageRef(message), text, NOON.plus(Duration.ofHours(1)));
    }

    public static ReplyRecord answer(long exchange, String text) {
        return new ReplyRecord(exchange, Reply.Kind.ANSWER, text, "model-x", 321, new Usage(300, 200, 20, 5));
    }

    public static ReplyRecord failure(long exchange, String text) {
        return new ReplyRecord(exchange, Reply.Kind.FAILURE, text, "model-x", 321, Usage.UNKNOWN);
    }

    public static Digest digest(int level, long from, long to, String text) {
        return new Digest(0, level, new Exchanges(from, to), (int) (to - from + 1), "ab".repeat(32), text, NOON);
    }

    /** A question from elsewhere that took a tool to answer; the answer was posted as the message's id with {@code -answer}. */
    public static PastExchange lookedUp(String message, String question, String found, String answer) {
        ToolCall call = new ToolCall("call-" + message, "look_up", "{\"what\":\"" + message + "\"}");
        MessageRef posted = new MessageRef(message + "-answer");
        return new PastExchange(
                posted(LAB, message, ADA, question, true),
                List.of(
                        new PastTurn(Role.BOT, "", NOON, null, List.of(call), null),
                        new PastTurn(Role.TOOL, found, NOON, null, List.of(), call.id()),
                        new PastTurn(Role.BOT, answer, NOON, posted, List.of(), null)));
    }

    public static SortedSet<Long> seqs(Long... seqs) {
        return new TreeSet<>(Arrays.asList(seqs));
    }

    public static List<String> texts(List<Turn> turns) {
        return turns.stream().map(Turn::text).toList();
    }

    public static List<String> notes(List<Digest> digests) {
        return digests.stream().map(Digest::text).toList();
    }

    /** Randomness for one test; the seed is printed, and {@code -Dloci.seed=N} repeats it. */
    public static Random random(String test) {
        long seed = Long.getLong("loci.seed", System.nanoTime());
        System.out.println(test + ": -Dloci.seed=" + seed);
        return new Random(seed);
    }
}
