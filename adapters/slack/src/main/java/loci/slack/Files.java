package loci.slack;

import com.slack.api.methods.response.files.FilesInfoResponse;
import com.slack.api.model.File;
import com.slack.api.model.Message;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import loci.chat.AttachedText;
import loci.chat.Attachments;
import loci.chat.Image;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What comes with messages: the words of text files, and images for models that see. Fetched from Slack's own hosts only, since the bot's
 * token goes along; where one of them points elsewhere it is not followed. Thread-safe.
 *
 * @see <a href="https://docs.slack.dev/reference/objects/file-object">File object</a>
 */
final class Files {

    private static final Logger LOG = LoggerFactory.getLogger(Files.class);

    private static final int MOST_READ = 100;

    /**
     * For all that comes with a message together. Slack sends again what is not acknowledged in three seconds: that it comes again does no
     * harm, but is not to be usual.
     */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Where Slack keeps files: GovSlack under its own name. */
    private static final Set<String> HOSTS = Set.of("files.slack.com", "files.slack-gov.com");

    /** Slack calls by its language what it takes for a text to be shown. */
    private static final Set<String> SHOWN_AS_TEXT = Set.of("hosted", "snippet", "post");

    /** A file that another workspace shared comes with its id alone. */
    private static final String TO_BE_ASKED_FOR = "check_file_info";

    private final OkHttpClient http;
    private final String token;
    private final @Nullable String ownHost;
    private final Web web;
    private final Recent<String, Optional<AttachedText>> read = new Recent<>(MOST_READ);
    /** What Slack said of files when it was asked. */
    private final Recent<String, File> described = new Recent<>(MOST_READ);

    /** Takes what is of use from a file. */
    @FunctionalInterface
    private interface Taking<T> {
        T from(InputStream file) throws IOException;
    }

    /**
     * @param http the Web API's, which goes the way that is configured
     * @param apiUrl where Slack is; a server that stands for it keeps files itself
     */
    Files(OkHttpClient http, Web web, String apiUrl, String token) {
        this.web = web;
        this.http = http.newBuilder()
                .followRedirects(false)
                .followSslRedirects(false)
                .callTimeout(PATIENCE)
                .build();
        this.token = token;
        this.ownHost =
                apiUrl.equals(SlackSettings.SLACK) ? null : URI.create(apiUrl).getAuthority();
    }

    /** Whether there is something to read in what comes with a message, and it was not read yet. */
    boolean hasUnread(Message message) {
        return unread(message).findAny().isPresent();
    }

