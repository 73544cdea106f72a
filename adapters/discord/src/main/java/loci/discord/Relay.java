package loci.discord;

import java.util.concurrent.CompletableFuture;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.events.GenericEvent;
import net.dv8tion.jda.api.events.RawGatewayEvent;
import net.dv8tion.jda.api.events.StatusChangeEvent;
import net.dv8tion.jda.api.events.guild.GuildJoinEvent;
import net.dv8tion.jda.api.events.interaction.GenericInteractionCreateEvent;
import net.dv8tion.jda.api.events.message.GenericMessageEvent;
import net.dv8tion.jda.api.events.session.ShutdownEvent;
import net.dv8tion.jda.api.hooks.EventListener;
import net.dv8tion.jda.api.requests.CloseCode;
import org.jspecify.annotations.Nullable;

/**
 * Listens from the first moment on: learns whether Discord lets the bot in and when that ends, and holds what else happens until there is somebody who listens.
 * JDA must be made before those who work with it can be.
 */
final class Relay implements EventListener {

    static final String BAD_TOKEN =
            "Discord does not know this bot token; copy it anew from the Bot page of the developer portal.";

    private final boolean readContent;
    private final CompletableFuture<String> refusal = new CompletableFuture<>();
    private final CompletableFuture<String> end = new CompletableFuture<>();
    private final CompletableFuture<EventListener> listener = new CompletableFuture<>();

    private volatile boolean closing;

    /** @param first whether it is waited for whether Discord lets the bot in here; where not, to be refused is an end */
    Relay(boolean readContent, boolean first) {
        this.readContent = readContent;
        if (!first) {
            refusal.complete("");
        }
    }

    void to(EventListener next) {
        listener.complete(next);
    }

    /** Has nobody listen: whether Discord lets the bot in is all that is asked. */
    void toNobody() {
        to(event -> {});
    }

    /** From now on an end is ours. */
    void closing() {
        closing = true;
    }

    /** Why Discord, having let the bot in, ended that for good; never done where the end was ours. */
    CompletableFuture<String> end() {
        return end;
    }

    /** Why Discord does not let the bot in; empty where it does. */
    CompletableFuture<String> refusal() {
        return refusal;
    }

    @Override
    public void onEvent(GenericEvent event) {
        switch (event) {
            case StatusChangeEvent changed -> {
                if (changed.getNewStatus() == JDA.Status.LOADING_SUBSYSTEMS
                        || changed.getNewStatus() == JDA.Status.CONNECTED) {
                    refusal.complete("");
                }
            }
            case ShutdownEvent down -> {
                String reason = reason(down.getCloseCode());
                if (!refusal.complete(reason) && !closing) {
                    end.complete(reason);
                }
            }
            // Only what the gateway's own thread brings may be made to wait: others are waited for while JDA is made.
            case RawGatewayEvent raw -> listener.join().onEvent(raw);
            case GenericMessageEvent message -> listener.join().onEvent(message);
            case GenericInteractionCreateEvent interaction -> listener.join().onEvent(interaction);
            case GuildJoinEvent joined -> listener.join().onEvent(joined);
            default -> {}
        }
    }

    private String reason(@Nullable CloseCode code) {
        return switch (code) {
            case DISALLOWED_INTENTS ->
                readContent
                        ? "Discord does not let this bot read all messages; switch on Message Content Intent on the"
                                + " Bot page of the developer portal, or let the bot answer mentions only."
                        : "Discord does not allow this bot an intent that it asked for.";
            case AUTHENTICATION_FAILED -> BAD_TOKEN;
            case SHARDING_REQUIRED ->
                "This bot is on more servers than so few shards may serve; leave discord.shards on auto, or give it a"
                        + " larger total.";
            case INVALID_SHARD -> "Discord knows no such shard of this bot; mend discord.shards.";
            case null -> "Discord closed the connection.";
            default -> "Discord closed the connection: " + code.getMeaning();
        };
    }
}
