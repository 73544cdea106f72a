package loci.memory;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import loci.chat.Author;
import loci.chat.ChatEvent.MessagePosted;
import loci.chat.ConversationId;
import loci.chat.EventId;
import loci.chat.MessageRef;
import loci.memory.PastExchange.PastTurn;
import loci.model.ToolCall;
import org.jspecify.annotations.Nullable;

/** What {@link InMemoryStore} remembers of one conversation. Used under that store's lock. */
final class InMemoryLog {

    /** The order in which turns are read: by exchange, its opening message first. */
    private static final Comparator<Turn> READING = Comparator.comparingLong(Turn::exchange)
            .thenComparing(turn -> !turn.opensExchange())
            .thenComparingLong(Turn::seq);

    final long number;
    final List<Entry> entries = new ArrayList<>();
    final TreeMap<Long, Owed> replies = new TreeMap<>();
    final TreeMap<Long, Digest> digests = new TreeMap<>();
    final Map<Long, Long> parents = new LinkedHashMap<>();
    final SortedSet<Long> pins = new TreeSet<>();
    final TreeMap<String, String> settings = new TreeMap<>();
    final List<AuditRow> audit = new ArrayList<>();
    long nextDigest = 1;
    long newestExchange;
    long epoch;
    String mark;

    InMemoryLog(long number, String mark) {
        this.number = number;
        this.mark = mark;
    }

    /** A place in the log; the turn is null once erased. */
    static final class Entry {
        @Nullable
        MessageRef message;

        final @Nullable EventId event;

        @Nullable
        Turn turn;

        /** The message that this one quotes. */
        @Nullable
        MessageRef quotes;

        Entry(@Nullable MessageRef message, @Nullable EventId event, Turn turn) {
            this.message = message;
            this.event = event;
            this.turn = turn;
        }
    }

    enum State {
        OPEN,
        FINISHED,
        SETTLED,
        WITHDRAWN
    }

    /** The reply that one exchange is owed. */
    static final class Owed {
        final long exchange;
        final String key;
        final Instant asked;
        State state = State.OPEN;

        @Nullable
        ReplyRecord record;

        /** The turn that holds the answer; 0 for a failure, or before it is finished. */
        long answer;

        List<MessageRef> posted = List.of();

        /** Where another answer was asked for, it takes the place of these. */
        OpenQuestion question(Turn asked) {
            return new OpenQuestion(
                    exchange,
                    key,
                    Objects.requireNonNull(asked.message(), "a person's turn has a message id"),
                    asked.author(),
                    posted);
        }

        Owed(long exchange, String key, Instant asked) {
            this.exchange = exchange;
            this.key = key;
            this.asked = asked.truncatedTo(ChronoUnit.MICROS);
        }
    }

    List<Turn> living(Predicate<Turn> which) {
        return entries.stream()
                .flatMap(entry -> Optional.ofNullable(entry.turn).stream())
                .filter(which)
                .sorted(READING)
                .toList();
    }

    Optional<Turn> holding(MessageRef message) {
        return living(turn -> message.equals(turn.message())).stream().max(Comparator.comparingLong(Turn::seq));
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
        return replies.values().stream().filter(reply -> reply.state == state).toList();
    }

    /** The newest turn, erased or not, that this event or this message brought. */
    Optional<Long> repeated(MessagePosted event) {
        for (int i = entries.size(); i >= 1; i--) {
            Entry entry = entries.get(i - 1);
            if (event.event().equals(entry.event) || event.message().equals(entry.message)) {
                return Optional.of((long) i);
            }
        }
        return Optional.empty();
    }

    /** The turn that now holds a message, or the answer of which it is a part. */
    Optional<Turn> find(MessageRef message) {
        return holding(message)
                .or(() -> replies.values().stream()
                        .filter(reply -> reply.posted.contains(message))
                        .flatMap(reply -> living(turn -> turn.seq() == reply.answer).stream())
                        .findFirst());
    }

