package loci.discord;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import loci.chat.AttachedText;
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

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int MOST_READ = 100;

    /** Where Discord keeps files (<a href="https://discord.com/developers/docs/reference#image-formatting">Reference</a>). */
    private static final Set<String> HOSTS = Set.of("cdn.discordapp.com", "media.discordapp.net");

    private final OkHttpClient http;
    private final @Nullable String ownHost;
    private final Recent<String, Optional<AttachedText>> read = new Recent<>(MOST_READ);

    /** Takes what is of use from a file. */
    @FunctionalInterface
    private interface Taking<T> {
        T from(InputStream file) throws IOException;
    }

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
                .forEach(file -> fetch(file, AttachedText::read).ifPresent(words -> read.put(file.getId(), words)));
    }

    private static Stream<Attachment> texts(Message message) {
        return Stream.concat(
                        message.getAttachments().stream(),
                        message.getMessageSnapshots().stream()
                                .flatMap(forwarded -> forwarded.getAttachments().stream()))
                .filter(Files::isText)
                .limit(AttachedText.MOST_FILES);
    }

    /** How a file stands in its message's text: with its words where these were read. */
    String shown(Attachment file) {
        String name = file.getFileName();
        Optional<AttachedText> words = read.get(file.getId());
        if (words != null && words.isPresent()) {
            return words.get().shown(name);
        }
        return isImage(file) ? Attachments.image(name) : Attachments.file(name);
    }

    /** Fetches the images of a message. Waits for Discord. */
    List<Image> images(Message message) {
        return message.getAttachments().stream()
                .filter(file -> isImage(file) && file.getSize() <= Image.MOST_BYTES)
                .limit(Image.MOST)
                .flatMap(file -> fetch(file, in -> Image.read(type(file), file.getWidth(), file.getHeight(), in))
                        .flatMap(image -> image)
                        .stream())
                .toList();
    }

    private static boolean isImage(Attachment file) {
        return Image.isOne(type(file), file.getWidth(), file.getHeight());
    }

    private static boolean isText(Attachment file) {
        return AttachedText.isOne(type(file), file.getFileName());
    }

    private static String type(Attachment file) {
        String type = Optional.ofNullable(file.getContentType()).orElse("");
        int end = type.indexOf(';');
        return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    private <T> Optional<T> fetch(Attachment file, Taking<T> taking) {
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
            return Optional.of(taking.from(response.body().byteStream()));
        } catch (IOException failed) {
            LOG.info("a file could not be fetched from Discord: {}", failed.toString());
            return Optional.empty();
        }
    }

    private boolean isDiscords(URI from) {
        boolean own = ownHost != null && ownHost.equals(from.getAuthority());
        return own || ("https".equals(from.getScheme()) && from.getHost() != null && HOSTS.contains(from.getHost()));
    }
}
