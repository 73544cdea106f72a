package loci.memory;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import loci.chat.Author;
import loci.chat.ChatEvent.MessageEdited;
import loci.chat.ChatEvent.MessagePosted;
import loci.chat.ConversationId;
import loci.chat.EventId;
import loci.chat.MessageRef;
import loci.chat.Reply;
import org.jspecify.annotations.Nullable;

/**
 * The port in memory, as simple as it can be, so that reading it shows that it is right: every question is answered by looking at
 * everything. The model that real stores are compared with, and the fake that the engine's tests run on.
 *
 * <p>Thread-safe through one lock. {@link #restarted} is what a restart of the program sees: the same log, a new store.
 */
public final class InMemoryStore implements ConversationStore {

    /** The order in which turns are read: by exchange, its opening message first. */
    private static final Comparator<Turn> READING = Comparator.comparingLong(Turn::exchange)
            .thenComparing(turn -> !turn.opensExchange())
            .thenComparingLong(Turn::seq);

    private final Map<ConversationId, Log> logs;
    private final Supplier<String> marks;
    private final InstantSource clock;
    private boolean closed;

    public InMemoryStore(Supplier<String> marks, InstantSource clock) {
        this(new LinkedHashMap<>(), marks, clock);
    }

    private InMemoryStore(Map<ConversationId, Log> logs, Supplier<String> marks, InstantSource clock) {
        this.logs = logs;
        this.marks = marks;
        this.clock = clock;
    }

    /** Closes this store and opens another over the same log. */
    public InMemoryStore restarted() {
        synchronized (logs) {
            close();
            return new InMemoryStore(logs, marks, clock);
        }
    }

    /** What is remembered of one conversation. */
    private static final class Log {
        final long number;
        final List<Entry> entries = new ArrayList<>();
        final TreeMap<Long, Owed> replies = new TreeMap<>();
        final TreeMap<Long, Digest> digests = new TreeMap<>();
        final Map<Long, Long> parents = new LinkedHashMap<>();
        long nextDigest = 1;
        long newestExchange;
        long epoch;
        String mark;

        Log(long number, String mark) {
            this.number = number;
            this.mark = mark;
        }

        List<Turn> living(Predicate<Turn> which) {
            return entries.stream()
                    .flatMap(entry -> Optional.ofNullable(entry.turn).stream())
                    .filter(which)
                    .sorted(READING)
                    .toList();
        }

        Optional<Turn> opening(long exchange) {
            return living(turn -> turn.exchange() == exchange && turn.opensExchange()).stream()
                    .findFirst();
        }

        List<Digest> digests(@Nullable Long parent) {
            return digests.values().stream()
                    .filter(digest -> Objects.equals(parents.get(digest.number()), parent))
                    .sorted(Comparator.comparingLong(digest -> digest.covers().from()))
                    .toList();
        }

        List<Owed> replies(State state) {
            return replies.values().stream()
                    .filter(reply -> reply.state == state)
                    .toList();
        }

        void append(
                long exchange,
                Role role,
                Author author,
                @Nullable MessageRef message,
                @Nullable EventId event,
                String text,
                Instant at) {
            long seq = entries.size() + 1L;
            Turn turn = new Turn(
                    seq, exchange, role, author, message, text, at.truncatedTo(ChronoUnit.MICROS), List.of(), null);
            entries.add(new Entry(message, event, turn));
        }
    }

    /** A place in the log; the turn is null once erased. */
    private static final class Entry {
        @Nullable
        MessageRef message;

        final @Nullable EventId event;

        @Nullable
        Turn turn;

        Entry(@Nullable MessageRef message, @Nullable EventId event, Turn turn) {
            this.message = message;
            this.event = event;
            this.turn = turn;
        }
    }

    private enum State {
        OPEN,
        FINISHED,
        SETTLED,
        WITHDRAWN
    }

