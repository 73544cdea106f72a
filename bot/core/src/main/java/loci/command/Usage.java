package loci.command;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import loci.chat.CommandAnswer;
import loci.memory.Dollars;
import loci.memory.Ledger;
import loci.memory.Ledger.Budgets;
import loci.memory.Ledger.Payer;
import loci.memory.Ledger.Whose;
import loci.memory.Spending;
import loci.sanitize.OutboundSanitizer;

/** {@code /usage}: what was spent in a month, in a channel or for a person, beside what resending everything would have cost. */
final class Usage implements Command {

    private static final String ME = "me";
    private static final String PEOPLE = "people";

    private final Ledger ledger;
    private final Budgets budgets;
    private final InstantSource clock;

    Usage(Ledger ledger, Budgets budgets, InstantSource clock) {
        this.ledger = ledger;
        this.budgets = budgets;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "usage";
    }

    @Override
    public List<Form> forms() {
        Blank month = Blank.text("month", "2026-10").optional();
        return List.of(
                Form.bare("show", "usage.show", month),
                Form.of(ME, "usage.me", month),
                Form.of(PEOPLE, "usage.people", month));
    }

    @Override
    public Action action(String arguments) {
        return switch (firstWord(arguments)) {
            case ME -> Action.OWN;
            case PEOPLE -> Action.SETTINGS;
            default -> Action.READ;
        };
    }

    private static String firstWord(String arguments) {
        return arguments.strip().toLowerCase(Locale.ROOT).split("\\s+", 2)[0];
    }

    @Override
    public CommandAnswer run(Invocation invocation) {
        String first = firstWord(invocation.arguments());
        boolean named = first.equals(ME) || first.equals(PEOPLE);
        String rest = named ? invocation.arguments().substring(first.length()).strip() : invocation.arguments();
        YearMonth month;
        try {
            month = rest.isEmpty() ? thisMonth() : YearMonth.parse(rest);
        } catch (DateTimeException noMonth) {
            return misunderstood(invocation);
        }
        return switch (first) {
            case ME -> ofPerson(invocation, month);
            case PEOPLE -> people(invocation, month);
            default -> ofChannel(invocation, month);
        };
    }

    private YearMonth thisMonth() {
        return YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC));
    }

    private CommandAnswer ofChannel(Invocation invocation, YearMonth month) {
        List<Spending> spent = ledger.ofChannel(invocation.conversation(), month);
        return answer(invocation, month, "usage.title", spent, row -> kind(row, invocation));
    }

    private CommandAnswer ofPerson(Invocation invocation, YearMonth month) {
        List<Spending> spent = ledger.ofPerson(
                invocation.conversation().platform(), invocation.author().id(), month);
        return answer(invocation, month, "usage.titleMe", spent, row -> kind(row, invocation));
    }

    private CommandAnswer people(Invocation invocation, YearMonth month) {
        List<Spending> spent = ledger.ofChannel(invocation.conversation(), month);
        return answer(
                invocation,
                month,
                "usage.titlePeople",
                spent,
                row -> row.authorId().isEmpty()
                        ? invocation.text("usage.nobody")
                        : OutboundSanitizer.reply(row.authorId(), ""));
    }

    private static String kind(Spending row, Invocation invocation) {
        return OutboundSanitizer.reply(row.model(), "") + ", "
                + invocation.text(
                        switch (row.purpose()) {
                            case REPLY -> "usage.reply";
                            case SUMMARY -> "usage.summary";
                            case RECAP -> "usage.recap";
                        });
    }

    private CommandAnswer answer(
            Invocation invocation, YearMonth month, String title, List<Spending> spent, Function<Spending, String> by) {
        List<String> lines = new ArrayList<>();
        if (spent.isEmpty()) {
            lines.add(invocation.text("usage.nothing", month.toString()));
        } else {
            lines.add(invocation.text(title, month.toString()));
            Map<String, Sum> sums = new LinkedHashMap<>();
            spent.forEach(row -> sums.merge(by.apply(row), Sum.of(row), Sum::plus));
            sums.forEach((name, sum) -> lines.add("- " + line(invocation, name, sum)));
            Sum all = sums.values().stream().reduce(Sum.NOTHING, Sum::plus);
            lines.add(invocation.text("usage.total", Dollars.shown(all.cost())));
            if (all.unpriced() > 0) {
                lines.add(invocation.text("usage.unpriced", all.unpriced()));
            }
            if (all.resendTokens() > 0) {
                lines.add(
                        all.resendCost().signum() > 0
                                ? invocation.text("usage.resend", all.resendTokens(), Dollars.shown(all.resendCost()))
                                : invocation.text("usage.resendTokens", all.resendTokens()));
            }
        }
        if (month.equals(thisMonth())) {
            boolean own = title.equals("usage.titleMe"); // What the others spent is for those who may read here.
            lines.addAll(budgets(invocation, month, own ? List.of(Whose.PERSON) : List.of(Whose.values())));
        }
        return CommandAnswer.of(lines.stream().collect(Collectors.joining("\n")));
    }

    private static String line(Invocation invocation, String name, Sum sum) {
        long cachedPercent = sum.read() == 0 ? 0 : Math.round(100.0 * sum.cached() / sum.read());
        return invocation.text(
                "usage.line",
                name,
                invocation.text("usage.calls", sum.calls()),
                sum.read(),
                cachedPercent,
                sum.written(),
                Dollars.shown(sum.cost()));
    }

    private List<String> budgets(Invocation invocation, YearMonth month, List<Whose> shown) {
        Payer payer = new Payer(invocation.conversation(), invocation.author().id());
        Map<Whose, BigDecimal> used = ledger.used(payer, month);
        Map<Whose, BigDecimal> setAside = ledger.setAside(payer, month);
        List<String> lines = new ArrayList<>();
        for (Whose whose : shown) {
            BigDecimal aside = setAside.getOrDefault(whose, BigDecimal.ZERO);
            budgets.of(whose)
                    .ifPresent(limit -> lines.add(invocation.text(
                            aside.signum() > 0 ? "usage.budgetAside" : "usage.budget",
                            invocation.text("usage.whose." + whose),
                            Dollars.shown(used.getOrDefault(whose, BigDecimal.ZERO)),
                            Dollars.shown(limit),
                            Dollars.shown(aside))));
        }
        return lines;
    }

    /** Several rows together. */
    private record Sum(
            long calls,
            long read,
            long cached,
            long written,
            BigDecimal cost,
            long unpriced,
            long resendTokens,
            BigDecimal resendCost) {

        static final Sum NOTHING = new Sum(0, 0, 0, 0, BigDecimal.ZERO, 0, 0, BigDecimal.ZERO);

        static Sum of(Spending row) {
            return new Sum(
                    row.calls(),
                    row.promptTokens(),
                    row.cachedTokens(),
                    row.replyTokens(),
                    row.cost(),
                    row.unpricedCalls(),
                    row.resendTokens(),
                    row.resendCost());
        }

        Sum plus(Sum other) {
            return new Sum(
                    calls + other.calls,
                    read + other.read,
                    cached + other.cached,
                    written + other.written,
                    cost.add(other.cost),
                    unpriced + other.unpriced,
                    resendTokens + other.resendTokens,
                    resendCost.add(other.resendCost));
        }
    }
}
