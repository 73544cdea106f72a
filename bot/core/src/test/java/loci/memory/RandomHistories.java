package loci.memory;

import static loci.memory.StoreFixture.ADA;
import static loci.memory.StoreFixture.BEN;
import static loci.memory.StoreFixture.KITCHEN;
import static loci.memory.StoreFixture.LAB;
import static loci.memory.StoreFixture.NOON;
import static loci.memory.StoreFixture.answer;
import static loci.memory.StoreFixture.digest;
import static loci.memory.StoreFixture.edited;
import static loci.memory.StoreFixture.failure;
import static loci.memory.StoreFixture.posted;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import loci.chat.ChatEvent.MessagePosted;
import loci.chat.ChatEvent.Quoted;
import loci.chat.ConversationId;
import loci.chat.MessageRef;
import loci.chat.Reply;
import loci.memory.PastExchange.PastTurn;
import loci.model.ToolCall;
import org.junit.jupiter.api.Test;

/**
 * A store and {@link InMemoryStore} are given the same random history and must give the same answers, whatever it is. Keys and marks are
 * each store's own and left out. A store's test extends this and says how to {@linkplain #start start} it.
 */
public abstract class RandomHistories {

    private static final List<ConversationId> PLACES = List.of(LAB, KITCHEN);

    private final Random random = StoreFixture.random(getClass().getSimpleName());
    private InMemoryStore model = new InMemoryStore(StoreFixture.counting(), () -> StoreFixture.NOON);
    private int messages;

    /** Opens the store under test, on a clock that always shows {@link StoreFixture#NOON}. Called again after {@code close()}. */
    protected abstract ConversationStore start();

    @Test
    void everyAnswerIsTheModels() {
        ConversationStore store = start();
        try {
            for (int step = 0; step < 600; step++) {
                ConversationId place = PLACES.get(random.nextInt(PLACES.size()));
                change(store, place);
                if (step % 20 == 19) {
                    compare(store, place);
                }
                if (step % 150 == 149) {
                    store.close();
                    store = start();
                    model = model.restarted();
                }
            }
            for (ConversationId place : PLACES) {
                compare(store, place);
            }
            assertThat(store.unsettled()).containsExactlyInAnyOrderElementsOf(model.unsettled());
        } finally {
            store.close();
        }
    }

    private void change(ConversationStore store, ConversationId place) {
        switch (random.nextInt(19)) {
            case 0, 1, 2, 3 -> say(store, place);
            case 4, 5 -> finish(store, place);
            case 6 -> settle(store, place);
            case 7 -> edit(store, place);
            case 8 -> erase(store, place);
            case 9, 10 -> restore(store, place);
            case 11 -> pin(store, place);
            case 12 -> set(store, place);
            case 13 -> optOut(store);
            case 14 -> audit(store, place);
            case 15 -> again(store, place);
            default -> condense(store, place);
        }
    }

    private void say(ConversationStore store, ConversationId place) {
        int number = random.nextInt(10) == 0 ? random.nextInt(messages + 1) : ++messages;
        MessagePosted said =
                posted(place, "m" + number, number % 2 == 0 ? ADA : BEN, "said " + number, random.nextInt(3) > 0);
        MessageRef quoted = new MessageRef("m" + random.nextInt(messages + 1));
        boolean quotes = random.nextInt(3) == 0;
        same(store, each -> each.record(quotes ? quoting(said, quoted) : said));
    }

    private static MessagePosted quoting(MessagePosted said, MessageRef quoted) {
        return new MessagePosted(
                said.event(),
                said.conversation(),
                said.message(),
                said.author(),
                said.text(),
                said.at(),
                said.addressed(),
                new Quoted(quoted, Optional.empty(), "", said.at()));
    }

