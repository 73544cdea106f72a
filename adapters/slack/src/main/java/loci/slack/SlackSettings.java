package loci.slack;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the bot is on Slack: by Socket Mode where there is an app-level token, else by signed requests over HTTP.
 *
 * @param botToken the bot's token, {@code xoxb-…}; in no message and no log line
 * @param appToken the app-level token, {@code xapp-…}, which opens sockets; null where Slack is to send requests
 * @param signingSecret the secret that Slack signs requests with; null in Socket Mode
 * @param apiUrl where the Web API is, such as {@value #SLACK}
 * @param http where requests are taken; null in Socket Mode
 * @param replyInThread whether an answer to what was said in a channel opens a thread there, instead of standing in the channel
 * @param answerMissed how old a message may be that came while the bot was away and is still answered; older ones are only remembered
 * @param pace how quickly things are shown
 * @param slashes what the slash commands are called
 * @param adminChannel the id of the channel in which operators are told what is in trouble, or null for none
 */
public record SlackSettings(
        String botToken,
        @Nullable String appToken,
        @Nullable String signingSecret,
        String apiUrl,
        @Nullable Http http,
        boolean replyInThread,
        Duration answerMissed,
        Pace pace,
        Slashes slashes,
        @Nullable String adminChannel) {

    /** Slack's own API. */
    public static final String SLACK = "https://slack.com/api/";

    /** Whoever asked longer ago has turned to something else. */
    public static final Duration ANSWER_MISSED = Duration.ofHours(1);

    public SlackSettings {
        apiUrl = apiUrl.endsWith("/") ? apiUrl : apiUrl + "/";
    }

    /** With the slash commands called as usual, and nobody told of trouble. */
    public SlackSettings(
            String botToken,
            @Nullable String appToken,
            @Nullable String signingSecret,
            String apiUrl,
            @Nullable Http http,
            boolean replyInThread,
            Duration answerMissed,
            Pace pace) {
        this(botToken, appToken, signingSecret, apiUrl, http, replyInThread, answerMissed, pace, Slashes.DEFAULT, null);
    }

    /** The same, with operators told in this channel; in none where it is null. */
    public SlackSettings telling(@Nullable String channel) {
        return new SlackSettings(
                botToken, appToken, signingSecret, apiUrl, http, replyInThread, answerMissed, pace, slashes, channel);
    }

    /** Slack itself, by Socket Mode. */
    public static SlackSettings of(String botToken, String appToken) {
        return new SlackSettings(botToken, appToken, null, SLACK, null, true, ANSWER_MISSED, Pace.DEFAULT);
    }

    /**
     * Where Slack's requests are taken; whatever makes it reachable from Slack by HTTPS is before it.
     *
     * @param host the address to listen on, such as {@code 127.0.0.1}
     * @param port the port to listen on; 0 for any that is free
     */
    public record Http(String host, int port) {

        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /**
     * What the slash commands are called, each with its slash: another app may have taken a name.
     *
     * @param forget the one that forgets
     * @param summary the one that tells what was said
     * @param loci the one that all others are written behind
     */
    public record Slashes(String forget, String summary, String loci) {

        public static final Slashes DEFAULT = new Slashes("/forget", "/summary", "/loci");
    }

    /**
     * How quickly things are shown.
     *
     * @param edits the least time between two changes of what is shown in a channel; Slack advises against more than one in a second
     * @param status how often it is said again that an answer is being thought about; Slack shows it for two minutes
     * @param names how long an event may wait for what people and channels are called; it is acknowledged after that
     * @param patience how long Slack is waited for, at most
     * @param reconnect how often it is looked whether the connection still stands
     */
    public record Pace(Duration edits, Duration status, Duration names, Duration patience, Duration reconnect) {

        public static final Pace DEFAULT = new Pace(
                Duration.ofMillis(1_100),
                Duration.ofSeconds(60),
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                Duration.ofSeconds(5));
    }

    @Override
    public String toString() {
        return "SlackSettings[apiUrl=" + apiUrl + ", socketMode=" + (appToken != null) + ", http=" + http
                + ", replyInThread=" + replyInThread + "]";
    }
}
