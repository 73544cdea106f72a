package loci.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import loci.chat.Author;
import loci.chat.ChatEvent.MessageEdited;
import loci.chat.ChatEvent.MessagePosted;
import loci.chat.ConversationId;
import loci.chat.EventId;
import loci.chat.MessageRef;
import loci.chat.Reply;
import loci.memory.Forgetting.Plan;
import loci.memory.Forgetting.Scope;
import loci.model.Usage;
import org.junit.jupiter.api.Test;

class ForgettingTest {

    private static final ConversationId PLACE = ConversationId.ofChannel("test", "space", "lab");
    private static final Instant AT = Instant.parse("2026-03-01T09:00:00Z");

    private final InMemoryStore store = new InMemoryStore(() -> "k3f9q2", () -> AT);
    private final Forgetting forgetting = new Forgetting(store);
    private int posted;

    private long post(String author, String text, boolean addressed) {
        String id = "m" + ++posted;
        return store.record(new MessagePosted(
                        new EventId("e" + id),
                        PLACE,
                        new MessageRef(id),
                        new Author("id-" + author, author),
                        text,
                        AT.plusSeconds(posted),
                        addressed))
                .seq();
    }

    private void answer(long exchange, String text) {
        ReplyRecord reply = new ReplyRecord(exchange, Reply.Kind.ANSWER, text, "m", 1, Usage.UNKNOWN);
        assertThat(store.finish(PLACE, reply, store.epoch(PLACE))).isTrue();
        String key = store.undelivered(PLACE).getLast().key();
        store.settled(PLACE, key, List.of(new MessageRef("answer-" + exchange)));
    }

    private List<String> texts() {
        return store.turns(PLACE, new Exchanges(1, store.newestExchange(PLACE)), 1_000).stream()
                .map(Turn::text)
                .toList();
    }

    private MessageEdited edit(long message, String text) {
        return new MessageEdited(new EventId("edit" + message), PLACE, new MessageRef("m" + message), text, AT);
    }

    @Test
    void thePlanIsExactlyWhatIsErased() {
        long seed = Long.getLong("seed", 3);
        Random random = new Random(seed);
        String[] words = {"marmalade", "heliotrope", "zebra", "quince", "bicycle"};
        for (int round = 0; round < 150; round++) {
            for (int i = random.nextInt(6); i >= 0; i--) {
                boolean addressed = random.nextBoolean();
                long exchange = post(random.nextBoolean() ? "ada" : "ben", "a " + words[random.nextInt(5)], addressed);
                if (addressed) {
                    answer(exchange, "the " + words[random.nextInt(5)]);
                }
            }
            long newest = store.newestExchange(PLACE);
            long covered = store.note(PLACE).isEmpty()
                    ? 0
                    : store.note(PLACE).getLast().covers().to();
            if (covered < newest) {
                Digest digest = new Digest(0, 0, new Exchanges(covered + 1, newest), 1, "", "- so far", AT);
                assertThat(store.commit(PLACE, digest, store.epoch(PLACE))).isTrue();
            }
            Scope scope = switch (random.nextInt(5)) {
                case 0 -> new Scope.Mine("id-ada");
                case 1 -> new Scope.Last(1 + random.nextInt(5));
                case 2 -> new Scope.Since(AT.plusSeconds(posted - random.nextInt(4)));
                case 3 -> new Scope.Turns(new TreeSet<>(List.of(1L + random.nextInt(posted))));
                default -> random.nextInt(6) == 0 ? new Scope.Here() : new Scope.Last(1);
            };
            int before = texts().size();
            Plan plan = forgetting.plan(PLACE, scope);
            Erasure erased = forgetting.carryOut(plan);
            assertThat(erased)
                    .as("seed %d, round %d, %s", seed, round, scope)
                    .isEqualTo(new Erasure(plan.turns().size(), plan.digests()));
            assertThat(texts()).hasSize(before - erased.turns());
        }
    }

