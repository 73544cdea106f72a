package loci.app.config;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One thing that is wrong with the configuration.
 *
 * @param place where: {@code file:line:column}, a variable's or an option's name
 * @param wrong what is wrong and what was found, as one sentence; never holds a secret
 * @param advice what to do about it, as one sentence
 */
public record Problem(String place, String wrong, String advice) {

    private static final Pattern IN_FILE = Pattern.compile(":([0-9]{1,9}):([0-9]{1,9})$");

    /** Returns them as one goes through them: each file from its top to its end, and then the rest. */
    static List<Problem> inOrder(List<Problem> problems) {
        List<String> files = problems.stream()
                .map(Problem::file)
                .filter(file -> !file.isEmpty())
                .distinct()
                .toList();
        return problems.stream()
                .sorted(Comparator.comparingInt((Problem problem) ->
                                problem.file().isEmpty() ? files.size() : files.indexOf(problem.file()))
                        .thenComparingLong(Problem::position))
                .toList();
    }

    private String file() {
        Matcher numbers = IN_FILE.matcher(place);
        return numbers.find() ? place.substring(0, numbers.start()) : "";
    }

    private long position() {
        Matcher numbers = IN_FILE.matcher(place);
        return numbers.find()
                ? Long.parseLong(numbers.group(1)) << 32 | Long.parseLong(numbers.group(2))
                : Long.MAX_VALUE;
    }

    /** Returns all problems as the text that is shown, ending with a line break. */
    public static String describe(List<Problem> problems) {
        StringBuilder text = new StringBuilder("loci: the configuration has ")
                .append(problems.size() == 1 ? "a problem" : problems.size() + " problems")
                .append("; nothing was started.\n");
        for (Problem problem : problems) {
            text.append('\n').append(problem.place()).append(": ").append(problem.wrong());
            text.append("\n    ").append(problem.advice()).append('\n');
        }
        return text.toString();
    }
}
