package loci.memory;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import loci.chat.ChatEvent.MessageEdited;
import loci.chat.ChatEvent.MessagePosted;
import loci.chat.ConversationId;
import loci.chat.MessageRef;
import loci.chat.Reply;

/**
 * The append-only log of every conversation, the digests made of it, and the replies that are owed.
 *
 * <p>Thread-safe. Every method is one transaction: when it returns, its effect survives {@code kill -9}; when it throws, it had none.
 * Conversations never wait for each other. Texts handed in are already redacted and hold at most {@value #MAX_TEXT} characters.
 * Times are kept to the microsecond. An unknown conversation reads as an empty one.
 *
 * <p>The work of every method is bounded by what it returns or changes and not by the length of the log; {@link #erase} and
 * {@link #turns} are bounded by the range they are given.
 */
public interface ConversationStore extends AutoCloseable {

    /** The most UTF-16 units a message, an answer or a digest may have; a longer one is refused with {@link IllegalArgumentException}. */
    int MAX_TEXT = 300_000;

    /** How long the audit is kept. */
    Duration AUDIT_KEPT = Duration.ofDays(90);

    /** The most exchanges of one conversation that are pinned at a time. */
    int MOST_PINNED = 50;

    /**
     * Appends a message as a turn that begins an exchange and, where it is addressed, opens its question: the reply's idempotency key
     * is recorded in the same transaction. Which message it quotes is kept; what that one says is not recorded with it.
     *
     * @return the turn; {@link Recorded#repeated} where its event id or its message id is already in this conversation's log, even
     *     if erased since
     */
    Recorded record(MessagePosted event);

    /**
     * Appends an exchange that took place elsewhere. No reply is owed to it. Each of its turns may have {@value #MAX_TEXT} characters, those
     * of its tool calls counted; with more, {@link IllegalArgumentException}.
     *
     * @return as {@link #record}: {@link Recorded#repeated} where the opening's event or message is in the log already, and then nothing is
     *     appended
     */
    Recorded restore(PastExchange exchange);

    /**
     * Lets a new version supersede a person's message: appended under the same exchange, and the old version is erased as by
     * {@link #erase}. A question that is still open stays open. Nothing happens where the message is unknown or erased, or where
     * the text is the same.
     */
    Erasure supersede(MessageEdited event);

    /** Returns the turn that now holds a message, where there is one that is not erased. */
    Optional<Turn> find(ConversationId conversation, MessageRef message);

    /** Returns the conversation's oldest open question. */
    Optional<OpenQuestion> nextQuestion(ConversationId conversation);

    /** Returns whether the question that opened an exchange is open, the oldest one or not. */
    boolean isOpen(ConversationId conversation, long exchange);

    /**
     * Reads the memory as one question sees it: the turns of exchanges before it, and its own. Later exchanges are left out.
     *
     * @param exchange the exchange that the question opened; the newest version of its message is the live turn
     * @param reach what of it is read; of the window, whole exchanges only
     * @return the view, or empty where the question was erased
     */
    Optional<MemoryView> view(ConversationId conversation, long exchange, Reach reach);

    /**
     * Records how a question ended. An {@link Reply.Kind#ANSWER} is appended as a turn of the question's exchange; every kind
     * becomes deliverable. Does nothing where the question is no longer open.
     *
     * @param epoch the epoch of the view that the reply was made from
     * @return false where the epoch has passed, so that what the reply was made from may have been erased, or where the question is no
     *     longer open
     */
    boolean finish(ConversationId conversation, ReplyRecord reply, long epoch);

    /**
     * Opens the question of a message again whose reply is settled, so that another one takes its place: under the same key, and knowing
     * what was posted. The answer's turn is erased, and with it every digest made from its exchange; the epoch rises.
     *
     * @return false, and nothing happens, where the message asked nothing, is erased, or its reply is not settled
     */
    boolean again(ConversationId conversation, MessageRef question);

    /** Returns the finished replies of a conversation that are not known to be delivered, oldest first. */
    List<Reply> undelivered(ConversationId conversation);

    /**
     * Records that a reply is delivered, or can never be.
     *
     * @param messages the platform's ids of what was posted, which take the place of what an earlier reply became; empty where it can
     *     never be delivered
     */
    void settled(ConversationId conversation, String key, List<MessageRef> messages);

    /** Returns the conversations that have open questions or undelivered replies. For the start of the program. */
    List<ConversationId> unsettled();