    private void finish(ConversationStore store, ConversationId place) {
        Optional<Long> oldest = model.oldestOpenExchange(place);
        long exchange = oldest.isPresent() && random.nextInt(10) > 0 ? oldest.get() : 1 + random.nextInt(messages + 1);
        long epoch = model.epoch(place) - (random.nextInt(10) == 0 ? 1 : 0);
        String text = "reply " + ++messages;
        boolean fails = random.nextInt(5) == 0;
        same(store, each -> each.finish(place, fails ? failure(exchange, text) : answer(exchange, text), epoch));
    }

    private void settle(ConversationStore store, ConversationId place) {
        List<MessageRef> posted = random.nextInt(5) == 0
                ? List.of()
                : List.of(new MessageRef("m" + ++messages), new MessageRef("m" + ++messages));
        same(store, each -> {
            List<Reply> undelivered = each.undelivered(place);
            undelivered.stream().findFirst().ifPresent(reply -> each.settled(place, reply.key(), posted));
            return undelivered.size();
        });
    }

    private void again(ConversationStore store, ConversationId place) {
        MessageRef question = new MessageRef("m" + random.nextInt(messages + 1));
        same(store, each -> each.again(place, question));
    }

    private void edit(ConversationStore store, ConversationId place) {
        String message = "m" + random.nextInt(messages + 1);
        String event = "edit-" + (random.nextInt(10) == 0 ? random.nextInt(messages + 1) : ++messages);
        String text = "edited " + random.nextInt(messages + 1);
        same(store, each -> each.supersede(edited(place, event, message, text)));
    }

    private void erase(ConversationStore store, ConversationId place) {
        long newest = model.newestExchange(place) + 3;
        SortedSet<Long> seqs = new TreeSet<>();
        long first = 1 + random.nextLong(newest);
        for (long seq = first; seq < first + random.nextInt(8); seq++) {
            if (random.nextInt(4) > 0) {
                seqs.add(seq);
            }
        }
        same(store, each -> each.erase(place, seqs));
    }

