package loci.discord.standin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A message as it stands now: what it shows changes when it is edited. */
public final class Message {
    static final int SUPPRESS_EMBEDS = 1 << 2;
    static final int HAS_THREAD = 1 << 5;
    static final int EPHEMERAL = 1 << 6;
    static final int LOADING = 1 << 7;

    private final World world;
    private final long id;
    private final Channel channel;
    private final Account author;
    private int type;
    private int flags;
    private String content = "";
    private Pings pings = Pings.NONE;
    private ArrayNode embeds = JsonNodeFactory.instance.arrayNode();
    private ArrayNode components = JsonNodeFactory.instance.arrayNode();
    private List<Attachment> attachments = List.of();
    private List<String> stickers = List.of();
    private @Nullable Instant edited;
    private @Nullable String nonce;
    private @Nullable ObjectNode reference;
    private @Nullable Interaction interaction;
    private @Nullable Channel thread;
    private boolean deleted;
    private final List<String> history = new ArrayList<>();
    private final Map<String, Set<Account>> reactions = new LinkedHashMap<>();

    Message(World world, long id, Channel channel, Account author) {
        this.world = world;
        this.id = id;
        this.channel = channel;
        this.author = author;
    }

    public long id() {
        return id;
    }

    public Channel channel() {
        return channel;
    }

    public Account author() {
        return author;
    }

    /** The text as Discord stores it, mentions as {@code <@id>}. */
    public String text() {
        return world.locked(() -> content);
    }

    /** The text as a person reads it, mentions as {@code @name}. */
    public String shown() {
        return world.locked(() -> Mentions.shown(world, this));
    }

    /** Every text this message ever showed, oldest first, the present one last. */
    public List<String> history() {
        return world.locked(() -> {
            List<String> all = new ArrayList<>(history);
            all.add(content);
            return all;
        });
    }

    /** Whom this message notified: accounts, roles, and everyone. */
    public Pings pings() {
        return world.locked(() -> pings);
    }

    public boolean deleted() {
        return world.locked(() -> deleted);
    }

    public boolean edited() {
        return world.locked(() -> edited != null);
    }

    /** Whether only the one whose command or button it answers sees it. */
    public boolean ephemeral() {
        return world.locked(() -> (flags & EPHEMERAL) != 0);
    }

    /** Whether it still says "thinking". */
    public boolean loading() {
        return world.locked(() -> (flags & LOADING) != 0);
    }

    /** The message this one replies to, where it is a reply to one that still stands or once stood. */
    public @Nullable Message repliesTo() {
        return world.locked(() -> reference == null
                ? null
                : world.everStored().get(reference.path("message_id").asLong()));
    }

    public List<Attachment> attachments() {
        return world.locked(() -> attachments);
    }

    public List<ObjectNode> embeds() {
        return world.locked(() -> {
            List<ObjectNode> all = new ArrayList<>();
            embeds.forEach(one -> all.add((ObjectNode) one));
            return all;
        });
    }

    /** The buttons under this message, in order. */
    public List<Button> buttons() {
        return world.locked(() -> Button.in(this, components));
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

    int type() {
        return type;
    }

    int flags() {
        return flags;
    }

    List<String> stickers() {
        return stickers;
    }

    Message with(List<String> newStickers) {
        stickers = List.copyOf(newStickers);
        return this;
    }

    ArrayNode embedded() {
        return embeds;
    }

    ArrayNode components() {
        return components;
    }

    @Nullable
    Instant editTime() {
        return edited;
    }

    @Nullable
    String nonce() {
        return nonce;
    }

    @Nullable
    ObjectNode reference() {
        return reference;
    }

    @Nullable
    Interaction interaction() {
        return interaction;
    }

    @Nullable
    Channel thread() {
        return thread;
    }

    Map<String, Set<Account>> reacted() {
        return reactions;
    }

    Message ofType(int newType) {
        type = newType;
        return this;
    }

    Message flagged(int newFlags) {
        flags = newFlags;
        return this;
    }

    Message withNonce(@Nullable String newNonce) {
        nonce = newNonce;
        return this;
    }

    Message withReference(@Nullable ObjectNode newReference) {
        reference = newReference;
        return this;
    }

    Message answering(Interaction newInteraction) {
        interaction = newInteraction;
        return this;
    }

    void startedThread(Channel newThread) {
        thread = newThread;
        flags |= HAS_THREAD;
    }

    void write(String newContent, Pings newPings) {
        if (!content.equals(newContent) && !content.isEmpty()) {
            history.add(content);
        }
        content = newContent;
        pings = newPings;
    }

    void embed(ArrayNode newEmbeds) {
        embeds = newEmbeds;
    }

    void component(ArrayNode newComponents) {
        components = newComponents;
    }

    void attach(List<Attachment> newAttachments) {
        attachments = List.copyOf(newAttachments);
    }

    void markEdited(Instant when) {
        edited = when;
    }

    void markDeleted() {
        deleted = true;
    }

    Set<Account> reactorsWith(String emoji) {
        return reactions.computeIfAbsent(emoji, any -> new LinkedHashSet<>());
    }

    @Override
    public String toString() {
        return author.name() + " in " + channel + ": " + content + (deleted ? " (deleted)" : "");
    }
}
