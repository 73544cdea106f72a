import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Checks ({@code check}) or applies ({@code apply}) the one format of this project's Java files.
 *
 * <p>A formatter plugin runs inside Maven's own JVM and parses with that JVM's compiler, so on a Maven that runs on 17 it
 * cannot read Java 25. The build starts this file with the JDK it compiles with.
 */
final class Format {
    private static final Formatter FORMATTER = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .build());

    public static void main(String[] args) throws IOException {
        boolean apply = args[0].equals("apply");
        Path root = Path.of(args[1]);
        List<Path> files;
        try (Stream<Path> all =
                Stream.of("bot", "adapters", ".mvn").map(root::resolve).flatMap(Format::walk)) {
            files = all.filter(f -> f.toString().endsWith(".java")).toList();
        }
        List<Path> unformatted = files.parallelStream()
                .filter(f -> !isFormatted(f, apply))
                .sorted()
                .toList();
        System.out.printf(
                "%d Java files, %d %s%n", files.size(), unformatted.size(), apply ? "formatted" : "not formatted");
        unformatted.forEach(f -> System.out.println("  " + root.relativize(f)));
        if (!apply && !unformatted.isEmpty()) {
            System.out.println("To format them: mvn -N validate -Dformat=apply");
            System.exit(1);
        }
    }

    /** Whether the file was as it should be; with {@code apply} it is afterwards. */
    private static boolean isFormatted(Path file, boolean apply) {
        try {
            String is = Files.readString(file);
            String should = FORMATTER.formatSourceAndFixImports(is);
            if (is.equals(should)) {
                return true;
            }
            if (apply) {
                Files.writeString(file, should);
            }
            return false;
        } catch (FormatterException e) {
            System.out.println(file + ": " + e.getMessage());
            return false;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Stream<Path> walk(Path folder) {
        if (!Files.isDirectory(folder) || folder.endsWith("target")) {
            return Stream.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            // A copy, so that no folder stays open while its children are read.
            return entries.toList().stream().flatMap(e -> Files.isDirectory(e) ? walk(e) : Stream.of(e));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
