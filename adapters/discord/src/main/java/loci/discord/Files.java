package loci.discord;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import loci.chat.Attachments;
import loci.chat.Image;
import net.dv8tion.jda.api.entities.Message;
import net.dv8tion.jda.api.entities.Message.Attachment;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What comes with messages: the words of text files, and images for models that see. Fetched from Discord's own hosts only, without the
 * bot's token, and no more of it than is of use. Thread-safe.
 */
final class Files {

    private static final Logger LOG = LoggerFactory.getLogger(Files.class);

    /** What of one file is read; a prompt of the usual budget holds hardly more. */
    private static final int MOST_TEXT_BYTES = 48 * 1024;

    /** The most text files of one message that are read. */
    private static final int MOST_TEXTS = 4;

    /** The most images of one message that a model is shown. */
    private static final int MOST_IMAGES = 4;

    private static final int MOST_IMAGE_BYTES = 5 * 1024 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int MOST_READ = 100;

    /** Where Discord keeps files (<a href="https://discord.com/developers/docs/reference#image-formatting">Reference</a>). */
    private static final Set<String> HOSTS = Set.of("cdn.discordapp.com", "media.discordapp.net");

    private static final Set<String> SEEN = Set.of("image/png", "image/jpeg", "image/webp", "image/gif");
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
    private final @Nullable String ownHost;
    private final Recent<String, Words> read = new Recent<>(MOST_READ);

    /** What was read of a text file. */
    private record Words(String text, boolean cut) {}

    /** Of a file that turned out to be no text. */
    private static final Words NONE = new Words("", false);

    /** The beginning of a file. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Bytes(byte[] bytes, boolean cut) {}

    /**
     * @param http JDA's, which goes the way that is configured
     * @param apiUrl where Discord is; a server that stands for it keeps files itself
     */
    Files(OkHttpClient http, String apiUrl) {
        this.http =
                http.newBuilder().followRedirects(false).callTimeout(PATIENCE).build();
        this.ownHost = apiUrl.equals(DiscordSettings.DISCORD)
                ? null
                : URI.create(apiUrl).getAuthority();
    }

    /** Whether there is something to read in what comes with a message, and it was not read yet. */
    boolean hasUnread(Message message) {
        return texts(message).anyMatch(file -> read.get(file.getId()) == null);
    }

    /** Reads the text files of a message. Waits for Discord; what cannot be read is named only. */
    void read(Message message) {
        texts(message)
                .filter(file -> read.get(file.getId()) == null)
                .forEach(file -> fetch(file, MOST_TEXT_BYTES)
                        .ifPresent(
                                bytes -> read.put(file.getId(), decoded(bytes).orElse(NONE))));
    }

    private static Stream<Attachment> texts(Message message) {
        return Stream.concat(
                        message.getAttachments().stream(),
                        message.getMessageSnapshots().stream()
                                .flatMap(forwarded -> forwarded.getAttachments().stream()))
                .filter(Files::isText)
                .limit(MOST_TEXTS);
    }

    /** How a file stands in its message's text: with its words where these were read. */
    String shown(Attachment file) {
        Words words = read.get(file.getId());
        if (words != null && !words.equals(NONE)) {
            return Attachments.text(file.getFileName(), words.text(), words.cut());
        }
        return isImage(file) ? Attachments.image(file.getFileName()) : Attachments.file(file.getFileName());
    }

    /** Fetches the images of a message. Waits for Discord. */
    List<Image> images(Message message) {
        List<Image> images = new ArrayList<>();
        message.getAttachments().stream()
                .filter(file -> isImage(file) && file.getSize() <= MOST_IMAGE_BYTES)
                .limit(MOST_IMAGES)
                .forEach(file -> fetch(file, MOST_IMAGE_BYTES)
                        .filter(bytes -> !bytes.cut())
                        .ifPresent(bytes -> images.add(new Image(
                                URI.create("data:" + type(file) + ";base64,"
                                        + Base64.getEncoder().encodeToString(bytes.bytes())),
                                file.getWidth(),
                                file.getHeight()))));
        return images;
    }

    private static boolean isImage(Attachment file) {
        return SEEN.contains(type(file)) && file.getWidth() > 0 && file.getHeight() > 0;
    }

    private static boolean isText(Attachment file) {
        String type = type(file);
        String extension =
                Optional.ofNullable(file.getFileExtension()).orElse("").toLowerCase(Locale.ROOT);
        return type.startsWith("text/") || type.equals("application/json") || TEXTUAL.contains(extension);
    }

    private static String type(Attachment file) {
        String type = Optional.ofNullable(file.getContentType()).orElse("");
        int end = type.indexOf(';');
        return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    private Optional<Bytes> fetch(Attachment file, int most) {
        URI from = URI.create(file.getUrl());
        if (!isDiscords(from)) {
            LOG.warn("a file is not fetched, since it is not on a host of Discord's: {}", from.getHost());
            return Optional.empty();
        }
        try (Response response =
                http.newCall(new Request.Builder().url(file.getUrl()).build()).execute()) {
            if (!response.isSuccessful()) {
                LOG.info("a file could not be fetched from Discord: {}", response.code());
                return Optional.empty();
            }
            byte[] bytes = response.body().byteStream().readNBytes(most + 1);
            boolean cut = bytes.length > most;
            return Optional.of(new Bytes(cut ? java.util.Arrays.copyOf(bytes, most) : bytes, cut));
        } catch (IOException failed) {
            LOG.info("a file could not be fetched from Discord: {}", failed.toString());
            return Optional.empty();
        }
    }

    private boolean isDiscords(URI from) {
        boolean own = ownHost != null && ownHost.equals(from.getAuthority());
        return own || ("https".equals(from.getScheme()) && from.getHost() != null && HOSTS.contains(from.getHost()));
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