    @Test
    void aReplyToAForgottenQuestionGoesWithItAndSoDoesOneThatQuotesIt() {
        long question = post("ada", "Is Marmalade a good name?", true);
        answer(question, "Yes.");
        long other = post("ben", "What was the name?", true);
        answer(other, "It was Marmalade.");
        long third = post("ben", "And now?", true);
        answer(third, "Nothing.");
        forgetting.carryOut(forgetting.plan(PLACE, new Scope.Mine("id-ada")));
        assertThat(texts()).containsExactly("What was the name?", "And now?", "Nothing.");
    }

    @Test
    void aVersionWrittenBetweenPreviewAndConfirmationGoesToo() {
        post("ada", "My cat is called Marmalade.", false);
        Plan plan = forgetting.plan(PLACE, new Scope.Here());
        store.supersede(edit(1, "My cat is called Heliotrope."));
        post("ben", "That stays.", false);
        forgetting.carryOut(plan);
        assertThat(texts()).containsExactly("That stays.");
    }

    @Test
    void aReplyThatQuotesItSinceThePreviewGoesToo() {
        post("ada", "My cat is called Marmalade.", false);
        Plan plan = forgetting.plan(PLACE, new Scope.Here());
        answer(post("ben", "What is it called?", true), "Marmalade!");
        forgetting.carryOut(plan);
        assertThat(texts()).containsExactly("What is it called?");
    }

    @Test
    void aReplyFinishedWhileTheLogIsReadIsNotOverlooked() {
        post("ada", "My cat is called Marmalade.", false);
        long question = post("ben", "What is it called?", true);
        Forgetting late = new Forgetting(before("erase", () -> answer(question, "Marmalade!")));
        late.carryOut(late.plan(PLACE, new Scope.Mine("id-ada")));
        assertThat(texts()).containsExactly("What is it called?");
    }

    @Test
    void aReplyFinishedWhileAnEditIsTakenIsNotOverlooked() {
        post("ada", "My cat is called Marmalade.", false);
        long question = post("ben", "What is it called?", true);
        Turn before = store.find(PLACE, new MessageRef("m1")).orElseThrow();
        Forgetting late = new Forgetting(before("supersede", () -> answer(question, "Marmalade!")));
        late.supersede(before, edit(1, "My cat is private."));
        assertThat(texts()).containsExactly("My cat is private.", "What is it called?");
    }

    @Test
    void anEditTakesTheRepliesThatQuoteWhatItNoLongerSays() {
        post("ada", "My cat is called Marmalade and likes fish.", false);
        answer(post("ben", "Name?", true), "Marmalade!");
        answer(post("ben", "Food?", true), "Likes fish.");
        Turn before = store.find(PLACE, new MessageRef("m1")).orElseThrow();
        forgetting.supersede(before, edit(1, "My cat likes fish."));
        assertThat(texts()).containsExactly("My cat likes fish.", "Name?", "Food?", "Likes fish.");
    }

    @Test
    void nothingNamedIsNothingErased() {
        assertThat(forgetting.plan(PLACE, new Scope.Here()).isEmpty()).isTrue();
        post("ada", "hello", false);
        long epoch = store.epoch(PLACE);
        assertThat(forgetting.carryOut(forgetting.plan(PLACE, new Scope.Mine("id-eve"))))
                .isEqualTo(Erasure.NOTHING);
        assertThat(store.epoch(PLACE)).isEqualTo(epoch);
    }

    /** The store, with something that happens once, just before a call of that name. */
    private ConversationStore before(String call, Runnable once) {
        boolean[] done = {false};
        return (ConversationStore) Proxy.newProxyInstance(
                ConversationStore.class.getClassLoader(),
                new Class<?>[] {ConversationStore.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals(call) && !done[0]) {
                        done[0] = true;
                        once.run();
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                });
    }
}
