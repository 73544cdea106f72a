package loci.command;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import loci.chat.ChatEvent.CommandInvoked;
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
    private final ZoneId zone;

    Forget(Forgetting forgetting, Confirmations confirmations, InstantSource clock, ZoneId zone) {
        this.forgetting = forgetting;
        this.confirmations = confirmations;
        this.clock = clock;
        this.zone = zone;
    }

    @Override
    public String name() {
        return "forget";
    }

    @Override
    public String usage() {
        return """
            `/forget here` — forget everything said in this channel
            `/forget mine` — forget everything you said in it
            `/forget last 5` — forget the last 5 messages, mine counted
            `/forget since 2h` — forget what was said since then (`30m`, `2h`, `3d`, `1w`, `today`, `yesterday`, `10:30`, `2026-11-20`)
              each shows what would go and asks first; add `--yes` to skip the question\
            """;
    }

    @Override
    public CommandAnswer run(CommandInvoked invocation) {
        String arguments = (" " + invocation.arguments() + " ");
        boolean sure = arguments.contains(" " + YES + " ");
        String wanted = arguments.replace(" " + YES + " ", " ").strip().toLowerCase(Locale.ROOT);
        Optional<Scope> scope = scope(wanted, invocation);
        if (scope.isEmpty()) {
            return CommandAnswer.of(
                    (wanted.isEmpty() ? "What should I forget?\n" : "I did not understand what to forget.\n")
                            + usage());
        }
        Plan plan = forgetting.plan(invocation.conversation(), scope.get());
        if (plan.isEmpty()) {
            return CommandAnswer.of("There is nothing to forget: I remember no such message here.");
        }
        if (sure) {
            return carryOut(plan);
        }
        String count = plural(plan.turns().size(), "message");
        return confirmations.ask(
                invocation,
                "This would erase " + describe(plan) + ". It cannot be undone. Go ahead? (yes)",
                "Forget " + count,
                () -> carryOut(plan));
    }

    private CommandAnswer carryOut(Plan plan) {
        Erasure erased = forgetting.carryOut(plan);
        if (erased.turns() == 0) {
            return CommandAnswer.of("There was nothing left to forget.");
        }
        return CommandAnswer.of("Forgotten: " + plural(erased.turns(), "message") + " and "
                + plural(erased.digests(), "summary")
                + " made from them. They are in no later prompt, and no file will give them back.");
    }

    private static String describe(Plan plan) {
        String text = plural(plan.named().size(), "message");
        if (!plan.quoting().isEmpty()) {
            text += ", " + plural(plan.quoting().size(), "more reply") + " of mine that answer or quote them";
        }
        return text + " and " + plural(plan.digests(), "summary") + " made from them";
    }

    private Optional<Scope> scope(String wanted, CommandInvoked invocation) {
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
            Instant now = clock.instant();
            return Times.parse(wanted.substring("since ".length()).strip(), now, zone)
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

    private static String plural(int count, String noun) {
        if (count == 1) {
            return "1 " + noun;
        }
        String many = noun.endsWith("y") ? noun.substring(0, noun.length() - 1) + "ies" : noun + "s";
        return count + " " + many;
    }
}