    /**
     * Reads turns that are not erased, in order of exchange and then as they were said, whole exchanges only.
     *
     * @param within the exchanges to read
     * @param limit the most turns to read; the oldest are kept, but always at least one whole exchange
     */
    List<Turn> turns(ConversationId conversation, Exchanges within, int limit);

    /** Returns the newest exchange's number, or 0 where nothing was ever recorded. */
    long newestExchange(ConversationId conversation);

    /** Returns the number of the exchange of the oldest open question, or empty where none is open. */
    Optional<Long> oldestOpenExchange(ConversationId conversation);

    /** Returns how often something was erased from the conversation: 0 at first, and never falling. */
    long epoch(ConversationId conversation);

    /** Returns the fresh digests that no other covers, oldest first. */
    List<Digest> note(ConversationId conversation);

    /** Returns the digests that a digest was folded from, oldest first; empty for one made of turns. */
    List<Digest> children(ConversationId conversation, long number);

    /**
     * Adds a digest to the tree and changes the conversation's mark. Where it covers digests of the frontier, it becomes their parent.
     *
     * @param epoch the epoch that was current before its turns were read
     * @return false, and nothing is stored, where the epoch has passed; where its range overlaps the frontier other than by covering
     *     whole digests of lower levels; or where an exchange of its range can still grow: it has not begun, or its question is open
     */
    boolean commit(ConversationId conversation, Digest digest, long epoch);

    /**
     * Empties turns for good: their text, author and tool calls are gone from here on, from every file in bounded time, and with them
     * every digest that was made from one of their exchanges. Raises the epoch and changes the mark. An open question that is erased is
     * withdrawn, and so is its reply that was not delivered yet. A reply that is erased before it was delivered, while its question stays,
     * leaves the question open again under the same key.
     *
     * @param turns numbers of turns; unknown and already erased ones are passed over
     */
    Erasure erase(ConversationId conversation, SortedSet<Long> turns);

    /**
     * Pins an exchange, so that it is shown word for word however old it is, or takes the pin away. Pinning again changes nothing.
     *
     * @return false where the exchange was never begun or is erased, or where {@value #MOST_PINNED} others are pinned
     */
    boolean pin(ConversationId conversation, long exchange, boolean pinned);

    /** Returns the numbers of the pinned exchanges of which something is left, ascending. */
    SortedSet<Long> pinned(ConversationId conversation);

    /** Returns what was set for a conversation, by name. */
    Map<String, String> settings(ConversationId conversation);

    /** Returns what holds in a conversation: what was set for its channel and, where it is a thread's own, what was set for the thread. */
    default Map<String, String> inForce(ConversationId conversation) {
        if (conversation.thread() == null) {
            return settings(conversation);
        }
        Map<String, String> all = new HashMap<>(settings(
                ConversationId.ofChannel(conversation.platform(), conversation.space(), conversation.channel())));
        all.putAll(settings(conversation));
        return all;
    }

    /** Returns the conversations of a space in which anything was ever said or set. */
    List<ConversationId> within(String platform, String space);

    /** Returns the conversations for which something of this name is set. */
    List<ConversationId> having(String setting);

    /**
     * Sets something for a conversation, which need not have been spoken in yet.
     *
     * @param name at most 100 characters
     * @param value at most 2,000 characters, or empty to go back to the default
     */
    void set(ConversationId conversation, String name, Optional<String> value);

    /**
     * Notes that nothing more is to be stored of what a person says anywhere in a space, or takes that back. What is stored already
     * stays, and erasing does not touch the note.
     *
     * @param platform the platform part of its conversations; like the others 1 to 200 characters, or
     *     {@link IllegalArgumentException}
     * @param space the space part of its conversations
     * @param authorId the person's id on the platform
     */
    void optOut(String platform, String space, String authorId, boolean out);

    /** Returns whether a person has opted out in a space. Cheap: it is asked at each message. */
    boolean optedOut(String platform, String space, String authorId);

    /**
     * Notes that a command was run, in a conversation that need not have been spoken in yet. Erasing does not touch the audit; rows older
     * than {@link #AUDIT_KEPT} are dropped when the store is opened.
     */
    void audit(ConversationId conversation, AuditRow row);

    /** Returns the rows of a conversation's audit that were noted last, the last one first. */
    List<AuditRow> audited(ConversationId conversation, int limit);

    /**
     * Returns how every conversation stands that something was ever said in, erased or not: the one last spoken in first, those that are
     * wholly erased at the end.
     */
    List<ConversationStatus> conversations();

    @Override
    void close();
}
