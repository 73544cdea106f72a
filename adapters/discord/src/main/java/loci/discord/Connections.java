package loci.discord;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import loci.discord.DiscordSettings.Shards;
import net.dv8tion.jda.api.JDA;

/**
 * The connections of this process to Discord's gateway, one for each shard that it serves. Through each of them anything can be asked of
 * Discord, but only its own servers are known to it. Immutable.
 *
 * @param shards which those are
 * @param all in the order of their shards; not empty
 */
record Connections(Shards shards, List<Connection> all) {

    Connections {
        all = List.copyOf(all);
    }

    /**
     * One of them.
     *
     * @param relay hears of it first what happens on it
     */
    record Connection(int shard, JDA jda, Relay relay) {}

    /** Any of them, for what is not about a server. */
    JDA any() {
        return all.getFirst().jda();
    }

    /** The one that a server is served by, or direct messages; empty where another process does. */
    Optional<JDA> serving(String guild) {
        int shard = shards.of(guild);
        return shards.serves(shard)
                ? Optional.of(all.get(shard - shards.first()).jda())
                : Optional.empty();
    }

    /** The one that a server is served by, or any to ask about it where another process does. */
    JDA of(String guild) {
        return serving(guild).orElseGet(this::any);
    }

    /** Closes them; what is being sent may end. */
    void close(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        all.forEach(one -> one.jda().shutdown());
        for (Connection one : all) {
            Login.close(one.jda(), Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime())));
        }
    }
}
