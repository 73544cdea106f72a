package loci.sanitize;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Payment card numbers (ISO/IEC 7812: a network's prefix and length, and the Luhn check digit) and IBANs (ISO 13616: the
 * country's length, and remainder 1 modulo 97), plain or grouped by single spaces or dashes. The prefix and length rules
 * are what keeps telephone numbers, ISBNs, snowflake ids and timestamps: one number in ten passes Luhn by chance.
 */
final class AccountNumbers implements SecretRule {
    static final String CARD = "card number";
    static final String IBAN = "IBAN";

    private static final int MOST_DIGITS = 19;
    private static final int SHORTEST_GROUP = 2;

    private static final Map<String, Integer> IBAN_LENGTHS = lengths(
            "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20"
                    + " EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26"
                    + " IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30"
                    + " NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27"
                    + " SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30");

    /** A run of digits between separators. */
    private record Group(int from, int to) {}

    @Override
    public void find(String seen, List<Finding> found) {
        for (int i = 0; i < seen.length(); i++) {
            char c = seen.charAt(i);
            if (Ascii.isAlnum(c) && Ascii.startsToken(seen, i)) {
                int end = Ascii.isDigit(c) ? cards(seen, i, found) : iban(seen, i, found);
                i = Math.max(i, end - 1);
            }
        }
    }

    /** Reads one series of digit groups and looks for cards in it; returns where the series ends. */
    private static int cards(String seen, int from, List<Finding> found) {
        List<Group> groups = new ArrayList<>();
        int i = from;
        while (true) {
            int end = Ascii.runEnd(seen, i, Integer.MAX_VALUE, Ascii::isDigit);
            groups.add(new Group(i, end));
            boolean goesOn =
                    end + 1 < seen.length() && isSeparator(seen.charAt(end)) && Ascii.isDigit(seen.charAt(end + 1));
            if (!goesOn) {
                break;
            }
            i = end + 1;
        }
        Group last = groups.getLast();
        boolean inWord = last.to < seen.length() && Ascii.isAlnum(seen.charAt(last.to));
        if (inWord) {
            groups.removeLast();
        }
        int first = startsInside(seen, from) ? 1 : 0;
        for (int at = first; at < groups.size(); at++) {
            int used = cardFrom(seen, groups, at, found);
            at += Math.max(0, used - 1);
        }
        return last.to;
    }

    /** After a plus sign it is a telephone number; after a letter and dash, a point or an id's sign, part of something else. */
    private static boolean startsInside(String seen, int from) {
        char before = from > 0 ? seen.charAt(from - 1) : ' ';
        boolean joined = from > 1 && before == '-' && Ascii.isAlnum(seen.charAt(from - 2));
        boolean mention = from > 1 && "@#&!".indexOf(before) >= 0 && seen.charAt(from - 2) == '<';
        return before == '+'
                || joined
                || mention
                || (before == '.' && from > 1 && Ascii.isDigit(seen.charAt(from - 2)));
    }

    private static int cardFrom(String seen, List<Group> groups, int at, List<Finding> found) {
        StringBuilder digits = new StringBuilder();
        for (int n = at; n < groups.size(); n++) {
            Group group = groups.get(n);
            if (digits.length() + group.to - group.from > MOST_DIGITS
                    || (n > at && group.to - group.from < SHORTEST_GROUP && groups.size() - at > 6)) {
                return 0;
            }
            digits.append(seen, group.from, group.to);
            boolean wholeCard = CardNetworks.issues(digits, n > at) && passesLuhn(digits);
            if (wholeCard && !(n + 1 < groups.size() && n == at && groups.size() > 2)) {
                found.add(new Finding(groups.get(at).from, group.to, CARD));
                return n - at + 1;
            }
        }
        return 0;
    }

    private static boolean passesLuhn(CharSequence digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int doubled = i % 2 == 0 ? digit : digit * 2;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }
        return sum % 10 == 0;
    }

    private static int iban(String seen, int from, List<Finding> found) {
        if (from + 4 > seen.length()) {
            return -1;
        }
        String country = seen.substring(from, from + 2).toUpperCase(java.util.Locale.ROOT);
        Integer length = IBAN_LENGTHS.get(country);
        if (length == null || !Ascii.isDigit(seen.charAt(from + 2)) || !Ascii.isDigit(seen.charAt(from + 3))) {
            return -1;
        }
        StringBuilder characters = new StringBuilder();
        int i = from;
        while (i < seen.length() && characters.length() < length) {
            char c = seen.charAt(i);
            boolean grouped = isSeparator(c) && i + 1 < seen.length() && Ascii.isAlnum(seen.charAt(i + 1));
            if (Ascii.isAlnum(c)) {
                characters.append(Ascii.isLower(c) ? (char) (c - 32) : c);
            } else if (!grouped) {
                return -1;
            }
            i++;
        }
        boolean ends = i >= seen.length() || !Ascii.isAlnum(seen.charAt(i));
        if (characters.length() == length && ends && remainder(characters) == 1) {
            found.add(new Finding(from, i, IBAN));
            return i;
        }
        return -1;
    }

    private static int remainder(StringBuilder iban) {
        String moved = iban.substring(4) + iban.substring(0, 4);
        int remainder = 0;
        for (int i = 0; i < moved.length(); i++) {
            int value = Character.digit(moved.charAt(i), 36);
            remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
        }
        return remainder;
    }

    private static boolean isSeparator(char c) {
        return c == ' ' || c == '-' || c == '–' || c == '‑' || c == '‐';
    }

    private static Map<String, Integer> lengths(String table) {
        Map<String, Integer> lengths = new java.util.HashMap<>();
        for (String entry : table.split(" ", -1)) {
            lengths.put(entry.substring(0, 2), Integer.valueOf(entry.substring(2)));
        }
        return Map.copyOf(lengths);
    }
}
