package loci.transcript;

import loci.memory.ConversationStore;

/** How large a transcript may be. A limit on everything: a file comes from somebody else. */
final class Limits {

    static final int MEGABYTES = 32;
    static final int BYTES = MEGABYTES * 1024 * 1024;
    static final int ENTRIES = 100_000;
    static final int QUESTIONS = 10_000;
    static final int EVIDENCE = 1_000;
    static final int TOOL_CALLS = 100;
    static final int NAME = 200;
    static final int TEXT = ConversationStore.MAX_TEXT;

    private Limits() {}
}
