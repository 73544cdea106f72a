package loci.transcript;

import java.util.List;

/** What came of reading a transcript. */
public sealed interface Reading {

    /**
     * It could be read.
     *
     * @param remarks what was passed over or assumed, a sentence each
     */
    record Read(Transcript transcript, Format format, List<String> remarks) implements Reading {

        public Read {
            remarks = List.copyOf(remarks);
        }
    }

    /**
     * It could not.
     *
     * @param problems what is wrong, where, and what was expected; a sentence each, the first {@value Problems#MOST_TOLD} of them
     */
    record Unreadable(List<String> problems) implements Reading {

        public Unreadable {
            problems = List.copyOf(problems);
        }
    }
}
