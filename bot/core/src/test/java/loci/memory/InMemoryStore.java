package loci.memory;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
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
import java.util.function.Supplier;
import java.util.stream.Collectors;
import loci.chat.ChatEvent.MessageEdited;
import loci.chat.ChatEvent.MessagePosted;
import loci.chat.ConversationId;
import loci.chat.MessageRef;
import loci.chat.Reply;
import loci.memory.InMemoryLog.Entry;
import loci.memory.InMemoryLog.Owed;
import loci.memory.InMemoryLog.State;
import loci.memory.PastExchange.PastTurn;

/**
 * The port in memory, as simple as it can be, so that reading it shows that it is right: every question is answered by looking at
 * everything. The model that real stores are compared with, and the fake that the engine's tests run on.
 *
 * <p>Thread-safe through one lock. {@link #restarted} is what a restart of the program sees: the same log, a new store.
 */
public final class InMemoryStore implements ConversationStore {

    private final Map<ConversationId, InMemoryLog> logs;
    private final Set<OptOut> optOuts;
    private final Supplier<String> marks;
    private final InstantSource clock;
    private boolean closed;

    public InMemoryStore(Supplier<String> marks, InstantSource clock) {
        this(new LinkedHashMap<>(), new HashSet<>(), marks, clock);
    }

    private InMemoryStore(
            Map<ConversationId, InMemoryLog> logs, Set<OptOut> optOuts, Supplier<String> marks, InstantSource clock) {
        this.logs = logs;
        this.optOuts = optOuts;
        this.marks = marks;
        this.clock = clock;
    }

    /** Closes this store and opens another over the same log. */
    public InMemoryStore restarted() {
        synchronized (logs) {
            close();
            Instant oldest = clock.instant().minus(AUDIT_KEPT);
            logs.values().forEach(log -> log.audit.removeIf(row -> row.at().isBefore(oldest)));
            return new InMemoryStore(logs, optOuts, marks, clock);
        }
    }

    private record OptOut(String platform, String space, String authorId) {}

    @Override
    public Recorded record(MessagePosted event) {
        synchronized (logs) {
            requireOpen(event.text());
            InMemoryLog log = begun(event.conversation());
            Optional<Long> before = log.repeated(event);
            if (before.isPresent()) {
                return new Recorded(before.get(), true);
            }
            long seq = log.begin(event);
            if (event.addressed()) {
                log.replies.put(seq, new Owed(seq, log.number + "-" + seq, event.at()));
            }
            return new Recorded(seq, false);
        }
    }

    @Override
    public Recorded restore(PastExchange exchange) {
        synchronized (logs) {
            requireOpen(exchange.opening().text());
            exchange.rest().forEach(InMemoryStore::requireLength);
            InMemoryLog log = begun(exchange.opening().conversation());
            Optional<Long> before = log.repeated(exchange.opening());
            if (before.isPresent()) {
                return new Recorded(before.get(), true);
            }
            long seq = log.begin(exchange.opening());
            exchange.rest().forEach(turn -> log.restore(seq, turn));
            return new Recorded(seq, false);
        }
    }

