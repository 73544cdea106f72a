package loci.sanitize;

import java.util.Locale;
import java.util.Set;

/**
 * Judges whether what follows a secret's name is the secret. A leaked password is worse than a lost word, so a doubtful
 * value goes; but sentences about passwords, code that handles them, placeholders and types stay.
 */
record SecretValue(String seen, int from, int to, SecretName name, Assigned how, boolean quoted) {

    /** The form of the assignment, from the clearest to the least clear. */
    enum Assigned {
        /** {@code --password x} */
        FLAG,
        /** {@code <password>x</password>} */
        ELEMENT,
        /** {@code PASSWORD=x} */
        TIGHT,
        /** {@code password = x}: also how code assigns a variable */
        SPACED,
        /** {@code password: x}: also how a sentence goes on */
        COLON,
        /** {@code the password is x} */
        SAID
    }

    private static final Set<String> TYPES = words("""
        str string text varchar char bytes optional any object bool boolean int integer number
        secretstr securestring
        """);

    private static final Set<String> NOT_SECRET = words("""
        true false null none nil undefined required optional yes no unknown empty missing invalid
        incorrect wrong expired here todo tbd string str text varchar bytes redacted hidden masked
        removed set unset changed reset forgotten same n/a na ok okay done help please see ask below
        above default sent secret correct valid and or the it a an not in on is to for with via from
        how what why where when who if this that weak strong too must should at as be you your my we i
        fixed works later tomorrow thanks sorry private public rotated updated revoked disabled enabled
        protected confidential stored encrypted hashed generated auto basic bearer digest negotiate
        self void
        """);

    private static final Set<String> LABEL_WORDS = words("""
        enter your characters must least required invalid forgot reset confirm please new the is are
        not for wrong incorrect choose minimum cannot should to of
        """);

    private static final Set<String> CODE_ROOTS = words("""
        os process self this config cfg env settings req request system ctx params options opts args
        secrets vault var local data module app props user form body credentials conf input result
        response res json session state event kwargs getpass import vars
        """);

    private static final String[] ALGORITHMS = {
        "base64",
        "base32",
        "sha1",
        "sha2",
        "sha5",
        "sha-",
        "md5",
        "utf8",
        "utf-",
        "utf1",
        "bcrypt",
        "argon2",
        "pbkdf2",
        "scrypt",
        "aes",
        "2fa",
        "oauth",
        "http://",
        "https://",
        "rot13",
        "i18n",
        "iso8",
        "iso-",
        "ascii"
    };

    static boolean isTypeName(String word) {
        return TYPES.contains(word.toLowerCase(Locale.ROOT));
    }

    boolean isSecret() {
        String value = seen.substring(from, to);
        String lower = value.toLowerCase(Locale.ROOT);
        if (isPlaceholder(value, lower) || isAlreadyRedacted(value) || (!quoted && isCode(value, lower))) {
            return false;
        }
        return switch (name) {
            case PASSWORD -> quoted ? isQuotedPassword(value, lower) : isBarePassword(value, lower);
            case KEY, TOKEN -> isRandom(value, lower);
            case AUTHORIZATION ->
                !hasSpace(value) && value.length() >= 4 && (looksMade(value) || isRandom(value, lower));
            case NONE -> false;
        };
    }

    private boolean isQuotedPassword(String value, String lower) {
        if (!hasSpace(value)) {
            return value.length() >= 3 && (how != Assigned.SAID || value.length() >= 4);
        }
        String[] words = lower.split(" ", 7);
        for (String word : words) {
            if (LABEL_WORDS.contains(word)) {
                return false;
            }
        }
        return words.length <= 6 && how != Assigned.SAID; // a passphrase; longer is a sentence
    }

    private boolean isBarePassword(String value, String lower) {
        if (value.length() < 3 || startsWithAny(lower, ALGORITHMS)) {
            return false;
        }
        boolean mixed = looksMade(value);
        return switch (how) {
            case FLAG, ELEMENT -> true;
            case TIGHT -> mixed || !endsArgument();
            case SPACED -> mixed || (isLast() && !isIdentifier(value));
            case COLON -> mixed ? !isQuantity(value) : isPlainDigits(value) || (isLast() && value.length() >= 4);
            case SAID -> isSaidSecret(value, mixed);
        };
    }

    private boolean isSaidSecret(String value, boolean mixed) {
        if (isPlainDigits(value)) {
            return value.length() >= 4 && isLast();
        }
        return mixed
                && value.length() >= 5
                && !isQuantity(value)
                && (digits(value) == 0 || !Ascii.isDigit(value.charAt(0)) || value.length() >= 7)
                && value.indexOf('/') < 0;
    }