    /** The reply that one exchange is owed. */
    private static final class Owed {
        final long exchange;
        final String key;
        State state = State.OPEN;

        @Nullable
        ReplyRecord record;

        /** The turn that holds the answer; 0 for a failure, or before it is finished. */
        long answer;

        List<MessageRef> posted = List.of();

        Owed(long exchange, String key) {
            this.exchange = exchange;
            this.key = key;
        }
    }

    @Override
    public Recorded record(MessagePosted event) {
        synchronized (logs) {
            requireOpen(event.text());
            Log log = logs.computeIfAbsent(event.conversation(), id -> new Log(logs.size() + 1L, marks.get()));
            for (int i = log.entries.size(); i >= 1; i--) {
                Entry entry = log.entries.get(i - 1);
                if (event.event().equals(entry.event) || event.message().equals(entry.message)) {
                    return new Recorded(i, true);
                }
            }
            long seq = log.entries.size() + 1L;
            log.append(seq, Role.PERSON, event.author(), event.message(), event.event(), event.text(), event.at());
            log.newestExchange = seq;
            if (event.addressed()) {
                log.replies.put(seq, new Owed(seq, log.number + "-" + seq));
            }
            return new Recorded(seq, false);
        }
    }

    @Override
    public Erasure supersede(MessageEdited event) {
        synchronized (logs) {
            Log log = log(event.conversation());
            requireOpen(event.text());
            Optional<Turn> old = living(log, event.message())
                    .filter(turn -> turn.role() == Role.PERSON && !turn.text().equals(event.text()));
            boolean repeated =
                    log.entries.stream().anyMatch(entry -> event.event().equals(entry.event));
            if (old.isEmpty() || repeated) {
                return Erasure.NOTHING;
            }
            Turn before = old.get();
            log.append(
                    before.exchange(),
                    Role.PERSON,
                    before.author(),
                    event.message(),
                    event.event(),
                    event.text(),
                    event.at());
            return erase(log, new TreeSet<>(Set.of(before.seq())));
        }
    }

    @Override
    public Optional<Turn> find(ConversationId conversation, MessageRef message) {
        synchronized (logs) {
            Log log = log(conversation);
            return living(log, message)
                    .or(() -> log.replies.values().stream()
                            .filter(reply -> reply.posted.contains(message))
                            .flatMap(reply -> log.living(turn -> turn.seq() == reply.answer).stream())
                            .findFirst());
        }
    }

    private static Optional<Turn> living(Log log, MessageRef message) {
        return log.living(turn -> message.equals(turn.message())).stream().max(Comparator.comparingLong(Turn::seq));
    }

    @Override
    public Optional<OpenQuestion> nextQuestion(ConversationId conversation) {
        synchronized (logs) {
            Log log = log(conversation);
            return log.replies(State.OPEN).stream().findFirst().map(reply -> {
                Turn question = log.opening(reply.exchange).orElseThrow();
                return new OpenQuestion(reply.exchange, reply.key, messageOf(question), question.author());
            });
        }
    }

    private static MessageRef messageOf(Turn question) {
        return Objects.requireNonNull(question.message(), "a person's turn has a message id");
    }

    @Override
    public Optional<MemoryView> view(ConversationId conversation, long exchange, int windowLimit, boolean withNote) {
        synchronized (logs) {
            Log log = log(conversation);
            return log.opening(exchange).map(live -> {
                List<Digest> note = log.digests((Long) null).stream()
                        .filter(digest -> withNote && digest.covers().to() < exchange)
                        .toList();
                long end = note.isEmpty() ? 0 : note.getLast().covers().to();
                List<Turn> window = newestWhole(
                        log.living(turn -> turn.exchange() > end && turn.exchange() < exchange), windowLimit);
                int waiting = log.living(turn -> turn.exchange() < exchange
                                        && note.stream()
                                                .noneMatch(digest ->
                                                        digest.covers().contains(turn.exchange())))
                                .size()
                        - window.size();
                return new MemoryView(conversation, log.epoch, log.mark, note, window, withNote ? waiting : 0, live);
            });
        }
    }

