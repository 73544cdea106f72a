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
 * @param shards which part of the servers this process serves
 * @param answerMissed how old a message may be that came while the bot was away and is still answered; older ones are only remembered
 * @param pace how quickly things are shown
 */
public record DiscordSettings(
        String token,
        String apiUrl,
        @Nullable String gatewayUrl,
        boolean readContent,
        @Nullable String commandsGuild,
        Shards shards,
        Duration answerMissed,
        Pace pace) {

    /** Discord's own API. */
    public static final String DISCORD = "https://discord.com/api/v10/";

    /** Whoever asked longer ago has turned to something else. */
    public static final Duration ANSWER_MISSED = Duration.ofHours(1);

    public DiscordSettings {
        apiUrl = apiUrl.endsWith("/") ? apiUrl : apiUrl + "/";
    }

    /** Discord itself, mentions only, all servers in this one process. */
    public static DiscordSettings of(String token) {
        return new DiscordSettings(token, DISCORD, null, false, null, Shards.ONE, ANSWER_MISSED, Pace.DEFAULT);
    }

    /**
     * A share of all servers; Discord gives each shard those whose id falls to it.
     *
     * @param number which one this process serves, from 0
     * @param total how many there are in all
     */
    public record Shards(int number, int total) {

        public static final Shards ONE = new Shards(0, 1);

        public Shards {
            if (total < 1 || number < 0 || number >= total) {
                throw new IllegalArgumentException("shard " + number + " of " + total);
            }
        }

        /** Whether this process serves a server; direct messages, which have none, go to the first. */
        boolean serves(String guild) {
            long falls = guild.equals(DiscordEvents.DIRECT) ? 0 : (Long.parseUnsignedLong(guild) >>> 22) % total;
            return falls == number;
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