    /** Letters and digits, or a symbol, or a capital inside: not how a word of a sentence is spelled. */
    private static boolean looksMade(String value) {
        boolean letter = false;
        boolean digit = false;
        boolean inner = false;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            digit |= Ascii.isDigit(c);
            letter |= Character.isLetter(c);
            inner |= "!@#$%^&*+=~?;{}[]\\/".indexOf(c) >= 0;
            inner |= i > 0 && Ascii.isUpper(c) && Ascii.isLower(value.charAt(i - 1));
        }
        return (digit && letter) || inner || (digit && value.length() >= 6);
    }

    /** Machine-made: long, and with digits among its letters (or very long and unbroken). */
    private boolean isRandom(String value, String lower) {
        if (value.length() < 8 || hasSpace(value) || startsWithAny(lower, ALGORITHMS)) {
            return false;
        }
        int digits = digits(value);
        int letters = Ascii.count(value, 0, value.length(), c -> Ascii.isLower(c) || Ascii.isUpper(c));
        if (digits > 0 && letters >= 2) {
            return !isQuantity(value) && (how != Assigned.SAID || digits >= 2 || value.length() >= 16);
        }
        boolean unbroken = Ascii.count(value, 0, value.length(), Ascii::isBase64) == value.length();
        boolean clear = how == Assigned.TIGHT || how == Assigned.FLAG || how == Assigned.ELEMENT || quoted || isLast();
        return unbroken && clear && how != Assigned.SAID && value.length() >= (letters > 0 ? 20 : 16);
    }

    /** "12-16", "8-character", "30min", "2024-01-15": a number with its unit, or a date. */
    private static boolean isQuantity(String value) {
        int number = Ascii.runEnd(
                value, 0, value.length(), c -> Ascii.isDigit(c) || c == '-' || c == '.' || c == ':' || c == '/');
        boolean dated = number >= 8 && value.indexOf('-') == 4;
        boolean unit = number > 0
                && number <= 5
                && Ascii.count(value, number, value.length(), Ascii::isLower) == value.length() - number;
        return dated
                || (number == value.length() && digits(value) < number)
                || (unit && value.indexOf('-') > 0)
                || (unit && number == value.length() && number < 4);
    }

    private static boolean isPlainDigits(String value) {
        return value.length() >= 4 && digits(value) == value.length();
    }

    private static boolean isPlaceholder(String value, String lower) {
        char first = value.charAt(0);
        if (NOT_SECRET.contains(lower)
                || Ascii.count(value, 0, value.length(), c -> "*•.xX-_#?…".indexOf(c) >= 0) == value.length()) {
            return true;
        }
        boolean variable = first == '$'
                && value.length() > 1
                && Ascii.count(value, 1, value.length(), c -> Ascii.isUpper(c) || c == '_' || Ascii.isLower(c))
                        == value.length() - 1;
        boolean template = value.startsWith("${")
                || value.startsWith("$(")
                || value.startsWith("{{")
                || value.startsWith("<")
                || value.startsWith("%(")
                || (first == '%' && value.endsWith("%"))
                || (value.startsWith("{") && value.endsWith("}"));
        return variable || template || (digits(value) == 0 && SecretName.isNamedIn(lower));
    }

    private static boolean isAlreadyRedacted(String value) {
        return value.startsWith("[redacted:");
    }

    /** A call, an element, or a chain of names: the value of a variable, not of the secret. */
    private boolean isCode(String value, String lower) {
        char first = value.charAt(0);
        if (first == '(' || first == '[' || first == '{' || (first == '&' && how != Assigned.TIGHT)) {
            return true;
        }
        int name = Ascii.runEnd(value, 0, value.length(), c -> Ascii.isAlnum(c) || c == '_');
        if (name == 0 || Ascii.isDigit(first)) {
            return false;
        }
        char next = name < value.length() ? value.charAt(name) : to < seen.length() ? seen.charAt(to) : ' ';
        if (next == '(' || (next == '[' && value.length() > name)) {
            return true;
        }
        boolean chain = next == '.' && name + 1 < value.length() && Character.isLetter(value.charAt(name + 1));
        return chain
                && (CODE_ROOTS.contains(lower.substring(0, name))
                        || value.indexOf('(') > 0
                        || value.indexOf('[') > 0
                        || SecretName.isNamedIn(lower));
    }

    private static boolean isIdentifier(String value) {
        return value.indexOf('_') >= 0;
    }

    private boolean endsArgument() {
        return to < seen.length() && (seen.charAt(to) == ')' || seen.charAt(to) == ',');
    }

    /** True when nothing but punctuation follows on the line. */
    private boolean isLast() {
        int i = to;
        while (i < seen.length() && seen.charAt(i) != '\n') {
            if (i - to > 8
                    || Character.isLetterOrDigit(seen.charAt(i))
                    || (seen.charAt(i) == ';' && how == Assigned.SPACED)) {
                return false;
            }
            i++;
        }
        return true;
    }

    private static Set<String> words(String list) {
        return Set.of(list.strip().split("\\s+", -1));
    }

    private static boolean hasSpace(String value) {
        return value.indexOf(' ') >= 0 || value.indexOf('\t') >= 0;
    }

    private static int digits(String value) {
        return Ascii.count(value, 0, value.length(), Ascii::isDigit);
    }

    private static boolean startsWithAny(String value, String[] starts) {
        for (String start : starts) {
            if (value.startsWith(start)) {
                return true;
            }
        }
        return false;
    }
}
