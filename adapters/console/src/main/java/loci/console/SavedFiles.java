package loci.console;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import loci.chat.CommandAnswer.Attachment;

/** Puts the files that come with answers into a directory. A file that is there already is never touched. */
final class SavedFiles {

    private static final int MOST_NAMES = 1_000;

    private SavedFiles() {}

    /** Saves a file, readable by its owner alone, and returns one line that says where, or why not. */
    static String save(Attachment attachment, Path directory) {
        int dot = attachment.name().lastIndexOf('.');
        try {
            for (int number = 1; number <= MOST_NAMES; number++) {
                String name = number == 1
                        ? attachment.name()
                        : attachment.name().substring(0, dot) + "-" + number
                                + attachment.name().substring(dot);
                Path file = directory.resolve(name).toAbsolutePath();
                try {
                    write(file, attachment.text());
                    return "saved as " + file;
                } catch (FileAlreadyExistsException taken) {
                    // The next number may be free.
                }
            }
            return attachment.name() + " could not be saved: there are too many of that name in " + directory;
        } catch (IOException e) {
            return attachment.name() + " could not be saved: " + e.getMessage();
        }
    }

    private static void write(Path file, String text) throws IOException {
        Set<OpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] owner = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        try (var channel = Files.newByteChannel(file, options, owner)) {
            var bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }
}
