package loci.command;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the bot hears in a channel, where its threads belong, and how long what was said is kept. Immutable.
 *
 * @param listening which messages are remembered
 * @param threads whether threads share their channel's memory
 * @param retention how long messages are kept
 */
public record ChannelRules(Listening listening, Threads threads, Retention retention) {

    static final String LISTEN = "listen";
    static final String THREADS = "threads";
    static final String RETENTION = "retention";

    /** Which messages are remembered. */
    public enum Listening {
        /** Those that address the bot. */
        MENTIONS,
        /** All that it can see. */
        ALL;

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Where public threads belong. Private ones and direct messages are always their own. */
    public enum Threads {
        /** To the channel's one memory. */
        SHARED,
        /** Each to a memory of its own. */
        SEPARATE;

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How long messages are kept that nobody pinned. */
    public enum Retention {
        FOREVER("forever", 0),
        YEAR("365d", 365),
        HALF_YEAR("180d", 180),
        QUARTER("90d", 90),
        MONTH("30d", 30),
        WEEK("7d", 7),
        DAY("1d", 1);

        private final String key;
        private final int days;

        Retention(String key, int days) {
            this.key = key;
            this.days = days;
        }

        /** The name by which the configuration and {@code /settings} know it. */
        public String key() {
            return key;
        }

        /** After how long a message goes; empty where it stays. */
        public Optional<Duration> duration() {
            return days == 0 ? Optional.empty() : Optional.of(Duration.ofDays(days));
        }
    }

    /** What holds where these things were set. What the operator does not keep, a channel cannot keep. */
    public ChannelRules in(Map<String, String> settings) {
        return new ChannelRules(
                Arrays.stream(Listening.values())
                        .filter(one -> one.key().equals(settings.get(LISTEN)))
                        .findFirst()
                        .orElse(listening),
                Arrays.stream(Threads.values())
                        .filter(one -> one.key().equals(settings.get(THREADS)))
                        .findFirst()
                        .orElse(threads),
                retentions().stream()
                        .filter(one -> one.key().equals(settings.get(RETENTION)))
                        .findFirst()
                        .orElse(retention));
    }

    /** What a channel can choose: nothing longer than the operator keeps. */
    private List<Retention> retentions() {
        return Arrays.stream(Retention.values())
                .filter(one -> one.compareTo(retention) >= 0)
                .toList();
    }

    /** These rules as settings of a channel. */
    List<Setting> settings() {
        return List.of(
                new Setting(
                        LISTEN,
                        Arrays.stream(Listening.values()).map(Listening::key).toList(),
                        chosen -> in(chosen).listening().key()),
                new Setting(
                        THREADS,
                        Arrays.stream(Threads.values()).map(Threads::key).toList(),
                        chosen -> in(chosen).threads().key()),
                new Setting(
                        RETENTION,
                        retentions().stream().map(Retention::key).toList(),
                        chosen -> in(chosen).retention().key()));
    }
}
