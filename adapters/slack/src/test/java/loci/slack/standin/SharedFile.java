package loci.slack.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLConnection;
import java.nio.ByteBuffer;
import java.util.Objects;

/** A file in a workspace; whoever fetches {@link #url()} needs the bot's token. */
public final class SharedFile {
    private final String id;
    private final String name;
    private final String title;
    private final byte[] bytes;
    private final String url;
    private final String uploader;
    private final boolean fromAfar;
    private boolean gone;

    /** Where a PNG says how large it is. */
    private static final int PNG_WIDTH = 16;

    private static final int PNG_HEIGHT = 20;
    private static final int PNG_HEADER = 24;

    SharedFile(String id, String name, String title, byte[] bytes, String url, String uploader) {
        this(id, name, title, bytes, url, uploader, false);
    }

    private SharedFile(
            String id, String name, String title, byte[] bytes, String url, String uploader, boolean fromAfar) {
        this.id = id;
        this.name = name;
        this.title = title;
        this.bytes = bytes;
        this.url = url;
        this.uploader = uploader;
        this.fromAfar = fromAfar;
    }

    /** The same file, said to be served elsewhere. */
    public SharedFile at(String address) {
        return new SharedFile(id, name, title, bytes, address, uploader, fromAfar);
    }

    /** The same file, shared by another workspace through Slack Connect: what it is must be asked for. */
    public SharedFile fromAnotherWorkspace() {
        return new SharedFile(id, name, title, bytes, url, uploader, true);
    }

    /** The F… id. */
    public String id() {
        return id;
    }

    public String name() {
        return name;
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    /** Where it is served, which Slack calls {@code url_private}. */
    public String url() {
        return url;
    }

    /** The media type, which follows from the name. */
    public String mediaType() {
        return Objects.requireNonNullElse(URLConnection.guessContentTypeFromName(name), "application/octet-stream");
    }

    /** Its owner has taken it away. */
    void markGone() {
        gone = true;
    }

    /** The file object as it comes with messages. */
    ObjectNode shape() {
        if (gone) {
            return World.json().put("id", id).put("mode", "tombstone");
        }
        return fromAfar ? World.json().put("id", id).put("file_access", "check_file_info") : described();
    }

    /** The file object in full. */
    ObjectNode described() {
        int dot = name.lastIndexOf('.');
        String extension = dot < 0 ? "" : name.substring(dot + 1);
        ObjectNode shape = World.json()
                .put("id", id)
                .put("name", name)
                .put("title", title)
                .put("mimetype", mediaType())
                .put("filetype", extension.equals("txt") ? "text" : extension)
                .put("pretty_type", "File")
                .put("user", uploader)
                .put("mode", "hosted")
                .put("is_external", false)
                .put("file_access", "visible")
                .put("size", bytes.length)
                .put("url_private", url)
                .put("url_private_download", url + "?download=1");
        if (extension.equals("png") && bytes.length >= PNG_HEADER) {
            ByteBuffer header = ByteBuffer.wrap(bytes);
            shape.put("original_w", header.getInt(PNG_WIDTH)).put("original_h", header.getInt(PNG_HEIGHT));
        }
        return shape;
    }

    @Override
    public String toString() {
        return name;
    }
}
