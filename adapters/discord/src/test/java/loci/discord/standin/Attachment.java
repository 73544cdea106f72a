package loci.discord.standin;

import org.jspecify.annotations.Nullable;

/** A file under a message, served at its URL while that URL's signature lasts. */
public final class Attachment {
    private final long id;
    private final String name;
    private final @Nullable String type;
    private final byte[] bytes;
    private final String url;
    private final @Nullable String description;

    Attachment(long id, String name, @Nullable String type, byte[] bytes, String url, @Nullable String description) {
        this.id = id;
        this.name = name;
        this.type = type;
        this.bytes = bytes;
        this.url = url;
        this.description = description;
    }

    /** A file yet to be uploaded. */
    public static Attachment file(String name, String type, byte[] bytes) {
        return new Attachment(0, name, type, bytes.clone(), "", null);
    }

    public long id() {
        return id;
    }

    public String name() {
        return name;
    }

    /** Its media type, where its sender named one. */
    public @Nullable String type() {
        return type;
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    public int size() {
        return bytes.length;
    }

    /** Where it is served; of a file in a request, the name of its part. */
    public String url() {
        return url;
    }

    public @Nullable String description() {
        return description;
    }

    Attachment uploaded(long newId, String newUrl) {
        return new Attachment(newId, name, type, bytes, newUrl, description);
    }

    Attachment described(@Nullable String newName, @Nullable String newDescription) {
        return new Attachment(id, newName == null ? name : newName, type, bytes, url, newDescription);
    }

    @Override
    public String toString() {
        return name + " (" + bytes.length + " bytes)";
    }
}
