package loci.discord.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A command someone ran, a button they pressed, or a form they filled in, and what came of it. */
public final class Interaction {
    static final Duration ANSWER_WITHIN = Duration.ofSeconds(3);
    static final Duration TOKEN_LASTS = Duration.ofMinutes(15);

    /** Discord's kinds, by their numbers. */
    enum Kind {
        COMMAND(2),
        COMPONENT(3),
        AUTOCOMPLETE(4),
        MODAL(5);

        final int number;

        Kind(int number) {
            this.number = number;
        }
    }

    private final World world;
    private final long id;
    private final String token;
    private final Kind kind;
    private final Account invoker;
    private final Channel channel;
    private final @Nullable Message source;
    private final @Nullable Interaction cause;
    private final String name;
    private final Instant begun;
    private final List<Message> followups = new ArrayList<>();
    private @Nullable Integer callback;
    private @Nullable Message original;
    private List<String> choices = List.of();
    private @Nullable ObjectNode modal;

    Interaction(
            World world,
            long id,
            String token,
            Kind kind,
            Account invoker,
            Channel channel,
            @Nullable Message source,
            @Nullable Interaction cause,
            String name) {
        this.world = world;
        this.id = id;
        this.token = token;
        this.kind = kind;
        this.invoker = invoker;
        this.channel = channel;
        this.source = source;
        this.cause = cause;
        this.name = name;
        this.begun = world.clock().instant();
    }

    /** Whether the bot reacted in time: an answer, "thinking", choices or a form. */
    public boolean acknowledged() {
        return world.locked(() -> callback != null);
    }

    /** Whether the three seconds went by without a reaction: its invoker reads "The application did not respond". */
    public boolean failed() {
        return world.locked(() -> callback == null && world.clock().instant().isAfter(begun.plus(ANSWER_WITHIN)));
    }

    /** Whether its invoker sees "thinking". */
    public boolean thinking() {
        return world.locked(() -> original != null && original.loading() && !original.deleted());
    }

    /** Whether only its invoker sees the answer. */
    public boolean ephemeral() {
        return world.locked(() -> original != null && original.ephemeral());
    }

    /** The answer itself, where there is one yet; of a button whose message was left or changed, that message. */
    public @Nullable Message answer() {
        return world.locked(() -> original == null || original.loading() ? null : original);
    }

    /** What came after the answer. */
    public List<Message> followups() {
        return world.locked(() -> List.copyOf(followups));
    }

    /** What is offered while an option is typed. */
    public List<String> choices() {
        return world.locked(() -> choices);
    }

    /** The form that was put before its invoker, where one was. */
    public @Nullable ObjectNode form() {
        return world.locked(() -> modal);
    }

    /** Waits, bounded by the server's patience, until the bot has reacted. */
    public Interaction awaitAcknowledged() {
        world.insist("an acknowledgement of " + name, () -> callback == null ? null : this);
        return this;
    }

    /** Waits, bounded by the server's patience, for the answer itself. */
    public Message awaitAnswer() {
        return world.insist("an answer to " + name, this::answer);
    }

    /** Waits, bounded by the server's patience, for the choices offered. */
    public List<String> awaitChoices() {
        return awaitAcknowledged().choices();
    }

    // ---- for the stand-in itself, under the world's lock

    World world() {
        return world;
    }

    long id() {
        return id;
    }

    String token() {
        return token;
    }

    Kind kind() {
        return kind;
    }

    Account invoker() {
        return invoker;
    }

    Channel channel() {
        return channel;
    }

    @Nullable
    Message source() {
        return source;
    }

    /** Of a form that was filled in, what brought it up. */
    @Nullable
    Interaction cause() {
        return cause;
    }

    String name() {
        return name;
    }

    boolean expired() {
        return world.clock().instant().isAfter(begun.plus(TOKEN_LASTS));
    }

    @Nullable
    Message original() {
        return original;
    }

    @Nullable
    Integer callback() {
        return callback;
    }

    void answered(int newCallback, @Nullable Message newOriginal) {
        callback = newCallback;
        original = newOriginal;
    }

    void offered(JsonNode newChoices) {
        List<String> names = new ArrayList<>();
        newChoices.forEach(one -> names.add(one.path("name").asText()));
        choices = List.copyOf(names);
    }

    void asked(ObjectNode newModal) {
        modal = newModal;
    }

    void followedBy(Message message) {
        followups.add(message);
    }

    @Override
    public String toString() {
        return invoker.name() + ": " + name;
    }
}
