package loci.openai;

import java.time.Duration;
import java.util.OptionalDouble;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Where a model is and how long to wait for it.
 *
 * @param baseUrl the address up to and including the version, such as {@code http://localhost:11434/v1}; null for OpenAI's own
 * @param apiKey the key, or null for a server that wants none: then no Authorization header is sent at all
 * @param organisation OpenAI's organisation id, or null
 * @param project OpenAI's project id, or null
 * @param connectTimeout the longest wait for a name to be looked up and, again, for a connection to be made
 * @param readTimeout the longest silence between two bytes of an answer, its first byte included
 * @param deadline the longest that one call may take as a whole, every retry and every wait between retries included
 * @param maxRetries how often the SDK tries again after 408, 409, 429, 5xx and broken connections; 0 to 10
 * @param temperature what replies are sampled with, 0 to 2; empty leaves it to the server. Summaries use 0
 */
public record OpenAiSettings(
        @Nullable String baseUrl,
        @Nullable String apiKey,
        @Nullable String organisation,
        @Nullable String project,
        Duration connectTimeout,
        Duration readTimeout,
        Duration deadline,
        int maxRetries,
        OptionalDouble temperature) {

    /**
     * Blank texts count as absent, and blanks around them (a key file's line end) are dropped.
     *
     * @throws IllegalArgumentException naming the setting, never quoting it
     */
    public OpenAiSettings {
        baseUrl = checkedUrl(trimmed(baseUrl));
        apiKey = headerSafe("API key", trimmed(apiKey));
        organisation = headerSafe("organisation", trimmed(organisation));
        project = headerSafe("project", trimmed(project));
        requirePositive("connect timeout", connectTimeout);
        requirePositive("read timeout", readTimeout);
        requirePositive("deadline", deadline);
        if (maxRetries < 0 || maxRetries > 10) {
            throw new IllegalArgumentException("the number of retries must be from 0 to 10");
        }
        if (temperature.isPresent() && !(temperature.getAsDouble() >= 0 && temperature.getAsDouble() <= 2)) {
            throw new IllegalArgumentException("the temperature must be from 0 to 2");
        }
    }

    /** The settings for a server with everything else at its default: 10 s, 60 s, 120 s, two retries, the server's temperature. */
    public static OpenAiSettings of(@Nullable String baseUrl, @Nullable String apiKey) {
        return new OpenAiSettings(
                baseUrl,
                apiKey,
                null,
                null,
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                Duration.ofSeconds(120),
                2,
                OptionalDouble.empty());
    }

    /** Everything but the key, of which only its presence is told. */
    @Override
    public String toString() {
        return "OpenAiSettings[baseUrl=" + baseUrl + ", apiKey=" + (apiKey == null ? "none" : "given")
                + ", organisation="
                + organisation + ", project=" + project + ", connectTimeout=" + connectTimeout + ", readTimeout="
                + readTimeout + ", deadline=" + deadline + ", maxRetries=" + maxRetries + ", temperature=" + temperature
                + "]";
    }

    private static @Nullable String trimmed(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    /** A header cannot carry control characters, and the HTTP library would quote the offending value when it says so. */
    private static @Nullable String headerSafe(String what, @Nullable String value) {
        if (value != null && !value.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException("the " + what + " holds characters that a header cannot carry");
        }
        return value;
    }

    private static @Nullable String checkedUrl(@Nullable String url) {
        if (url == null) {
            return null;
        }
        HttpUrl parsed = HttpUrl.parse(url);
        // A password in the address would be printed wherever the address is.
        boolean anonymous = parsed != null
                && parsed.username().isEmpty()
                && parsed.password().isEmpty();
        if (parsed != null && anonymous && parsed.fragment() == null) {
            return url;
        }
        throw new IllegalArgumentException(
                "the base URL must be http or https with a host, without user, password or fragment");
    }

    private static void requirePositive(String what, Duration time) {
        if (time.isNegative() || time.isZero() || time.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("the " + what + " must be longer than nothing and at most a day");
        }
    }
}
