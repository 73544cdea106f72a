package loci.discord;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the bot is on Discord.
 *
 * @param token the bot's token; in no message and no log line
 * @param apiUrl where the REST API is, version included, such as {@value #DISCORD}
 * @param gatewayUrl where the gateway is, or null for Discord's own
 * @param readContent whether messages that do not mention the bot are to be read too, which takes the Message Content intent
 * @param commandsGuild the only server whose people are offered the commands, at once, or null for all servers
 * @param adminChannel the channel in which operators are told what is in trouble, or null for none
 * @param shards which part of the servers this process serves, or null for all, in as many shards as Discord recommends
 * @param answerMissed how old a message may be that came while the bot was away and is still answered; older ones are only remembered
 * @param pace how quickly things are shown
 */
public record DiscordSettings(
        String token,
        String apiUrl,
        @Nullable String gatewayUrl,
        boolean readContent,
        @Nullable String commandsGuild,
        @Nullable String adminChannel,
        @Nullable Shards shards,
        Duration answerMissed,
        Pace pace) {

    /** Discord's own API. */
    public static final String DISCORD = "https://discord.com/api/v10/";

    /** Whoever asked longer ago has turned to something else. */
    public static final Duration ANSWER_MISSED = Duration.ofHours(1);

    public DiscordSettings {
        apiUrl = apiUrl.endsWith("/") ? apiUrl : apiUrl + "/";
    }

    /** Where operators are told nothing. */
    public DiscordSettings(
            String token,
            String apiUrl,
            @Nullable String gatewayUrl,
            boolean readContent,
            @Nullable String commandsGuild,
            @Nullable Shards shards,
            Duration answerMissed,
            Pace pace) {
        this(token, apiUrl, gatewayUrl, readContent, commandsGuild, null, shards, answerMissed, pace);
    }

    /** The same, where operators are told in this channel what is in trouble. */
    public DiscordSettings telling(@Nullable String channel) {
        return new DiscordSettings(
                token, apiUrl, gatewayUrl, readContent, commandsGuild, channel, shards, answerMissed, pace);
    }

    /** Discord itself, mentions only, all servers in this one process. */
    public static DiscordSettings of(String token) {
        return new DiscordSettings(token, DISCORD, null, false, null, null, null, ANSWER_MISSED, Pace.DEFAULT);
    }

    /**
     * Shards of a bot that is on so many servers that one connection may not serve them all. Discord gives each shard the servers whose id
     * falls to it, and direct messages to shard 0.
     *
     * @param first the first one that this process serves, from 0
     * @param last the last one that it serves
     * @param total how many there are in all processes
     * @see <a href="https://discord.com/developers/docs/events/gateway#sharding">Discord on sharding</a>
     */
    public record Shards(int first, int last, int total) {

        /** Everything on one connection. */
        public static final Shards ONE = all(1);

        public Shards {
            if (total < 1 || first < 0 || last < first || last >= total) {
                throw new IllegalArgumentException("shards " + first + " to " + last + " of " + total);
            }
        }

        /** So many, all of them in this process. */
        public static Shards all(int total) {
            return new Shards(0, total - 1, total);
        }

        /** Whether no other process serves any. */
        public boolean isAll() {
            return count() == total;
        }

        /** How many this process serves. */
        int count() {
            return last - first + 1;
        }

        /** The shard that a server falls to, or that of the direct messages. */
        int of(String guild) {
            return guild.equals(DiscordEvents.DIRECT) ? 0 : (int) ((Long.parseUnsignedLong(guild) >>> 22) % total);
        }

        boolean serves(int shard) {
            return first <= shard && shard <= last;
        }

        @Override
        public String toString() {
            return (first == last ? "shard " + first : "shards " + first + "-" + last) + " of " + total;
        }
    }

    /**
     * How quickly things are shown.
     *
     * @param edits the least time between two edits in a channel; Discord allows five in five seconds, other messages counted
     * @param typing how often it is said again that the bot is typing; Discord shows it for ten seconds
     * @param patience how long Discord is waited for, at most
     */
    public record Pace(Duration edits, Duration typing, Duration patience) {

        public static final Pace DEFAULT =
                new Pace(Duration.ofMillis(1_250), Duration.ofSeconds(8), Duration.ofSeconds(30));
    }

    @Override
    public String toString() {
        return "DiscordSettings[apiUrl=" + apiUrl + ", gatewayUrl=" + gatewayUrl + ", readContent=" + readContent + "]";
    }
}
