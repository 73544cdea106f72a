package loci.memory;

import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Predicate;
import loci.chat.ConversationId;
import loci.model.Prompt;
import org.jspecify.annotations.Nullable;

/** The simplest ledger: maps under one lock. Thread-safe. */
public final class InMemoryLedger implements Ledger {

    private static final BigDecimal NOTHING = Dollars.kept(BigDecimal.ZERO);

    private final Map<Scope, BigDecimal> spent = new HashMap<>();
    private final Map<Scope, BigDecimal> setAside = new HashMap<>();
    private final Map<Scope, BigDecimal> toldOf = new HashMap<>();
    private final Map<Long, Reservation> reservations = new HashMap<>();
    private final Map<Key, Spending> spending = new HashMap<>();
    private final Map<ConversationId, Said> said = new HashMap<>();
    private long lastReservation;

    /** What is counted together in a month; the parts that do not tell it from others are empty. */
    private record Scope(YearMonth month, Whose whose, List<String> names) {}

    private record Reservation(List<Scope> scopes, BigDecimal amount) {}

    private record Key(
            YearMonth month, ConversationId conversation, String authorId, String model, Prompt.Purpose purpose) {

        boolean isOf(ConversationId channel) {
            return conversation.platform().equals(channel.platform())
                    && conversation.space().equals(channel.space())
                    && conversation.channel().equals(channel.channel());
        }
    }

    @Override
    public synchronized Decision reserve(Payer payer, YearMonth month, BigDecimal amount, Budgets budgets) {
        BigDecimal asked = Dollars.kept(amount);
        List<Scope> scopes = scopes(payer, month);
        for (Scope scope : scopes) {
            Optional<BigDecimal> limit = budgets.of(scope.whose());
            if (limit.isPresent()) {
                BigDecimal used = used(scope);
                if (used.add(asked).compareTo(limit.get()) > 0) {
                    return new Decision.Refused(scope.whose(), used, limit.get());
                }
            }
        }
        scopes.forEach(scope -> setAside.merge(scope, asked, BigDecimal::add));
        lastReservation++;
        reservations.put(lastReservation, new Reservation(scopes, asked));
        return new Decision.Granted(lastReservation);
    }

    @Override
    public synchronized void settle(OptionalLong reservation, ModelCall call) {
        if (reservation.isPresent() && !giveBack(reservation.getAsLong())) {
            return;
        }
        BigDecimal cost = call.cost().orElse(NOTHING);
        scopes(call.payer(), call.month()).forEach(scope -> spent.merge(scope, cost, BigDecimal::add));
        Key key = new Key(
                call.month(), call.payer().conversation(), call.payer().authorId(), call.model(), call.purpose());
        spending.merge(key, spendingOf(call), InMemoryLedger::together);
        call.said()
                .ifPresent(counted -> said.merge(
                        call.payer().conversation(), counted, (before, now) -> now.isNewerThan(before) ? now : before));
    }

    @Override
    public synchronized void release(long reservation) {
        giveBack(reservation);
    }

    private boolean giveBack(long number) {
        @Nullable Reservation reservation = reservations.remove(number);
        if (reservation == null) {
            return false;
        }
        reservation.scopes().forEach(scope -> setAside.merge(scope, reservation.amount(), BigDecimal::subtract));
        return true;
    }

    @Override
    public synchronized List<Share> toTell(Payer payer, YearMonth month, Budgets budgets, BigDecimal part) {
        List<Share> shares = new ArrayList<>();
        for (Scope scope : scopes(payer, month)) {
            BigDecimal used = spent.getOrDefault(scope, NOTHING);
            Optional<BigDecimal> limit = budgets.of(scope.whose())
                    .filter(most -> used.signum() > 0 && used.compareTo(most.multiply(part)) >= 0)
                    .filter(most -> toldOf.getOrDefault(scope, NOTHING).compareTo(most) < 0);
            limit.ifPresent(most -> {
                toldOf.put(scope, most);
                shares.add(new Share(scope.whose(), used, most));
            });
        }
        return List.copyOf(shares);
    }

    @Override
    public synchronized Map<Whose, BigDecimal> used(Payer payer, YearMonth month) {
        return totals(payer, month, this::used);
    }

    @Override
    public synchronized Map<Whose, BigDecimal> setAside(Payer payer, YearMonth month) {
        return totals(payer, month, scope -> setAside.getOrDefault(scope, NOTHING));
    }

    private static Map<Whose, BigDecimal> totals(Payer payer, YearMonth month, Function<Scope, BigDecimal> total) {
        Map<Whose, BigDecimal> totals = new EnumMap<>(Whose.class);
        scopes(payer, month).forEach(scope -> totals.put(scope.whose(), total.apply(scope)));
        return Collections.unmodifiableMap(totals);
    }

    private BigDecimal used(Scope scope) {
        return spent.getOrDefault(scope, NOTHING).add(setAside.getOrDefault(scope, NOTHING));
    }

    @Override
    public synchronized List<Spending> ofChannel(ConversationId conversation, YearMonth month) {
        return sums(key -> key.month().equals(month) && key.isOf(conversation));
    }

    @Override
    public synchronized List<Spending> ofPerson(String platform, String authorId, YearMonth month) {
        return authorId.isEmpty()
                ? List.of()
                : sums(key -> key.month().equals(month)
                        && key.conversation().platform().equals(platform)
                        && key.authorId().equals(authorId));
    }

    private List<Spending> sums(Predicate<Key> counted) {
        Map<List<Object>, Spending> sums = new HashMap<>();
        spending.forEach((key, one) -> {
            if (counted.test(key)) {
                sums.merge(List.of(key.authorId(), key.model(), key.purpose()), one, InMemoryLedger::together);
            }
        });
        return sums.values().stream().sorted(Spending.COSTLIEST_FIRST).toList();
    }

    @Override
    public synchronized Said said(ConversationId conversation) {
        return said.getOrDefault(conversation, Said.NOTHING);
    }

    /** The widest first. */
    private static List<Scope> scopes(Payer payer, YearMonth month) {
        ConversationId place = payer.conversation();
        List<Scope> scopes = new ArrayList<>();
        scopes.add(new Scope(month, Whose.ALL, List.of()));
        scopes.add(new Scope(month, Whose.CHANNEL, List.of(place.platform(), place.space(), place.channel())));
        if (payer.isPerson()) {
            scopes.add(new Scope(month, Whose.PERSON, List.of(place.platform(), payer.authorId())));
        }
        return scopes;
    }

    private static Spending spendingOf(ModelCall call) {
        return new Spending(
                call.payer().authorId(),
                call.model(),
                call.purpose(),
                1,
                call.usage().promptTokens(),
                call.usage().cachedTokens(),
                call.usage().replyTokens(),
                call.cost().orElse(NOTHING),
                call.cost().isPresent() ? 0 : 1,
                call.estimated() ? 1 : 0,
                call.resendTokens(),
                call.resendCost().orElse(NOTHING));
    }

    private static Spending together(Spending one, Spending other) {
        return new Spending(
                one.authorId(),
                one.model(),
                one.purpose(),
                one.calls() + other.calls(),
                one.promptTokens() + other.promptTokens(),
                one.cachedTokens() + other.cachedTokens(),
                one.replyTokens() + other.replyTokens(),
                one.cost().add(other.cost()),
                one.unpricedCalls() + other.unpricedCalls(),
                one.estimatedCalls() + other.estimatedCalls(),
                one.resendTokens() + other.resendTokens(),
                one.resendCost().add(other.resendCost()));
    }
}
