package loci.replay;

import java.math.BigDecimal;
import java.util.Optional;
import loci.model.Prices;
import loci.model.Usage;

/** Adds up what calls cost, at a model's prices. Not thread-safe. */
final class Bill {

    private final Optional<Prices> prices;
    private long read;
    private long cached;
    private long written;
    private BigDecimal uncachedMoney = BigDecimal.ZERO;
    private BigDecimal cachedMoney = BigDecimal.ZERO;

    Bill(Optional<Prices> prices) {
        this.prices = prices;
    }

    /** @param fromCache how many of the tokens read the provider would have had in its cache */
    void call(int tokensRead, int fromCache, int tokensWritten) {
        read += tokensRead;
        cached += fromCache;
        written += tokensWritten;
        prices.ifPresent(price -> {
            uncachedMoney = uncachedMoney.add(price.cost(new Usage(tokensRead, 0, tokensWritten, 0)));
            cachedMoney = cachedMoney.add(price.cost(new Usage(tokensRead, fromCache, tokensWritten, 0)));
        });
    }

    Cost total() {
        return new Cost(read, cached, written, prices.map(price -> uncachedMoney), prices.map(price -> cachedMoney));
    }

    /**
     * What calls came to.
     *
     * @param read tokens of prompts
     * @param cached how many of them the provider's cache would have served
     * @param written tokens of replies or digests
     * @param uncached dollars without the provider's cache; empty where the model's prices are not known
     * @param withCache dollars with it
     */
    record Cost(long read, long cached, long written, Optional<BigDecimal> uncached, Optional<BigDecimal> withCache) {

        Cost plus(Cost other) {
            return new Cost(
                    read + other.read,
                    cached + other.cached,
                    written + other.written,
                    uncached.flatMap(one -> other.uncached.map(one::add)),
                    withCache.flatMap(one -> other.withCache.map(one::add)));
        }
    }
}