    /** Reads the text files of a message, side by side. Waits for Slack; what cannot be read is named only. */
    void read(Message message) {
        try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            unread(message).forEach(file -> readers.execute(() -> read(file)));
        }
    }

    private Stream<File> unread(Message message) {
        return files(message)
                .filter(file -> isText(file) || isToBeAskedFor(file))
                .limit(AttachedText.MOST_FILES)
                .filter(file -> read.get(file.getId()) == null);
    }

    private void read(File file) {
        File whole = described(file);
        if (isText(whole)) {
            fetch(whole, AttachedText::read).ifPresent(words -> read.put(whole.getId(), words));
        }
    }

    /**
     * A file as Slack describes it, which is asked where only the file's id came
     * (<a href="https://docs.slack.dev/apis/slack-connect/using-slack-connect/#files">Slack Connect</a>).
     */
    private File described(File file) {
        if (!isToBeAskedFor(file)) {
            return file;
        }
        File known = described.get(file.getId());
        if (known != null) {
            return known;
        }
        String id = file.getId();
        return switch (web.tried("files.info", slack -> slack.filesInfo(asked -> asked.file(id)))) {
            case Web.Done<FilesInfoResponse>(var answer)
            when answer.getFile() != null -> {
                described.put(id, answer.getFile());
                yield answer.getFile();
            }
            case Web.Tried<FilesInfoResponse> failed -> {
                LOG.info("Slack did not say what a file of another workspace is: {}", failed);
                yield file;
            }
        };
    }

    private static boolean isToBeAskedFor(File file) {
        return TO_BE_ASKED_FOR.equals(file.getFileAccess());
    }

    private static Stream<File> files(Message message) {
        return message.getFiles() == null
                ? Stream.empty()
                : message.getFiles().stream().filter(file -> file.getId() != null && !isGone(file));
    }

    private static boolean isGone(File file) {
        return "tombstone".equals(file.getMode()) || "hidden_by_limit".equals(file.getMode());
    }

    /** How a file stands in its message's text: with its words where these were read. */
    String shown(File shared) {
        boolean hasWords = shared.getId() != null && !isGone(shared);
        File known = hasWords ? described.get(shared.getId()) : null;
        File file = known == null ? shared : known;
        String name = file.getName() == null ? written(file.getTitle()) : file.getName();
        Optional<AttachedText> words = hasWords ? read.get(shared.getId()) : null;
        if (words != null && words.isPresent()) {
            return words.get().shown(name);
        }
        return isImage(file) ? Attachments.image(name) : Attachments.file(name);
    }

    /** Fetches the images of a message. Waits for Slack. */
    List<Image> images(Message message) {
        return files(message)
                .map(this::described)
                .filter(file -> isImage(file) && size(file) <= Image.MOST_BYTES)
                .limit(Image.MOST)
                .flatMap(file -> fetch(file, in -> Image.read(file.getMimetype(), width(file), height(file), in))
                        .flatMap(image -> image)
                        .stream())
                .toList();
    }

    private static int width(File file) {
        return pixels(file.getOriginalWidth());
    }

    private static int height(File file) {
        return pixels(file.getOriginalHeight());
    }

    private static int size(File file) {
        return file.getSize() == null ? 0 : file.getSize();
    }

    private static int pixels(@Nullable String number) {
        try {
            return number == null ? 0 : Integer.parseInt(number);
        } catch (NumberFormatException notANumber) {
            return 0;
        }
    }

    private static boolean isImage(File file) {
        return Image.isOne(written(file.getMimetype()), width(file), height(file));
    }

    private static boolean isText(File file) {
        boolean kept = file.getMode() == null || SHOWN_AS_TEXT.contains(file.getMode());
        return kept && AttachedText.isOne(written(file.getMimetype()), written(file.getName()));
    }

    private static String written(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** Without the scope for it Slack answers with a page to log in by. */
    private static boolean isPage(Response response, File file) {
        return written(response.header("Content-Type")).startsWith("text/html")
                && !written(file.getMimetype()).startsWith("text/html");
    }

    private <T> Optional<T> fetch(File file, Taking<T> taking) {
        String address = file.getUrlPrivateDownload() == null ? file.getUrlPrivate() : file.getUrlPrivateDownload();
        URI from = uri(address);
        if (from == null || !isSlacks(from)) {
            LOG.warn(
                    "a file is not fetched, since it is not on a host of Slack's: {}",
                    from == null ? "" : from.getHost());
            return Optional.empty();
        }
        Request request = new Request.Builder()
                .url(from.toString())
                .header("Authorization", "Bearer " + token)
                .build();
        try (Response response = http.newCall(request).execute()) {
            if (!response.isSuccessful() || isPage(response, file)) {
                LOG.info("a file could not be fetched from Slack: {}", response.code());
                return Optional.empty();
            }
            return Optional.of(taking.from(response.body().byteStream()));
        } catch (IOException failed) {
            LOG.info(
                    "a file could not be fetched from Slack: {}",
                    failed.getClass().getSimpleName());
            return Optional.empty();
        }
    }

    private static @Nullable URI uri(@Nullable String address) {
        try {
            return address == null ? null : URI.create(address);
        } catch (IllegalArgumentException notOne) {
            return null;
        }
    }

    private boolean isSlacks(URI from) {
        boolean own = ownHost != null && ownHost.equals(from.getAuthority());
        // The authority, not the host alone: nobody's name or port is before or behind it.
        return own || ("https".equals(from.getScheme()) && HOSTS.contains(written(from.getAuthority())));
    }
}
