package loci.slack;

import com.slack.api.model.File;
import com.slack.api.model.Message;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
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

    /** What of one file is read; a prompt of the usual budget holds hardly more. */
    private static final int MOST_TEXT_BYTES = 48 * 1024;

    /** The most text files of one message that are read. */
    private static final int MOST_TEXTS = 4;

    /** The most images of one message that a model is shown. */
    private static final int MOST_IMAGES = 4;

    private static final int MOST_IMAGE_BYTES = 8 * 1024 * 1024;
    private static final int MOST_READ = 100;

    /** Slack sends a message again that is not acknowledged in three seconds; that it comes again does no harm, but is not to be usual. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    /** Where Slack keeps files: GovSlack under its own name. */
    private static final Set<String> HOSTS = Set.of("files.slack.com", "files.slack-gov.com");

    private static final Set<String> SEEN = Set.of("image/png", "image/jpeg", "image/webp", "image/gif");

    /** Slack calls by its language what it takes for a text to be shown. */
    private static final Set<String> SHOWN_AS_TEXT = Set.of("hosted", "snippet", "post");

    private static final Set<String> TEXTUAL = Set.of(
            "txt",
            "md",
            "markdown",
            "log",
            "csv",
            "tsv",
            "json",
            "jsonl",
            "xml",
            "yaml",
            "yml",
            "toml",
            "ini",
            "cfg",
            "conf",
            "properties",
            "html",
            "css",
            "js",
            "ts",
            "jsx",
            "tsx",
            "java",
            "kt",
            "py",
            "rb",
            "go",
            "rs",
            "c",
            "h",
            "cpp",
            "hpp",
            "cs",
            "php",
            "sh",
            "bat",
            "ps1",
            "sql",
            "diff",
            "patch",
            "tex",
            "srt",
            "vtt",
            "gradle",
            "lua",
            "swift",
            "scala");

    private final OkHttpClient http;
    private final String token;
    private final @Nullable String ownHost;
    private final Recent<String, Words> read = new Recent<>(MOST_READ);

    /** What was read of a text file. */
    private record Words(String text, boolean cut) {}

    /** The beginning of a file. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Bytes(byte[] bytes, boolean cut, String type) {}

    /**
     * @param http the Web API's, which goes the way that is configured
     * @param apiUrl where Slack is; a server that stands for it keeps files itself
     */
    Files(OkHttpClient http, String apiUrl, String token) {
        this.http = http.newBuilder()
                .followRedirects(false)
                .followSslRedirects(false)
                .callTimeout(PATIENCE)
                .build();
        this.token = token;
        this.ownHost =
                apiUrl.equals(SlackSettings.SLACK) ? null : URI.create(apiUrl).getAuthority();
    }

    /** Reads the text files of a message. Waits for Slack; what cannot be read is named only. */
    void read(Message message) {
        files(message)
                .filter(Files::isText)
                .limit(MOST_TEXTS)
                .filter(file -> read.get(file.getId()) == null)
                .forEach(file -> fetch(file, MOST_TEXT_BYTES)
                        .filter(bytes -> !isPage(bytes, file))
                        .flatMap(Files::decoded)
                        .ifPresent(words -> read.put(file.getId(), words)));
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
    String shown(File file) {
        String name = file.getName() == null ? written(file.getTitle()) : file.getName();
        Words words = isGone(file) || file.getId() == null ? null : read.get(file.getId());
        if (words != null) {
            return Attachments.text(name, words.text(), words.cut());
        }
        return isImage(file) ? Attachments.image(name) : Attachments.file(name);
    }

    /** Fetches the images of a message. Waits for Slack. */
    List<Image> images(Message message) {
        List<Image> images = new ArrayList<>();
        files(message)
                .filter(file -> isImage(file) && size(file) <= MOST_IMAGE_BYTES)
                .limit(MOST_IMAGES)
                .forEach(file -> fetch(file, MOST_IMAGE_BYTES)
                        .filter(bytes -> !bytes.cut() && !isPage(bytes, file))
                        .ifPresent(bytes -> images.add(new Image(
                                URI.create("data:" + file.getMimetype() + ";base64,"
                                        + Base64.getEncoder().encodeToString(bytes.bytes())),
                                pixels(file.getOriginalWidth()),
                                pixels(file.getOriginalHeight())))));
        return images;
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
        return SEEN.contains(written(file.getMimetype()))
                && pixels(file.getOriginalWidth()) > 0
                && pixels(file.getOriginalHeight()) > 0;
    }

    private static boolean isText(File file) {
        String type = written(file.getMimetype());
        String name = written(file.getName());
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        boolean kept = file.getMode() == null || SHOWN_AS_TEXT.contains(file.getMode());
        return kept && (type.startsWith("text/") || type.equals("application/json") || TEXTUAL.contains(ending));
    }

    private static String written(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** Without the scope for it Slack answers with a page to log in by. */
    private static boolean isPage(Bytes bytes, File file) {
        return bytes.type().startsWith("text/html")
                && !written(file.getMimetype()).startsWith("text/html");
    }

    private Optional<Bytes> fetch(File file, int most) {
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
            if (!response.isSuccessful()) {
                LOG.info("a file could not be fetched from Slack: {}", response.code());
                return Optional.empty();
            }
            byte[] bytes = response.body().byteStream().readNBytes(most + 1);
            boolean cut = bytes.length > most;
            String type = written(response.header("Content-Type"));
            return Optional.of(new Bytes(cut ? Arrays.copyOf(bytes, most) : bytes, cut, type));
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

    /** Empty where it is no text after all. */
    private static Optional<Words> decoded(Bytes file) {
        byte[] bytes = file.bytes();
        // Where it was cut, the last character may be cut too: UTF-8 has at most three bytes of it at the end.
        for (int end = bytes.length; end >= Math.max(0, bytes.length - (file.cut() ? 3 : 0)); end--) {
            try {
                String text = StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes, 0, end))
                        .toString();
                return text.indexOf('\0') >= 0
                        ? Optional.empty()
                        : Optional.of(new Words(text.startsWith("\uFEFF") ? text.substring(1) : text, file.cut()));
            } catch (CharacterCodingException notYet) {
                LOG.trace("a file does not end in a whole character", notYet);
            }
        }
        return Optional.empty();
    }
}