    /** The longest tail of at most {@code limit} turns that begins where an exchange begins. */
    private static List<Turn> newestWhole(List<Turn> turns, int limit) {
        int start = Math.max(0, turns.size() - Math.max(0, limit));
        while (start > 0
                && start < turns.size()
                && turns.get(start).exchange() == turns.get(start - 1).exchange()) {
            start++;
        }
        return turns.subList(start, turns.size());
    }

    @Override
    public boolean finish(ConversationId conversation, ReplyRecord reply, long epoch) {
        synchronized (logs) {
            requireOpen(reply.text());
            Log log = log(conversation);
            Owed owed = log.replies.get(reply.exchange());
            if (owed == null || owed.state != State.OPEN || log.epoch != epoch) {
                return false;
            }
            owed.record = reply;
            owed.state = State.FINISHED;
            if (reply.kind() == Reply.Kind.ANSWER) {
                owed.answer = log.entries.size() + 1L;
                log.append(reply.exchange(), Role.BOT, Author.LOCI, null, null, reply.text(), clock.instant());
            }
            return true;
        }
    }

    @Override
    public List<Reply> undelivered(ConversationId conversation) {
        synchronized (logs) {
            Log log = log(conversation);
            return log.replies(State.FINISHED).stream()
                    .map(owed -> {
                        Turn question = log.opening(owed.exchange).orElseThrow();
                        ReplyRecord record = Objects.requireNonNull(owed.record);
                        return new Reply(
                                owed.key,
                                conversation,
                                messageOf(question),
                                question.author(),
                                record.text(),
                                record.kind());
                    })
                    .toList();
        }
    }

    @Override
    public void settled(ConversationId conversation, String key, List<MessageRef> messages) {
        synchronized (logs) {
            Log log = log(conversation);
            for (Owed owed : log.replies(State.FINISHED)) {
                if (owed.key.equals(key)) {
                    owed.state = State.SETTLED;
                    owed.posted = List.copyOf(messages);
                    if (owed.answer > 0 && !messages.isEmpty()) {
                        Entry entry = log.entries.get((int) owed.answer - 1);
                        entry.message = messages.getFirst();
                        entry.turn = entry.turn == null ? null : posted(entry.turn, messages.getFirst());
                    }
                }
            }
        }
    }

    private static Turn posted(Turn turn, MessageRef message) {
        return new Turn(
                turn.seq(),
                turn.exchange(),
                turn.role(),
                turn.author(),
                message,
                turn.text(),
                turn.at(),
                turn.toolCalls(),
                turn.answersCall());
    }

    @Override
    public List<ConversationId> unsettled() {
        synchronized (logs) {
            requireOpen("");
            return logs.entrySet().stream()
                    .filter(entry -> !entry.getValue().replies(State.OPEN).isEmpty()
                            || !entry.getValue().replies(State.FINISHED).isEmpty())
                    .map(Map.Entry::getKey)
                    .toList();
        }
    }

    @Override
    public List<Turn> turns(ConversationId conversation, Exchanges within, int limit) {
        synchronized (logs) {
            List<Turn> turns = log(conversation).living(turn -> within.contains(turn.exchange()));
            int end = Math.min(turns.size(), Math.max(0, limit));
            while (end < turns.size()
                    && end > 0
                    && turns.get(end).exchange() == turns.get(end - 1).exchange()) {
                end--;
            }
            if (end == 0 && !turns.isEmpty()) {
                long first = turns.getFirst().exchange();
                return turns.stream().filter(turn -> turn.exchange() == first).toList();
            }
            return turns.subList(0, end);
        }
    }

    @Override
    public long newestExchange(ConversationId conversation) {
        synchronized (logs) {
            return log(conversation).newestExchange;
        }
    }