    @Override
    public Erasure supersede(MessageEdited event) {
        synchronized (logs) {
            InMemoryLog log = log(event.conversation());
            requireOpen(event.text());
            Optional<Turn> old = log.holding(event.message())
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
                    event.at(),
                    List.of(),
                    null);
            return erase(log, new TreeSet<>(Set.of(before.seq())));
        }
    }

    @Override
    public Optional<Turn> find(ConversationId conversation, MessageRef message) {
        synchronized (logs) {
            return log(conversation).find(message);
        }
    }

    @Override
    public Optional<OpenQuestion> nextQuestion(ConversationId conversation) {
        synchronized (logs) {
            InMemoryLog log = log(conversation);
            return log.replies(State.OPEN).stream().findFirst().map(reply -> {
                return reply.question(log.opening(reply.exchange).orElseThrow());
            });
        }
    }

    private static MessageRef messageOf(Turn question) {
        return Objects.requireNonNull(question.message(), "a person's turn has a message id");
    }

    @Override
    public boolean isOpen(ConversationId conversation, long exchange) {
        synchronized (logs) {
            return log(conversation).replies(State.OPEN).stream().anyMatch(reply -> reply.exchange == exchange);
        }
    }

    @Override
    public Optional<MemoryView> view(ConversationId conversation, long exchange, Reach reach) {
        synchronized (logs) {
            InMemoryLog log = log(conversation);
            return log.opening(exchange).map(live -> log.view(conversation, live, reach));
        }
    }

    @Override
    public boolean finish(ConversationId conversation, ReplyRecord reply, long epoch) {
        synchronized (logs) {
            requireOpen(reply.text());
            InMemoryLog log = log(conversation);
            Owed owed = log.replies.get(reply.exchange());
            if (owed == null || owed.state != State.OPEN || log.epoch != epoch) {
                return false;
            }
            owed.record = reply;
            owed.state = State.FINISHED;
            if (reply.kind() == Reply.Kind.ANSWER) {
                owed.answer = log.answer(reply.exchange(), reply.text(), clock.instant());
            }
            return true;
        }
    }

    @Override
    public boolean again(ConversationId conversation, MessageRef question) {
        synchronized (logs) {
            InMemoryLog log = log(conversation);
            Owed owed = log.holding(question)
                    .filter(Turn::opensExchange)
                    .map(turn -> log.replies.get(turn.exchange()))
                    .orElse(null);
            if (owed == null || owed.state != State.SETTLED) {
                return false;
            }
            List<Turn> answer = log.living(turn -> turn.seq() == owed.answer);
            SortedSet<Long> numbers = answer.stream().map(Turn::seq).collect(Collectors.toCollection(TreeSet::new));
            erase(log, answer, Set.of(owed.exchange), numbers); // Of a failure there is no turn.
            owed.state = State.OPEN;
            owed.record = null;
            owed.answer = 0;
            return true;
        }
    }

    @Override
    public List<Reply> undelivered(ConversationId conversation) {
        synchronized (logs) {
            InMemoryLog log = log(conversation);
            return log.replies(State.FINISHED).stream()
                    .map(owed -> {
                        Turn question = log.opening(owed.exchange).orElseThrow();
                        ReplyRecord record = Objects.requireNonNull(owed.record);
                        return new Reply(
                                owed.key,
                                conversation,
                                messageOf(question),
                                question.author(),
                                ReplyRecord.delivered(record.text(), record.below()),
                                record.kind(),
                                owed.posted);
                    })
                    .toList();
        }
    }

    @Override
    public void settled(ConversationId conversation, String key, List<MessageRef> messages) {
        synchronized (logs) {
            InMemoryLog log = log(conversation);
            for (Owed owed : log.replies(State.FINISHED)) {
                if (owed.key.equals(key)) {
                    owed.state = State.SETTLED;
                    owed.posted = messages.isEmpty() ? owed.posted : List.copyOf(messages);
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
            InMemoryLog log = log(conversation);
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

    private Erasure erase(InMemoryLog log, SortedSet<Long> numbers) {
        List<Turn> erased = log.living(turn -> numbers.contains(turn.seq()));
        Set<Long> exchanges = erased.stream().map(Turn::exchange).collect(Collectors.toSet());
        return erased.isEmpty() ? Erasure.NOTHING : erase(log, erased, exchanges, numbers);
    }

    /** @param exchanges those of which a digest may not stay */
    private Erasure erase(InMemoryLog log, List<Turn> erased, Set<Long> exchanges, SortedSet<Long> numbers) {
        erased.forEach(turn -> log.entries.get((int) turn.seq() - 1).turn = null);

        Set<Long> stale = new HashSet<>();
        for (Digest digest : log.digests.values()) {
            if (exchanges.stream().anyMatch(digest.covers()::contains)) {
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
        log.pins.removeIf(
                exchange -> log.living(turn -> turn.exchange() == exchange).isEmpty());
        log.epoch++;
        log.mark = marks.get();
        return new Erasure(erased.size(), stale.size());
    }

    @Override
    public boolean pin(ConversationId conversation, long exchange, boolean pinned) {
        synchronized (logs) {
            InMemoryLog log = log(conversation);
            if (log.living(turn -> turn.exchange() == exchange).isEmpty()) {
                return false;
            }
            if (!pinned) {
                log.pins.remove(exchange);
                return true;
            }
            if (!log.pins.contains(exchange) && log.pins.size() >= MOST_PINNED) {
                return false;
            }
            log.pins.add(exchange);
            return true;
        }
    }

    @Override
    public SortedSet<Long> pinned(ConversationId conversation) {
        synchronized (logs) {
            return new TreeSet<>(log(conversation).pins);
        }
    }

    @Override
    public Map<String, String> settings(ConversationId conversation) {
        synchronized (logs) {
            return Collections.unmodifiableMap(new TreeMap<>(log(conversation).settings));
        }
    }

    @Override
    public List<ConversationId> within(String platform, String space) {
        synchronized (logs) {
            requireOpen("");
            return logs.keySet().stream()
                    .filter(one ->
                            one.platform().equals(platform) && one.space().equals(space))
                    .toList();
        }
    }

    @Override
    public List<ConversationId> having(String setting) {
        synchronized (logs) {
            requireOpen("");
            return logs.entrySet().stream()
                    .filter(entry -> entry.getValue().settings.containsKey(setting))
                    .map(Map.Entry::getKey)
                    .toList();
        }
    }

    @Override
    public void set(ConversationId conversation, String name, Optional<String> value) {
        synchronized (logs) {
            requireOpen("");
            if (name.isBlank() || name.length() > 100 || value.orElse("").length() > 2_000) {
                throw new IllegalArgumentException("no setting can be named or valued so");
            }
            if (value.isPresent()) {
                begun(conversation).settings.put(name, value.get());
            } else {
                log(conversation).settings.remove(name);
            }
        }
    }

    @Override
    public void optOut(String platform, String space, String authorId, boolean out) {
        synchronized (logs) {
            requireOpen("");
            for (String part : List.of(platform, space, authorId)) {
                if (part.isBlank() || part.length() > 200) {
                    throw new IllegalArgumentException("nobody can be named so");
                }
            }
            OptOut person = new OptOut(platform, space, authorId);
            if (out) {
                optOuts.add(person);
            } else {
                optOuts.remove(person);
            }
        }
    }

    @Override
    public boolean optedOut(String platform, String space, String authorId) {
        synchronized (logs) {
            requireOpen("");
            return optOuts.contains(new OptOut(platform, space, authorId));
        }
    }

    @Override
    public void audit(ConversationId conversation, AuditRow row) {
        synchronized (logs) {
            requireOpen("");
            Instant at = row.at().truncatedTo(ChronoUnit.MICROS);
            begun(conversation).audit.add(new AuditRow(at, row.by(), row.action(), row.outcome()));
        }
    }

    @Override
    public List<AuditRow> audited(ConversationId conversation, int limit) {
        synchronized (logs) {
            return log(conversation).audit.reversed().stream()
                    .limit(Math.max(0, limit))
                    .toList();
        }
    }

    @Override
    public List<ConversationStatus> conversations() {
        synchronized (logs) {
            requireOpen("");
            return logs.entrySet().stream()
                    .filter(entry -> entry.getValue().newestExchange > 0)
                    .map(entry -> entry.getValue().status(entry.getKey()))
                    .sorted(Comparator.comparing((ConversationStatus status) ->
                                    status.lastSaid().orElse(Instant.MIN))
                            .reversed())
                    .toList();
        }
    }

    @Override
    public void close() {
        synchronized (logs) {
            closed = true;
        }
    }

    /** The conversation's log, or an empty one that is not kept. */
    private InMemoryLog log(ConversationId conversation) {
        requireOpen("");
        InMemoryLog log = logs.get(conversation);
        return log != null ? log : new InMemoryLog(0, "");
    }

    /** The conversation's log, which from now on is kept. */
    private InMemoryLog begun(ConversationId conversation) {
        return logs.computeIfAbsent(conversation, id -> new InMemoryLog(logs.size() + 1L, marks.get()));
    }

    /** What a turn is called with counts as its text does. */
    private static void requireLength(PastTurn turn) {
        long length = turn.text().length()
                + Optional.ofNullable(turn.answersCall()).orElse("").length()
                + turn.toolCalls().stream()
                        .mapToLong(call -> (call.id() + call.name() + call.arguments()).length())
                        .sum();
        if (length > MAX_TEXT) {
            throw new IllegalArgumentException("a turn of " + length + " characters; at most " + MAX_TEXT);
        }
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
