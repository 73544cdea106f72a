package loci.discord;

import java.io.IOException;
import java.time.Duration;
import loci.discord.DiscordConnection.Refused;
import loci.discord.DiscordConnection.Unreachable;
import loci.discord.DiscordSettings.Shards;
import net.dv8tion.jda.api.exceptions.ParsingException;
import net.dv8tion.jda.api.requests.RestConfig;
import net.dv8tion.jda.api.utils.data.DataObject;
import net.dv8tion.jda.internal.utils.IOUtil;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Discord says before anybody connects to its gateway.
 *
 * @param shards how many connections it recommends
 * @param atOnce how many may begin at once; others wait five seconds after each
 * @param left how many may still begin until that many are allowed anew
 * @param anewIn when that is
 * @see <a href="https://discord.com/developers/docs/events/gateway#get-gateway-bot">Get Gateway Bot</a>
 */
record StartAdvice(int shards, int atOnce, int left, Duration anewIn) {

    private static final Logger LOG = LoggerFactory.getLogger(StartAdvice.class);

    private static final int UNAUTHORISED = 401;

    /** What came of asking. */
    sealed interface Asked {}

    record Advised(StartAdvice advice) implements Asked {}

    /** Without it nobody can connect either. */
    record NotAdvised(DiscordConnection why) implements Asked {}

    /** Asks, and waits. JDA cannot, before it knows which shard it is. */
    static Asked ask(DiscordSettings settings) {
        Duration patience = settings.pace().patience();
        OkHttpClient client =
                IOUtil.newHttpClientBuilder().callTimeout(patience).build();
        try {
            Request request = new Request.Builder()
                    .url(settings.apiUrl() + "gateway/bot")
                    .header("Authorization", "Bot " + settings.token())
                    .header("User-Agent", RestConfig.USER_AGENT)
                    .build();
            try (Response response = client.newCall(request).execute()) {
                return read(settings, response.code(), response.body().string());
            }
        } catch (IOException away) {
            return new NotAdvised(new Unreachable("Discord cannot be reached at " + settings.apiUrl() + ": "
                    + away.getClass().getSimpleName()));
        } finally {
            client.connectionPool().evictAll();
        }
    }

    private static Asked read(DiscordSettings settings, int status, String body) {
        if (status == UNAUTHORISED) {
            return new NotAdvised(new Refused(Relay.BAD_TOKEN));
        }
        try {
            if (status / 100 == 2) {
                DataObject found = DataObject.fromJson(body);
                DataObject limit = found.getObject("session_start_limit");
                return new Advised(new StartAdvice(
                        Math.max(1, found.getInt("shards")),
                        Math.max(1, limit.getInt("max_concurrency", 1)),
                        limit.getInt("remaining"),
                        Duration.ofMillis(limit.getLong("reset_after"))));
            }
        } catch (ParsingException noAnswer) {
            LOG.debug("what was said instead of how to connect", noAnswer);
        }
        return new NotAdvised(new Unreachable("Discord cannot be reached at " + settings.apiUrl()
                + ": asked how to connect, it answers with HTTP status " + status));
    }

    /** The shards to serve, where that is left to Discord. */
    Shards settled(DiscordSettings settings) {
        Shards wanted = settings.shards();
        if (wanted == null) {
            return Shards.all(shards);
        }
        if (wanted.total() < shards) {
            LOG.warn("Discord recommends {} shards; discord.shards has {}", shards, wanted.total());
        }
        return wanted;
    }

    /** Whether so many connections may begin; Discord takes the token away from who begins more. */
    boolean allows(int connections) {
        return connections <= left;
    }
}