    @Override
    public Optional<Long> oldestOpenExchange(ConversationId conversation) {
        synchronized (logs) {
            return log(conversation).replies(State.OPEN).stream()
                    .map(reply -> reply.exchange)
                    .findFirst();
        }
    }

    @Override
    public long epoch(ConversationId conversation) {
        synchronized (logs) {
            return log(conversation).epoch;
        }
    }

    @Override
    public List<Digest> note(ConversationId conversation) {
        synchronized (logs) {
            return log(conversation).digests((Long) null);
        }
    }

    @Override
    public List<Digest> children(ConversationId conversation, long number) {
        synchronized (logs) {
            return log(conversation).digests(number);
        }
    }

    @Override
    public boolean commit(ConversationId conversation, Digest digest, long epoch) {
        synchronized (logs) {
            requireOpen(digest.text());
            Log log = log(conversation);
            Exchanges range = digest.covers();
            List<Digest> touched = log.digests((Long) null).stream()
                    .filter(other -> other.covers().from() <= range.to()
                            && range.from() <= other.covers().to())
                    .toList();
            boolean fits =
                    touched.stream().allMatch(other -> range.covers(other.covers()) && other.level() < digest.level());
            boolean grows = range.to() > log.newestExchange
                    || log.replies(State.OPEN).stream().anyMatch(reply -> range.contains(reply.exchange));
            if (log.epoch != epoch || !fits || grows) {
                return false;
            }
            long number = log.nextDigest++;
            log.digests.put(number, truncated(digest.numbered(number)));
            touched.forEach(child -> log.parents.put(child.number(), number));
            log.mark = marks.get();
            return true;
        }
    }

    private static Digest truncated(Digest digest) {
        return new Digest(
                digest.number(),
                digest.level(),
                digest.covers(),
                digest.turns(),
                digest.contentHash(),
                digest.text(),
                digest.at().truncatedTo(ChronoUnit.MICROS));
    }

    @Override
    public Erasure erase(ConversationId conversation, SortedSet<Long> turns) {
        synchronized (logs) {
            return erase(log(conversation), turns);
        }
    }

    private Erasure erase(Log log, SortedSet<Long> numbers) {
        List<Turn> erased = log.living(turn -> numbers.contains(turn.seq()));
        if (erased.isEmpty()) {
            return Erasure.NOTHING;
        }
        erased.forEach(turn -> log.entries.get((int) turn.seq() - 1).turn = null);

        Set<Long> stale = new HashSet<>();
        for (Digest digest : log.digests.values()) {
            if (erased.stream().anyMatch(turn -> digest.covers().contains(turn.exchange()))) {
                stale.add(digest.number());
            }
        }
        log.digests.keySet().removeAll(stale);
        log.parents.keySet().removeAll(stale);
        log.parents.values().removeIf(stale::contains);

        for (Owed owed : log.replies.values()) {
            boolean answerGone = numbers.contains(owed.answer);
            boolean questionGone = log.opening(owed.exchange).isEmpty();
            boolean pending = owed.state == State.OPEN || owed.state == State.FINISHED;
            if (pending && (answerGone || questionGone)) {
                owed.state = questionGone ? State.WITHDRAWN : State.OPEN;
                owed.record = null;
                owed.answer = 0;
            }
        }
        log.epoch++;
        log.mark = marks.get();
        return new Erasure(erased.size(), stale.size());
    }

    @Override
    public void close() {
        synchronized (logs) {
            closed = true;
        }
    }

    /** The conversation's log, or an empty one that is not kept. */
    private Log log(ConversationId conversation) {
        requireOpen("");
        Log log = logs.get(conversation);
        return log != null ? log : new Log(0, "");
    }

    private void requireOpen(String text) {
        if (closed) {
            throw new IllegalStateException("the store is closed");
        }
        if (text.length() > MAX_TEXT) {
            throw new IllegalArgumentException("a text of " + text.length() + " characters; at most " + MAX_TEXT);
        }
    }
}
