package loci.app.cli;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;

/**
 * The standard streams.
 *
 * @param out for answers, and for what a command was asked to print
 * @param err for everything else
 * @param terminal whether a person sits at input and output
 */
public record Streams(InputStream in, OutputStream out, PrintStream err, boolean terminal) {

    void say(String line) {
        err.print("loci: " + line + "\n");
        err.flush();
    }
}
