package loci.command;

import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import loci.chat.ChatEvent.Picked;
import loci.chat.CommandAnswer;
import loci.chat.ConversationId;
import loci.memory.ConversationStore;
import loci.memory.Erasure;
import loci.memory.Exchanges;
import loci.memory.Forgetting;
import loci.memory.Forgetting.Plan;
import loci.memory.Forgetting.Scope;
import loci.memory.Turn;
import org.jspecify.annotations.Nullable;

/** {@code /forget}: shows what would go, asks, erases exactly that, and gives a receipt. */
final class Forget implements Command {

    static final String NAME = "forget";

    /** The message that was picked. It cannot be typed: only a platform can say which message that is. */
    static final String THIS = "this";

    private static final String YES = "--yes";
    private static final int MOST_LAST = 1_000_000;

    private final ConversationStore store;
    private final Forgetting forgetting;
    private final Confirmations confirmations;
    private final InstantSource clock;

    Forget(ConversationStore store, Confirmations confirmations, InstantSource clock) {
        this.store = store;
        this.forgetting = new Forgetting(store);
        this.confirmations = confirmations;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Form> forms() {
        return List.of(
                Form.of("here", "forget.here"),
                Form.of("mine", "forget.mine"),
                Form.of("last", "forget.last", Blank.number("count", "5")),
                Form.of("since", "forget.since", Blank.text("time", "2h")));
    }

    @Override
    public Action action(String arguments) {
        return wanted(arguments).equals("mine") ? Action.OWN : Action.FORGET;
    }

    /** A message of one's own, and the bot's answer to it, is one's own to have forgotten; what is not remembered is nobody's. */
    @Override
    public Action action(Invocation invocation) {
        Picked picked = picked(invocation);
        if (picked == null) {
            return action(invocation.arguments());
        }
        String person = invocation.author().id();
        return store.find(invocation.conversation(), picked.message())
                .filter(turn -> !isOf(person, turn, invocation.conversation()))
                .map(others -> Action.FORGET)
                .orElse(Action.OWN);
    }

    private boolean isOf(String person, Turn turn, ConversationId conversation) {
        Exchanges exchange = new Exchanges(turn.exchange(), turn.exchange());
        return store.turns(conversation, exchange, 1).stream()
                .anyMatch(opening ->
                        opening.opensExchange() && opening.author().id().equals(person));
    }

    private static @Nullable Picked picked(Invocation invocation) {
        return wanted(invocation.arguments()).equals(THIS) ? invocation.picked() : null;
    }

    private static String wanted(String arguments) {
        return (" " + arguments + " ").replace(" " + YES + " ", " ").strip().toLowerCase(Locale.ROOT);
    }

    @Override
    public CommandAnswer run(Invocation invocation) {
        boolean sure = (" " + invocation.arguments() + " ").contains(" " + YES + " ");
        String wanted = wanted(invocation.arguments());
        if (wanted.isEmpty()) {
            return CommandAnswer.of(invocation.text("forget.what") + "\n" + usage(invocation.texts()));
        }
        Picked picked = picked(invocation);
        if (picked != null) {
            return store.find(invocation.conversation(), picked.message())
                    .map(turn -> ask(invocation, new TreeSet<>(List.of(turn.seq()))))
                    .orElseGet(() -> invocation.answer("forget.notRemembered"));
        }
        Optional<Scope> scope = scope(wanted, invocation);
        if (scope.isEmpty()) {
            return misunderstood(invocation);
        }
        Plan plan = forgetting.plan(invocation.conversation(), scope.get());
        if (plan.isEmpty()) {
            return invocation.answer("forget.nothing");
        }
        return sure ? carryOut(plan, invocation) : ask(invocation, plan);
    }

    /** Shows what would go with these turns, and asks. */
    CommandAnswer ask(Invocation invocation, SortedSet<Long> turns) {
        return ask(invocation, forgetting.plan(invocation.conversation(), new Scope.Turns(turns)));
    }

    private CommandAnswer ask(Invocation invocation, Plan plan) {
        return confirmations.ask(
                invocation,
                invocation.text("forget.ask", describe(plan, invocation)),
                invocation.text(
                        "forget.button",
                        invocation.text("messages", plan.turns().size())),
                () -> carryOut(plan, invocation));
    }

    private CommandAnswer carryOut(Plan plan, Invocation invocation) {
        Erasure erased = forgetting.carryOut(plan);
        return erased.turns() == 0
                ? invocation.answer("forget.late")
                : invocation.answer(
                        "forget.done",
                        invocation.text("messages", erased.turns()),
                        invocation.text("summaries", erased.digests()));
    }

    private static String describe(Plan plan, Invocation invocation) {
        String named = invocation.text("messages", plan.named().size());
        String digests = invocation.text("summaries", plan.digests());
        return plan.quoting().isEmpty()
                ? invocation.text("forget.plan", named, digests)
                : invocation.text(
                        "forget.planQuoting",
                        named,
                        invocation.text("replies", plan.quoting().size()),
                        digests);
    }

    private Optional<Scope> scope(String wanted, Invocation invocation) {
        if (wanted.equals("here")) {
            return Optional.of(new Scope.Here());
        }
        if (wanted.equals("mine")) {
            return Optional.of(new Scope.Mine(invocation.author().id()));
        }
        if (wanted.startsWith("last ")) {
            return number(wanted.substring("last ".length()).strip()).map(Scope.Last::new);
        }
        if (wanted.startsWith("since ")) {
            return Times.parse(
                            wanted.substring("since ".length()).strip(),
                            clock.instant(),
                            invocation.caller().zone())
                    .map(Scope.Since::new);
        }
        return Optional.empty();
    }

    private static Optional<Integer> number(String text) {
        if (!text.matches("[0-9]{1,7}")) {
            return Optional.empty();
        }
        int number = Integer.parseInt(text);
        return number >= 1 && number <= MOST_LAST ? Optional.of(number) : Optional.empty();
    }
}