    /** Appends the message that begins an exchange. */
    long begin(MessagePosted event) {
        newestExchange = entries.size() + 1L;
        long seq = append(
                newestExchange,
                Role.PERSON,
                event.author(),
                event.message(),
                event.event(),
                event.text(),
                event.at(),
                List.of(),
                null);
        entries.getLast().quotes =
                event.quoted() == null ? null : event.quoted().message();
        return seq;
    }

    /** The older turn that a message quotes, in whatever version it is read. */
    private Optional<Turn> quoted(Turn live) {
        return Optional.ofNullable(entries.get((int) live.exchange() - 1).quotes)
                .flatMap(this::find)
                .filter(turn -> turn.exchange() < live.exchange());
    }

    long answer(long exchange, String text, Instant at) {
        return append(exchange, Role.BOT, Author.LOCI, null, null, text, at, List.of(), null);
    }

    void restore(long exchange, PastTurn turn) {
        append(
                exchange,
                turn.role(),
                Author.LOCI,
                turn.message(),
                null,
                turn.text(),
                turn.at(),
                turn.toolCalls(),
                turn.answersCall());
    }

    long append(
            long exchange,
            Role role,
            Author author,
            @Nullable MessageRef message,
            @Nullable EventId event,
            String text,
            Instant at,
            List<ToolCall> toolCalls,
            @Nullable String answersCall) {
        long seq = entries.size() + 1L;
        Instant kept = at.truncatedTo(ChronoUnit.MICROS);
        Turn turn = new Turn(seq, exchange, role, author, message, text, kept, toolCalls, answersCall);
        entries.add(new Entry(message, event, turn));
        return seq;
    }

    ConversationStatus status(ConversationId conversation) {
        List<Turn> living = living(turn -> true);
        List<Owed> open = replies(State.OPEN);
        List<Owed> undelivered = replies(State.FINISHED);
        return new ConversationStatus(
                conversation,
                living.size(),
                digests((Long) null).size(),
                pins.size(),
                open.size(),
                undelivered.size(),
                living.stream()
                        .max(Comparator.comparingLong(Turn::exchange).thenComparingLong(Turn::seq))
                        .map(Turn::at),
                Stream.concat(open.stream(), undelivered.stream())
                        .min(Comparator.comparingLong(owed -> owed.exchange))
                        .map(owed -> owed.asked));
    }

    MemoryView view(ConversationId conversation, Turn live, Reach reach) {
        long exchange = live.exchange();
        List<Digest> note = digests((Long) null).stream()
                .filter(digest -> digest.covers().to() < exchange)
                .toList();
        long end =
                reach.intoNote() || note.isEmpty() ? 0 : note.getLast().covers().to();
        List<Turn> window = newest(living(turn -> turn.exchange() > end && turn.exchange() < exchange), reach);
        long waiting = living(turn -> turn.exchange() < exchange
                        && (window.isEmpty()
                                || turn.exchange() < window.getFirst().exchange())
                        && note.stream().noneMatch(digest -> digest.covers().contains(turn.exchange())))
                .size();
        return new MemoryView(
                conversation,
                epoch,
                mark,
                reach.note() ? note : List.of(),
                reach.pinned()
                        ? living(turn -> turn.exchange() < exchange && pins.contains(turn.exchange()))
                        : List.of(),
                window,
                reach.note() ? (int) waiting : 0,
                quoted(live),
                live);
    }

    /** The longest tail of whole exchanges that holds no more messages, nor more characters, than the reach. */
    private static List<Turn> newest(List<Turn> turns, Reach reach) {
        List<Turn> window = List.of();
        long messages = 0;
        long chars = 0;
        for (int start = turns.size() - 1; start >= 0 && reach.messages() > 0; start--) {
            Turn turn = turns.get(start);
            messages += turn.role() == Role.TOOL ? 0 : 1;
            chars += turn.text().length();
            if (messages > reach.messages() || chars > reach.chars()) {
                break;
            }
            if (start == 0 || turns.get(start - 1).exchange() != turn.exchange()) {
                window = turns.subList(start, turns.size());
            }
        }
        return window;
    }
}
