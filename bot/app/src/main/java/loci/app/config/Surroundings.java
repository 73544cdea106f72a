package loci.app.config;

import java.nio.file.Path;
import java.util.Map;

/**
 * What the process was given by the system that started it; a value, so that tests can make one.
 *
 * @param environment the environment variables
 * @param home the user's home directory
 * @param workingDirectory what relative paths of variables and options are relative to
 * @param mac whether this is macOS, which keeps such files elsewhere
 */
public record Surroundings(Map<String, String> environment, Path home, Path workingDirectory, boolean mac) {

    public Surroundings {
        environment = Map.copyOf(environment);
    }

    /** Returns those of this process. */
    public static Surroundings ofThisProcess() {
        return new Surroundings(
                System.getenv(),
                Path.of(System.getProperty("user.home", ".")),
                Path.of("").toAbsolutePath(),
                System.getProperty("os.name", "").startsWith("Mac"));
    }

    /** Returns the directory for conversations where none is configured. */
    Path defaultData() {
        return mac ? home.resolve("Library/Application Support/loci") : xdg("XDG_DATA_HOME", ".local/share");
    }

    /** Returns the configuration file that is read, if it exists, where none is named. */
    Path defaultFile() {
        Path directory = mac ? home.resolve("Library/Application Support/loci") : xdg("XDG_CONFIG_HOME", ".config");
        return directory.resolve("loci.yaml");
    }

    /** The XDG specification says that a relative value is to be ignored. */
    private Path xdg(String variable, String otherwise) {
        String given = environment.getOrDefault(variable, "");
        Path base = given.startsWith("/") ? Path.of(given) : home.resolve(otherwise);
        return base.resolve("loci");
    }
}
