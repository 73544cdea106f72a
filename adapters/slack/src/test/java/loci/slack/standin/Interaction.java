package loci.slack.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A command someone ran, a button they pressed, a form they sent or a shortcut they took, and what came of it. */
public final class Interaction {
    static final Duration ACKNOWLEDGE_WITHIN = Duration.ofSeconds(3);
    static final Duration URL_LASTS = Duration.ofMinutes(30);
    static final int URL_USES = 5;

    private final World world;
    private final String id;
    private final String name;
    private final Account invoker;
    private final @Nullable Channel channel;
    private final @Nullable Message source;
    private final Instant begun;
    private final List<Message> answers = new ArrayList<>();
    private @Nullable View form;
    private boolean acknowledged;
    private boolean triggered;
    private int urlUses;

    Interaction(
            World world, String id, String name, Account invoker, @Nullable Channel channel, @Nullable Message source) {
        this.world = world;
        this.id = id;
        this.name = name;
        this.invoker = invoker;
        this.channel = channel;
        this.source = source;
        this.begun = world.clock().instant();
    }

    /** Whether the app took it. */
    public boolean acknowledged() {
        return world.locked(() -> acknowledged);
    }

    /** Whether the three seconds went by without that: its invoker reads that the app did not respond. */
    public boolean failed() {
        return world.locked(() -> !acknowledged && world.clock().instant().isAfter(begun.plus(ACKNOWLEDGE_WITHIN)));
    }

    /** The first message the app answered with, where there is one. */
    public @Nullable Message answer() {
        return world.locked(() -> answers.isEmpty() ? null : answers.getFirst());
    }

    /** All messages the app answered with: with the acknowledgement, or through the response URL. */
    public List<Message> answers() {
        return world.locked(() -> List.copyOf(answers));
    }

    /** The modal that was put before its invoker, where one was. */
    public @Nullable View form() {
        return world.locked(() -> form);
    }

    /** Waits, bounded by the server's patience, until the app took it. */
    public Interaction awaitAcknowledged() {
        return world.insist(() -> "an acknowledgement of " + this, () -> acknowledged ? this : null);
    }

    /** Waits, bounded by the server's patience, for the first answer. */
    public Message awaitAnswer() {
        return world.insist(() -> "an answer to " + this, this::answer);
    }

    /** Waits, bounded by the server's patience, for so many answers, and gives the last of them. */
    public Message awaitAnswer(int number) {
        return world.insist(
                () -> number + " answers to " + this + ", which has " + answers,
                () -> answers.size() >= number ? answers.get(number - 1) : null);
    }

    /** Waits, bounded by the server's patience, for the modal. */
    public View awaitForm() {
        return world.insist(() -> "a form after " + this, this::form);
    }

    /** What the app may open a view with, within three seconds and once. */
    public String triggerId() {
        return "trigger." + id;
    }

    /** Where the app may answer, five times within 30 minutes. */
    public String responseUrl() {
        return world.base() + "/response/" + id;
    }

    // ---- for the stand-in itself, under the world's lock

    String id() {
        return id;
    }

    Account invoker() {
        return invoker;
    }

    @Nullable
    Channel channel() {
        return channel;
    }

    @Nullable
    Message source() {
        return source;
    }

    void acknowledge() {
        acknowledged = true;
    }

    void answeredBy(Message message) {
        answers.add(message);
    }

    void asked(View view) {
        form = view;
    }

    void useUrl() {
        if (world.clock().instant().isAfter(begun.plus(URL_LASTS))) {
            throw new Refusal("expired_url");
        }
        if (urlUses++ >= URL_USES) {
            throw new Refusal("used_url");
        }
    }

    void useTrigger() {
        if (world.clock().instant().isAfter(begun.plus(ACKNOWLEDGE_WITHIN))) {
            throw new Refusal("expired_trigger_id");
        }
        if (triggered) {
            throw new Refusal("exchanged_trigger_id");
        }
        triggered = true;
    }

    /** What was said with the acknowledgement, if anything. */
    boolean says(@Nullable JsonNode answer) {
        return answer != null && (answer.has("text") || answer.has("blocks") || answer.has("attachments"));
    }

    @Override
    public String toString() {
        return invoker.name() + ": " + name;
    }
}
