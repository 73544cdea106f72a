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

    /** Where a PNG says how large it is. */
    private static final int PNG_WIDTH = 16;

    private static final int PNG_HEIGHT = 20;
    private static final int PNG_HEADER = 24;

    SharedFile(String id, String name, String title, byte[] bytes, String url, String uploader) {
        this.id = id;
        this.name = name;
        this.title = title;
        this.bytes = bytes;
        this.url = url;
        this.uploader = uploader;
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

    /** The file object. */
    ObjectNode shape() {
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
