package loci.app.config;

import java.util.List;

/**
 * One thing that is wrong with the configuration.
 *
 * @param place where: {@code file:line:column}, a variable's or an option's name
 * @param wrong what is wrong and what was found, as one sentence; never holds a secret
 * @param advice what to do about it, as one sentence
 */
public record Problem(String place, String wrong, String advice) {

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