    /** A question, any number of calls and results, and mostly an answer; sometimes one that is there already. */
    private void restore(ConversationStore store, ConversationId place) {
        int number = random.nextInt(5) == 0 ? random.nextInt(messages + 1) : ++messages;
        List<PastTurn> rest = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            ToolCall call = new ToolCall("call-" + i, "look_up", "{\"number\":" + ++messages + "}");
            rest.add(new PastTurn(Role.BOT, "", NOON, null, List.of(call), null));
            rest.add(new PastTurn(Role.TOOL, "found " + messages, NOON, null, List.of(), call.id()));
        }
        if (random.nextInt(4) > 0) {
            MessageRef message = random.nextBoolean() ? new MessageRef("m" + ++messages) : null;
            rest.add(new PastTurn(Role.BOT, "answer " + messages, NOON, message, List.of(), null));
        }
        PastExchange past = new PastExchange(posted(place, "m" + number, ADA, "asked " + number, true), rest);
        same(store, each -> each.restore(past));
    }

    private void pin(ConversationStore store, ConversationId place) {
        long exchange = 1 + random.nextLong(model.newestExchange(place) + 1);
        boolean pinned = random.nextInt(4) > 0;
        same(store, each -> each.pin(place, exchange, pinned));
    }

    private void set(ConversationStore store, ConversationId place) {
        String name = "setting " + random.nextInt(5);
        Optional<String> value = random.nextInt(4) > 0 ? Optional.of("value " + ++messages) : Optional.empty();
        same(store, each -> {
            each.set(place, name, value);
            return each.settings(place);
        });
    }

    private void optOut(ConversationStore store) {
        String space = "space " + random.nextInt(2);
        String person = "person " + random.nextInt(3);
        boolean out = random.nextBoolean();
        same(store, each -> {
            each.optOut("console", space, person, out);
            return optedOut(each);
        });
    }

    private static List<String> optedOut(ConversationStore store) {
        return IntStream.range(0, 6)
                .filter(i -> store.optedOut("console", "space " + i % 2, "person " + i / 2))
                .mapToObj(i -> "person " + i / 2 + " in space " + i % 2)
                .toList();
    }

    /** Now and then a row that the next opening drops. */
    private void audit(ConversationStore store, ConversationId place) {
        Duration old = Duration.ofDays(random.nextInt(4) == 0 ? 91 : random.nextInt(80));
        AuditRow row = new AuditRow(NOON.minus(old), ADA.id(), "command " + ++messages, "done");
        same(store, each -> {
            each.audit(place, row);
            return each.audited(place, 1);
        });
    }

    private Reach reach() {
        return new Reach(
                random.nextInt(5) == 0 ? Integer.MAX_VALUE : random.nextInt(40),
                random.nextBoolean() ? Long.MAX_VALUE : random.nextInt(300),
                random.nextInt(4) > 0,
                random.nextBoolean(),
                random.nextBoolean());
    }

    /** Mostly what a compactor would do: the oldest uncovered exchanges, or neighbours of one level; sometimes anything. */
    private void condense(ConversationStore store, ConversationId place) {
        List<Digest> note = model.note(place);
        long newest = Math.max(1, model.newestExchange(place));
        long from = note.isEmpty() ? 1 : note.getLast().covers().to() + 1;
        long to = Math.min(newest, from + random.nextInt(6));
        int level = 0;
        if (note.size() > 2 && random.nextInt(3) == 0) {
            int first = random.nextInt(note.size() - 1);
            List<Digest> folded = note.subList(first, Math.min(note.size(), first + 2 + random.nextInt(2)));
            from = folded.getFirst().covers().from();
            to = folded.getLast().covers().to();
            level = 1 + folded.stream().mapToInt(Digest::level).max().orElse(0);
        } else if (random.nextInt(4) == 0) {
            from = 1 + random.nextLong(newest);
            to = from + random.nextInt(10);
        }
        Digest made = digest(level, from, Math.max(from, to), "digest " + ++messages);
        long epoch = model.epoch(place);
        same(store, each -> each.commit(place, made, epoch));
    }

    private void compare(ConversationStore store, ConversationId place) {
        long newest = model.newestExchange(place);
        same(store, each -> each.newestExchange(place));
        same(store, each -> each.epoch(place));
        same(store, each -> each.oldestOpenExchange(place));
        same(store, each -> each.nextQuestion(place).map(question -> question.author() + " " + question.message()));
        same(
                store,
                each -> each.undelivered(place).stream()
                        .map(reply -> reply.text() + reply.kind() + reply.question() + reply.askedBy())
                        .toList());
        same(store, each -> tree(each, place, each.note(place)));
        same(store, each -> each.pinned(place));
        same(store, each -> each.settings(place));
        same(store, each -> each.audited(place, 20));
        same(store, RandomHistories::optedOut);
        same(store, ConversationStore::conversations);
        same(store, each -> each.find(place, new MessageRef("m" + messages)));
        for (int i = 0; i < 5; i++) {
            long exchange = 1 + random.nextLong(newest + 1);
            int limit = random.nextInt(40);
            Reach reach = reach();
            MessageRef message = new MessageRef("m" + random.nextInt(messages + 1));
            same(store, each -> each.view(place, exchange, reach).map(RandomHistories::withoutMark));
            same(store, each -> each.turns(place, new Exchanges(exchange, exchange + limit), limit));
            same(store, each -> each.find(place, message));
        }
    }

    private static List<Digest> tree(ConversationStore store, ConversationId place, List<Digest> digests) {
        List<Digest> all = new ArrayList<>(digests);
        for (Digest digest : digests) {
            all.addAll(tree(store, place, store.children(place, digest.number())));
        }
        return all;
    }

    private static MemoryView withoutMark(MemoryView view) {
        return new MemoryView(
                view.conversation(),
                view.epoch(),
                "",
                view.note(),
                view.pinned(),
                view.window(),
                view.waiting(),
                view.live());
    }

    private <T> void same(ConversationStore store, Function<ConversationStore, T> question) {
        assertThat(question.apply(store)).isEqualTo(question.apply(model));
    }
}
