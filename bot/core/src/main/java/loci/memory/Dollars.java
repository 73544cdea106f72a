package loci.memory;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** The rules for amounts of US dollars that are set aside or spent: from 0 to {@link #MOST}, to {@value #DIGITS} decimals. Pure. */
public final class Dollars {

    /** How many decimals are kept. A price for a million tokens has about four, so one token's price has about ten. */
    public static final int DIGITS = 12;

    /** The most that one call may cost: far above any, and low enough that no sum of calls ever leaves its column. */
    public static final BigDecimal MOST = BigDecimal.valueOf(1_000_000_000L);

    private static final BigDecimal CENT = new BigDecimal("0.01");

    private Dollars() {}

    /**
     * Returns an amount as it is kept: what is beyond the last decimal is rounded up, so that no budget holds more than it says.
     *
     * @throws IllegalArgumentException where it is negative or above {@link #MOST}
     */
    public static BigDecimal kept(BigDecimal amount) {
        if (amount.signum() < 0 || amount.compareTo(MOST) > 0) {
            throw new IllegalArgumentException("no call can cost " + amount + " dollars");
        }
        return amount.setScale(DIGITS, RoundingMode.CEILING);
    }

    /** Returns an amount for people: whole dollars, else to the cent, and below a cent to two digits that matter. */
    public static String shown(BigDecimal amount) {
        BigDecimal bare = amount.stripTrailingZeros();
        boolean tiny = bare.signum() > 0 && bare.compareTo(CENT) < 0;
        int scale = tiny ? Math.min(DIGITS, bare.scale() - bare.precision() + 2) : bare.scale() <= 0 ? 0 : 2;
        return "$" + bare.setScale(scale, RoundingMode.HALF_UP).toPlainString();
    }
}
