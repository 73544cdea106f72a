package loci.command;

import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import loci.chat.CommandAnswer;
import loci.memory.Erasure;
import loci.memory.Forgetting;
import loci.memory.Forgetting.Plan;
import loci.memory.Forgetting.Scope;

/** {@code /forget}: shows what would go, asks, erases exactly that, and gives a receipt. */
final class Forget implements Command {

    private static final String YES = "--yes";
    private static final int MOST_LAST = 1_000_000;

    private final Forgetting forgetting;
    private final Confirmations confirmations;
    private final InstantSource clock;

    Forget(Forgetting forgetting, Confirmations confirmations, InstantSource clock) {
        this.forgetting = forgetting;
        this.confirmations = confirmations;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "forget";
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
