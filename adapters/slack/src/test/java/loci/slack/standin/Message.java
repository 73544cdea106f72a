package loci.slack.standin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A message as it stands now: what it shows changes when it is edited or streamed into. */
public final class Message {
    private final World world;
    private final Channel channel;
    private final Account author;
    private final String ts;
    private String text = "";
    private ArrayNode blocks = JsonNodeFactory.instance.arrayNode();
    private ArrayNode attachments = JsonNodeFactory.instance.arrayNode();
    private List<SharedFile> files = List.of();
    private @Nullable String threadTs;
    private @Nullable String subtype;
    private @Nullable String clientId;
    private @Nullable String editedTs;
    private @Nullable ObjectNode metadata;
    private @Nullable Account visibleTo;
    private @Nullable Interaction interaction;
    private boolean streaming;
    private boolean streamed;
    private boolean deleted;
    private boolean tombstone;
    private final List<String> history = new ArrayList<>();
    private final List<String> pieces = new ArrayList<>();
    private final Map<String, Set<Account>> reactions = new LinkedHashMap<>();

    Message(World world, Channel channel, Account author, String ts) {
        this.world = world;
        this.channel = channel;
        this.author = author;
        this.ts = ts;
    }

    /** The time stamp, which names the message in its channel. */
    public String ts() {
        return ts;
    }

    public Channel channel() {
        return channel;
    }

    public Account author() {
        return author;
    }

    /** The text as Slack stores it: mentions as {@code <@U…>}, {@code & < >} escaped. */
    public String text() {
        return world.locked(() -> text);
    }

    /** What a person reads: of the blocks where there are any, of the text otherwise; mentions as {@code @name}. */
    public String shown() {
        return world.locked(() -> Mentions.shown(world, blocks.isEmpty() ? text : Blocks.text(blocks)));
    }

    /** Whether it calls a person, a group or everybody in a place. */
    public boolean pings() {
        return world.locked(() ->
                Violations.pings(TextNode.valueOf(text)) || Violations.pings(blocks) || Violations.pings(attachments));
    }

    /** Every text this message ever had, oldest first, the present one last. */
    public List<String> history() {
        return world.locked(() -> {
            List<String> all = new ArrayList<>(history);
            all.add(text);
            return all;
        });
    }

    /** What was streamed into it, piece by piece. */
    public List<String> pieces() {
        return world.locked(() -> List.copyOf(pieces));
    }

    /** Whether it ever was streamed into. */
    public boolean streamed() {
        return world.locked(() -> streamed);
    }

    /** Whether it is being streamed into. */
    public boolean streaming() {
        return world.locked(() -> streaming);
    }

    public boolean deleted() {
        return world.locked(() -> deleted);
    }

    /** Whether it stands empty above replies, its text gone. */
    public boolean tombstone() {
        return world.locked(() -> tombstone);
    }

    public boolean edited() {
        return world.locked(() -> editedTs != null);
    }

    /** Whether only one person sees it. */
    public boolean ephemeral() {
        return world.locked(() -> visibleTo != null);
    }

    /** The time stamp of the thread it is in; null where it is in none. The parent of a thread bears its own. */
    public @Nullable String threadTs() {
        return world.locked(() -> threadTs);
    }

    /** The time stamp that a reply to it would name: of its thread, or its own. */
    public String root() {
        return world.locked(() -> Objects.requireNonNullElse(threadTs, ts));
    }

    public List<SharedFile> files() {
        return world.locked(() -> files);
    }

    /** The blocks, as Slack's JSON. */
    public ArrayNode blocks() {
        return world.locked(() -> blocks);
    }

    /** The event type and payload that an app hung on it. */
    public @Nullable ObjectNode metadata() {
        return world.locked(() -> metadata);
    }

    /** The buttons under this message, in order. */
    public List<Button> buttons() {
        return world.locked(() -> Button.in(this, blocks));
    }

    /** The button with this label. */
    public Button button(String label) {
        return buttons().stream()
                .filter(one -> one.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no button " + label + " among " + buttons()));
    }

    /** Who reacted with what. */
    public Map<String, List<Account>> reactions() {
        return world.locked(() -> {
            Map<String, List<Account>> all = new LinkedHashMap<>();
            reactions.forEach((emoji, who) -> all.put(emoji, List.copyOf(who)));
            return all;
        });
    }

    // ---- for the stand-in itself, under the world's lock

    @Nullable
    Account visibleTo() {
        return visibleTo;
    }

    @Nullable
    String subtype() {
        return subtype;
    }

    @Nullable
    String clientId() {
        return clientId;
    }

    @Nullable
    String editedTs() {
        return editedTs;
    }

    @Nullable
    Interaction interaction() {
        return interaction;
    }

    ArrayNode attachments() {
        return attachments;
    }

    Map<String, Set<Account>> reacted() {
        return reactions;
    }

    Set<Account> reactorsWith(String emoji) {
        return reactions.computeIfAbsent(emoji, any -> new LinkedHashSet<>());
    }

    Message inThread(@Nullable String newThreadTs) {
        threadTs = newThreadTs;
        return this;
    }

    Message ofSubtype(@Nullable String newSubtype) {
        subtype = newSubtype;
        return this;
    }

    Message fromClient(String id) {
        clientId = id;
        return this;
    }

    Message onlyFor(Account person) {
        visibleTo = person;
        return this;
    }

    Message answering(@Nullable Interaction newInteraction) {
        interaction = newInteraction;
        return this;
    }

    Message with(@Nullable ObjectNode newMetadata) {
        metadata = newMetadata;
        return this;
    }

    Message attaching(List<SharedFile> newFiles) {
        files = List.copyOf(newFiles);
        return this;
    }

    Message write(String newText, ArrayNode newBlocks, ArrayNode newAttachments) {
        if (!text.equals(newText) && !text.isEmpty()) {
            history.add(text);
        }
        text = newText;
        blocks = newBlocks;
        attachments = newAttachments;
        return this;
    }

    void stream(boolean now, String piece) {
        streaming = now;
        streamed = true;
        if (!piece.isEmpty()) {
            pieces.add(piece);
            write(text + piece, blocks, attachments);
        }
    }

    void markEdited(String when) {
        editedTs = when;
    }

    void markDeleted() {
        deleted = true;
    }

    void markTombstone() {
        tombstone = true;
        subtype = "tombstone";
        write("This message was deleted.", JsonNodeFactory.instance.arrayNode(), JsonNodeFactory.instance.arrayNode());
    }

    @Override
    public String toString() {
        return author.name() + " in " + channel + (threadTs == null ? "" : " under " + threadTs) + ": " + shown()
                + (deleted ? " (deleted)" : "") + (visibleTo == null ? "" : " (only for " + visibleTo + ")");
    }
}
