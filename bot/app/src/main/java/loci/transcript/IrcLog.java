package loci.transcript;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads an IRC log: {@code [12:18] <nick> words}; the time may lack its brackets, hold seconds, or be absent.
 *
 * <p>Actions ({@code * nick waves}, and {@code === nick waves} as some clients write it) are messages of that nick that begin with
 * {@code /me}; all other lines between the messages (joins, parts, modes) are passed over. Logs hold no dates: the day is taken
 * from the file's name where that begins with one, and a time earlier than the one before is half a day later, since many logs
 * write hours from 1 to 12.
 */
final class IrcLog {

    private static final String TIME = "(?:\\[?(\\d{1,2}):(\\d{2})(?::(\\d{2}))?\\]?\\s+)?";
    private static final Pattern SAID = Pattern.compile("^" + TIME + "<[ @+%~&]?([^>\\s]{1,60})>(?: (.*))?$");
    private static final Pattern ACTION =
            Pattern.compile("^" + TIME + "(?:\\*|\\*\\*\\*|===)\\s+([^\\s]{1,60})\\s+(.+)$");
    private static final Pattern NOTICE = Pattern.compile("^" + TIME + "(?:===|\\*\\*\\*|\\*|-!-|-->|<--).*$");

    /** What servers tell in the form of an action. */
    private static final Pattern SERVER_WORDS = Pattern.compile(
            "(?i)^(?:\\[.*\\]\\s+|\\(.*\\)\\s+)?(?:has (?:joined|left|quit|changed)|is now known as|sets mode|was"
                    + " kicked|mode/|topic)\\b.*");

    private static final Pattern DATED = Pattern.compile("^(\\d{4}-\\d{2}-\\d{2})");
    private static final LocalDate ASSUMED = LocalDate.of(2000, 1, 1);
    private static final Duration HALF_A_DAY = Duration.ofHours(12);

    private final Set<String> nicks = new HashSet<>();
    private final Instant day;
    private Instant before;

    private IrcLog(String text, Instant day) {
        this.day = day;
        this.before = day;
        text.lines().forEach(line -> {
            Matcher said = SAID.matcher(line);
            if (said.matches()) {
                nicks.add(said.group(4));
            }
        });
    }

    static boolean isLine(String line) {
        return SAID.matcher(line).matches() || NOTICE.matcher(line).matches();
    }

    static Transcript read(String text, String name, String botName, Problems problems, List<String> remarks) {
        LocalDate day = day(name);
        IrcLog log = new IrcLog(text, day.atStartOfDay().toInstant(ZoneOffset.UTC));
        Lines lines = new Lines(botName, problems);
        int passedOver = 0;
        int number = 0;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            number++;
            if (!line.isBlank() && !log.read(line, number, lines, problems)) {
                passedOver++;
            }
        }
        remarks.add("IRC logs hold no dates: " + day + " is taken for the first day.");
        if (passedOver > 0) {
            remarks.add(passedOver + " lines about joining, leaving and modes are passed over.");
        }
        return new Transcript(name, lines.finish(), List.of());
    }

    private static LocalDate day(String name) {
        Matcher dated = DATED.matcher(name);
        try {
            return dated.find() ? LocalDate.parse(dated.group(1)) : ASSUMED;
        } catch (DateTimeException noDay) {
            return ASSUMED;
        }
    }

    /** Returns false where the line is nobody's message. */
    private boolean read(String line, int number, Lines lines, Problems problems) {
        Matcher said = SAID.matcher(line);
        if (said.matches()) {
            String text = said.group(5) == null ? "" : said.group(5);
            lines.begin(number, said.group(4), text, time(said));
            return true;
        }
        Matcher action = ACTION.matcher(line);
        if (action.matches()
                && nicks.contains(action.group(4))
                && !SERVER_WORDS.matcher(action.group(5)).matches()) {
            lines.begin(number, action.group(4), "/me " + action.group(5), time(action));
            return true;
        }
        if (!NOTICE.matcher(line).matches()) {
            problems.add(
                    "line " + number,
                    "a line such as [12:18] <nick> words was expected, and " + Problems.quoted(line.strip())
                            + " was found");
        }
        return false;
    }

    private Instant time(Matcher line) {
        if (line.group(1) == null) {
            before = before.plusSeconds(1);
            return before;
        }
        int second = line.group(3) == null ? 0 : number(line.group(3)) % 60;
        LocalTime clock = LocalTime.of(number(line.group(1)) % 24, number(line.group(2)) % 60, second);
        Instant time = day.plus(Duration.ofNanos(clock.toNanoOfDay()));
        long behind = Duration.between(time, before).toSeconds();
        if (behind > 0) {
            long halves = (behind + HALF_A_DAY.toSeconds() - 1) / HALF_A_DAY.toSeconds();
            time = time.plus(HALF_A_DAY.multipliedBy(halves));
        }
        before = time;
        return time;
    }

    private static int number(String digits) {
        return Integer.parseInt(digits);
    }
}
