package loci;

import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Real data that stands beside the project in {@code shared/data} and is no part of it. A test that needs a file of it
 * calls {@link #require}; where the folder is absent (a user's clone) that test reports itself skipped, naming the file.
 * The environment variable {@code LOCI_SHARED_DATA} names another folder.
 */
public final class SharedData {
    private SharedData() {}

    /** The file or folder at this path below {@code shared/data}; aborts the test where it is missing. */
    public static Path require(String relative) {
        String named = System.getenv("LOCI_SHARED_DATA");
        if (named != null && !named.isBlank()) {
            return present(Path.of(named).resolve(relative), relative);
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path candidate = at.resolve("shared/data").resolve(relative);
            if (Files.exists(candidate)) {
                return candidate;
            }
        }
        return absent(relative);
    }

    private static Path present(Path file, String relative) {
        return Files.exists(file) ? file : absent(relative);
    }

    private static Path absent(String relative) {
        return abort("shared/data/" + relative + " is not beside this clone");
    }
}
