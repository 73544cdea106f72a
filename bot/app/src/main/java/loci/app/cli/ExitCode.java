package loci.app.cli;

/** How the program ends. The launcher adds 3: no JDK, or not built; a signal gives 128 and its number. */
final class ExitCode {

    static final int OK = 0;
    static final int FAILED = 1;
    static final int MISUSED = 2;

    private ExitCode() {}
}
