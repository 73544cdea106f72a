package loci.app.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Turns what people write for a file into an absolute path. Pure. */
final class Paths {

    private Paths() {}

    /** Returns the path, or null if no file can be called that; {@code ~/} is the home directory, which shells expand but files do not. */
    static @Nullable Path resolve(Path base, Path home, String written) {
        try {
            if (written.equals("~") || written.startsWith("~/")) {
                return home.resolve(written.substring(Math.min(2, written.length())))
                        .toAbsolutePath()
                        .normalize();
            }
            return base.resolve(written).toAbsolutePath().normalize();
        } catch (InvalidPathException impossible) {
            return null;
        }
    }
}
