package loci.command;

import java.util.List;
import java.util.Set;
import loci.memory.Turn;

/** Writes turns in the form in which they leave Loci and can be brought in again. */
@FunctionalInterface
public interface Exporter {

    /**
     * Writes them.
     *
     * @param name what the transcript is called
     * @param pinned the exchanges that are pinned
     * @return the file's text
     */
    String write(String name, List<Turn> turns, Set<Long> pinned);
}
