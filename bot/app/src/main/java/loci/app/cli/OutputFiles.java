package loci.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import loci.app.config.Surroundings;

/** The files that a command was asked to write; where one cannot be, whoever runs the program is told. */
final class OutputFiles {

    private final Surroundings surroundings;
    private final Streams streams;

    OutputFiles(Surroundings surroundings, Streams streams) {
        this.surroundings = surroundings;
        this.streams = streams;
    }

    /** Returns whether there is a place for a file, before the work for it is begun. */
    boolean canBeMade(String what, String named) {
        try {
            Path file = surroundings.workingDirectory().resolve(named).toAbsolutePath();
            Path folder = file.getParent();
            if (folder == null || !Files.isDirectory(folder)) {
                return failed(what, named, "there is no such directory");
            }
            return !Files.isDirectory(file) || failed(what, named, "it is a directory");
        } catch (InvalidPathException impossible) {
            return failed(what, named, "no file can be called that");
        }
    }

    /** Returns whether two names lead to one file, however each is written and through whatever links. */
    boolean same(String one, String other) {
        try {
            Path first = surroundings.workingDirectory().resolve(one);
            Path second = surroundings.workingDirectory().resolve(other);
            boolean bothThere = Files.exists(first) && Files.exists(second);
            return bothThere ? Files.isSameFile(first, second) : real(first).equals(real(second));
        } catch (InvalidPathException | IOException impossible) {
            return one.equals(other); // What cannot be reached is told of where it is opened.
        }
    }

    /** Where a file would be made that is not there yet. */
    private static Path real(Path file) throws IOException {
        Path absolute = file.toAbsolutePath().normalize();
        Path folder = absolute.getParent();
        return folder == null || !Files.isDirectory(folder)
                ? absolute
                : folder.toRealPath().resolve(absolute.getFileName());
    }

    /** Writes a file, in the place of one that is there, and returns whether that was done. */
    boolean written(String what, String named, String text) {
        try {
            var _ = Files.writeString(surroundings.workingDirectory().resolve(named), text);
            return true;
        } catch (IOException | InvalidPathException failed) {
            return failed(what, named, String.valueOf(failed.getMessage()));
        }
    }

    private boolean failed(String what, String named, String why) {
        streams.say("the " + what + " could not be written to " + named + " (" + why + ")");
        return false;
    }
}
