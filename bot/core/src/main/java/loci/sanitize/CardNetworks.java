package loci.sanitize;

/** Which prefixes and lengths the payment card networks issue (ISO/IEC 7812 ranges as the networks publish them). */
final class CardNetworks {
    private CardNetworks() {}

    /**
     * True when a network issues numbers like this.
     *
     * @param grouped whether it was written in groups; 17 and 18 bare digits are more often a chat platform's id
     */
    static boolean issues(CharSequence digits, boolean grouped) {
        int length = digits.length();
        if (length < 13 || length > 19 || (!grouped && (length == 17 || length == 18))) {
            return false;
        }
        int two = Integer.parseInt(digits, 0, 2, 10);
        int three = Integer.parseInt(digits, 0, 3, 10);
        int four = Integer.parseInt(digits, 0, 4, 10);
        if (two / 10 == 4) { // Visa
            return length == 13 || length == 16 || length == 19;
        }
        if (two == 34 || two == 37) { // American Express
            return length == 15;
        }
        if ((two >= 51 && two <= 55) || (four >= 2221 && four <= 2720)) { // Mastercard
            return length == 16;
        }
        if ((three >= 300 && three <= 305) || three == 309 || two == 36 || two == 38 || two == 39) { // Diners Club
            return length >= 14;
        }
        if ((four >= 3528 && four <= 3589) || (four >= 2200 && four <= 2204)) { // JCB, Mir
            return length >= 16;
        }
        boolean discoverOrUnionPay =
                four == 6011 || two == 65 || (three >= 644 && three <= 649) || two == 62 || two == 81;
        boolean maestro =
                two == 50 || (two >= 56 && two <= 58) || two == 60 || two == 63 || two == 67 || two == 64 || two == 66;
        return (discoverOrUnionPay && length >= 16) || (maestro && length >= 15);
    }
}
