package loci.app.config;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import loci.app.config.Kind.Misread;
import loci.app.config.Kind.Reading;
import loci.app.config.Kind.Understood;
import loci.command.ChannelRules.Retention;
import loci.command.Spelling;
import loci.engine.Admission.Listed;

/** The kinds of values there are. All are pure. */
final class Kinds {

    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,18}");
    private static final Pattern DECIMAL = Pattern.compile("[+-]?[0-9]{1,9}(\\.[0-9]{1,9})?");
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})\\s*(ms|s|m|h|d)");

    private static final Pattern SPACE =
            Pattern.compile("(?:(?=discord/(?:[0-9]{17,20}|dm)(?:/|$))|(?=slack/[A-Z0-9]{2,20}(?:/|$)))"
                    + "(discord|slack)/([A-Za-z0-9]{1,40})(?:/([A-Za-z0-9]{1,40}))?");
    private static final Pattern DISCORD_ID = Pattern.compile("[0-9]{17,20}");
    private static final Pattern SLACK_CHANNEL = Pattern.compile("[CG][A-Z0-9]{8,30}");
    private static final Pattern SHARE =
            Pattern.compile("([0-9]{1,4})(?:\\s*-\\s*([0-9]{1,4}))?\\s+of\\s+([0-9]{1,4})");

    /** With its slash at most 32 characters, as Slack has it. */
    private static final Pattern COMMAND = Pattern.compile("/[\\p{Ll}\\p{Lo}0-9_-]{1,31}");

    private Kinds() {}

    static Kind<Integer> whole(int least, int most) {
        return of("a whole number from " + grouped(least) + " to " + grouped(most), text -> {
            if (!WHOLE.matcher(text).matches()) {
                return misread("");
            }
            long value = Long.parseLong(text);
            return value < least || value > most ? misread("") : new Understood<>((int) value);
        });
    }

    static Kind<Double> decimal(double least, double most) {
        return of("a number from " + least + " to " + most, text -> {
            if (!DECIMAL.matcher(text).matches()) {
                return misread(text.contains(",") ? "Write the decimal point as a point." : "");
            }
            double value = Double.parseDouble(text);
            return value < least || value > most ? misread("") : new Understood<>(value);
        });
    }

    static Kind<Duration> duration(Duration least, Duration most) {
        return of("a duration from " + show(least) + " to " + show(most), text -> {
            Matcher parts = DURATION.matcher(text);
            if (!parts.matches()) {
                return misread(
                        WHOLE.matcher(text).matches()
                                ? "Write the unit too: " + text + "ms, " + text + "s, " + text + "m or " + text + "h."
                                : "Write a number and a unit (ms, s, m, h or d), such as 10s.");
            }
            Duration value = duration(Long.parseLong(parts.group(1)), parts.group(2));
            boolean within = value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
            return within ? new Understood<>(value) : misread("");
        });
    }

    private static Duration duration(long amount, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    /** One of an enum's names, written in lower case. */
    static <E extends Enum<E>> Kind<E> choice(Class<E> values) {
        return choice(values, Kinds::lower);
    }

    /** One of an enum's values, each written as its name says. */
    static <E extends Enum<E>> Kind<E> choice(Class<E> values, Function<? super E, String> naming) {
        List<E> all = Arrays.asList(values.getEnumConstants());
        List<String> names = all.stream().<String>map(naming).toList();
        return of("one of " + String.join(", ", names), text -> {
            int at = names.indexOf(text);
            if (at >= 0) {
                return new Understood<>(all.get(at));
            }
            return misread(Spelling.closest(text, names)
                    .map(name -> "Did you mean " + name + "?")
                    .orElse(""));
        });
    }

    /** How long messages are kept. The likest spelling is no guess here: 31d looks like 1d, and what is deleted does not come back. */
    static Kind<Retention> retention() {
        Kind<Retention> choice = choice(Retention.class, Retention::key);
        return of(choice.expects(), text -> {
            Matcher parts = DURATION.matcher(text);
            if (!parts.matches() || choice.read(text) instanceof Understood<Retention>) {
                return choice.read(text);
            }
            Duration wanted = duration(Long.parseLong(parts.group(1)), parts.group(2));
            return misread(Arrays.stream(Retention.values())
                    .filter(one -> one.duration()
                            .filter(kept -> kept.compareTo(wanted) >= 0)
                            .isPresent())
                    .reduce((longer, shorter) -> shorter)
                    .map(one -> "The next longer one is " + one.key() + ".")
                    .orElse("Nothing but forever is that long."));
        });
    }

    /** {@code on} or {@code off}; YAML's other spellings of the same are understood too. */
    static Kind<Boolean> onOff() {
        return of("on or off", text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "on", "true", "yes" -> new Understood<>(true);
            case "off", "false", "no" -> new Understood<>(false);
            default -> misread("");
        });
    }

    /** One line of text without control characters. */
    static Kind<String> line(int longest) {
        Predicate<String> fits = text ->
                !text.isBlank() && text.length() <= longest && text.chars().noneMatch(Character::isISOControl);
        return of(
                "1 to " + longest + " characters on one line",
                text -> fits.test(text) ? new Understood<>(text) : misread(""));
    }

    /** The name of a slash command. */
    static Kind<String> command() {
        return of("a command such as /loci", text -> {
            if (COMMAND.matcher(text).matches()) {
                return new Understood<>(text);
            }
            return misread(
                    text.startsWith("/")
                            ? "Write at most 31 lower-case letters, digits, - or _ behind the /."
                            : "Begin it with a /.");
        });
    }

    /** The path of a file or directory; whether it is there is checked where it is used. */
    static Kind<String> place() {
        Kind<String> line = line(1000);
        return of("a path", line::read);
    }

    /** An http or https address that says nothing secret. */
    static Kind<URI> address() {
        return of("an address such as http://localhost:11434/v1", text -> {
            try {
                URI address = new URI(text);
                boolean http =
                        "http".equalsIgnoreCase(address.getScheme()) || "https".equalsIgnoreCase(address.getScheme());
                if (!http) {
                    return misread("Begin it with http:// or https://.");
                }
                if (address.getRawUserInfo() != null) {
                    return misread("Take the name and password out of it; a key belongs in OPENAI_API_KEY.");
                }
                boolean whole = address.getHost() != null
                        && address.getPort() <= 65_535
                        && address.getRawQuery() == null
                        && address.getRawFragment() == null;
                return whole ? new Understood<>(address) : misread("It needs a host, and takes no ? or #.");
            } catch (URISyntaxException notAnAddress) {
                return misread("Character " + (notAnAddress.getIndex() + 1) + " of it cannot stand in an address.");
            }
        });
    }

    /** An amount of money. */
    static Kind<BigDecimal> dollars() {
        return of("an amount in US dollars such as 5 or 0.50", text -> {
            if (!DECIMAL.matcher(text).matches()) {
                return misread(text.contains("$") ? "Leave the $ away." : "");
            }
            BigDecimal value = new BigDecimal(text);
            return value.signum() < 0 ? misread("") : new Understood<>(value);
        });
    }

    /** Models by name, each perhaps at an address of its own. */
    static Kind<List<NamedModel>> models() {
        Kind<String> name = line(200);
        Kind<URI> address = address();
        String expects =
                "names with commas between them, each NAME, NAME at URL or NAME at URL key LOCI_KEY_…, or empty";
        return of(expects, text -> {
            List<NamedModel> models = new ArrayList<>();
            for (String entry : text.isBlank() ? new String[0] : text.split(",", -1)) {
                switch (model(entry.strip(), name, address)) {
                    case Misread<NamedModel>(String hint) -> {
                        return misread(hint);
                    }
                    case Understood<NamedModel>(NamedModel model) -> {
                        if (models.stream().anyMatch(other -> other.name().equals(model.name()))) {
                            return misread("It names " + Shown.quoted(model.name()) + " twice.");
                        }
                        models.add(model);
                    }
                }
            }
            return new Understood<>(List.copyOf(models));
        });
    }

    /** The address of a web socket. */
    static Kind<URI> socket() {
        return of("an address such as wss://gateway.example.org", text -> {
            try {
                URI address = new URI(text);
                boolean socket =
                        "ws".equalsIgnoreCase(address.getScheme()) || "wss".equalsIgnoreCase(address.getScheme());
                boolean whole = address.getHost() != null && address.getRawUserInfo() == null;
                return socket && whole
                        ? new Understood<>(address)
                        : misread("Begin it with wss:// or ws://, and a host.");
            } catch (URISyntaxException notAnAddress) {
                return misread("Character " + (notAnAddress.getIndex() + 1) + " of it cannot stand in an address.");
            }
        });
    }

    /** A share of something, counted from 0. */
    static Kind<Share> share() {
        return of("a share such as 0-1 of 4", text -> {
            Matcher parts = SHARE.matcher(text);
            if (!parts.matches()) {
                return misread("Write which ones, from 0, and how many there are in all.");
            }
            int first = Integer.parseInt(parts.group(1));
            int last = parts.group(2) == null ? first : Integer.parseInt(parts.group(2));
            int total = Integer.parseInt(parts.group(3));
            if (total == 0 || last >= total) {
                return misread("There is no " + last + " of " + total + ": they are counted from 0.");
            }
            return first <= last
                    ? new Understood<>(new Share(first, last, total))
                    : misread("Write the smaller first.");
        });
    }

    /** Spaces, and people in them. */
    static Kind<Set<Listed>> spaces() {
        return of(
                "entries such as discord/123456789012345678, discord/dm/PERSON or slack/T0123, with commas between"
                        + " them",
                text -> {
                    Set<Listed> listed = new LinkedHashSet<>();
                    for (String entry : text.split(",", -1)) {
                        Matcher parts = SPACE.matcher(entry.strip());
                        if (!parts.matches()) {
                            return misread(Shown.quoted(entry.strip())
                                    + " is no entry: write the platform, a / and the id of the server or workspace.");
                        }
                        if (!listed.add(new Listed(parts.group(1), parts.group(2), parts.group(3)))) {
                            return misread("It lists " + Shown.quoted(entry.strip()) + " twice.");
                        }
                    }
                    return new Understood<>(Set.copyOf(listed));
                });
    }

    /** One of Discord's ids. */
    static Kind<String> discordId() {
        return of(
                "an id of 17 to 20 digits",
                text -> DISCORD_ID.matcher(text).matches() ? new Understood<>(text) : misread(""));
    }

    /** One of Slack's ids of channels; direct messages are none. */
    static Kind<String> slackChannel() {
        return of(
                "a channel's id such as C0123456789",
                text -> SLACK_CHANNEL.matcher(text).matches()
                        ? new Understood<>(text)
                        : misread("Copy it from the end of the channel's details on Slack, where it begins with C."));
    }

    /** What follows the word key is never quoted: it may well be the key itself. */
    private static Reading<NamedModel> model(String entry, Kind<String> name, Kind<URI> address) {
        String[] keyed = entry.split("(?i)\\s+key\\s+", 2);
        String[] parts = keyed[0].split("\\s+at\\s+", 2);
        if (!(name.read(parts[0]) instanceof Understood<String>(String named))) {
            return misread("There is a comma with no name beside it.");
        }
        Optional<String> key = keyed.length == 1 ? Optional.empty() : Optional.of(keyed[1]);
        if (key.isPresent() && !Secrets.isKey(key.get())) {
            return misread("Write the name of an environment variable after key, beginning with " + Secrets.KEY_PREFIX
                    + ", and put the key itself into that variable.");
        }
        if (parts.length == 1) {
            return key.isEmpty()
                    ? new Understood<>(new NamedModel(named, Optional.empty(), key))
                    : misread("A key is for one server: write its address too (NAME at URL key VARIABLE).");
        }
        return switch (address.read(parts[1])) {
            case Understood<URI>(URI at) -> new Understood<>(new NamedModel(named, Optional.of(at), key));
            case Misread<URI>(String hint) -> misread(hint);
        };
    }

    /** A kind that also takes a word, perhaps the empty one, which stands for no value. */
    static <T> Kind<Optional<T>> or(String word, String meaning, Kind<T> kind) {
        String expects = kind.expects() + ", or " + (word.isEmpty() ? "empty" : word) + " for " + meaning;
        return of(expects, text -> {
            if (text.equals(word)) {
                return new Understood<>(Optional.empty());
            }
            return switch (kind.read(text)) {
                case Understood<T>(T value) -> new Understood<>(Optional.of(value));
                case Misread<T>(String hint) -> misread(hint);
            };
        });
    }

    static String show(Duration duration) {
        if (duration.toMillis() % 1000 != 0) {
            return duration.toMillis() + "ms";
        }
        long seconds = duration.toSeconds();
        if (seconds % 3600 == 0 && seconds > 0) {
            return seconds / 3600 + "h";
        }
        return seconds % 60 == 0 && seconds > 0 ? seconds / 60 + "m" : seconds + "s";
    }

    static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static String grouped(int number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static <T> Reading<T> misread(String hint) {
        return new Misread<>(hint);
    }

    private static <T> Kind<T> of(String expects, Function<String, Reading<T>> read) {
        return new Kind<>() {
            @Override
            public String expects() {
                return expects;
            }

            @Override
            public Reading<T> read(String text) {
                return read.apply(text);
            }
        };
    }
}
