package loci.openai;

import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import loci.model.Cancellation;
import loci.model.ModelOutcome;
import loci.model.ModelProfile;
import loci.model.Prompt;
import loci.model.PromptMessage;
import org.jspecify.annotations.Nullable;

/** A server, a model that asks it, and short ways of asking. */
final class Asking implements AutoCloseable {

    static final String KEY = "sk-test-4f9a1c7e";

    static {
        // Otherwise the first test to run would spend its short deadlines on loading classes and the encoding.
        JtokkitCounters.load("o200k_base");
        try (OpenAiModel model = new OpenAiModel(profile("warm"), OpenAiSettings.of("http://127.0.0.1:1/v1", null))) {
            model.warmUp();
        }
    }

    /** An outcome and what was shown on the way to it. */
    record Asked(ModelOutcome outcome, String shown) {}

    /** Settings with short waits, to be varied. */
    record Waits(
            Duration connect,
            Duration read,
            Duration deadline,
            int retries,
            @Nullable String key) {

        Waits read(long millis) {
            return new Waits(connect, Duration.ofMillis(millis), deadline, retries, key);
        }

        Waits deadline(long millis) {
            return new Waits(connect, read, Duration.ofMillis(millis), retries, key);
        }

        Waits connect(long millis) {
            return new Waits(Duration.ofMillis(millis), read, deadline, retries, key);
        }

        Waits retries(int times) {
            return new Waits(connect, read, deadline, times, key);
        }

        Waits key(String newKey) {
            return new Waits(connect, read, deadline, retries, newKey);
        }
    }

    final OpenAiServer server;
    final OpenAiModel model;

    private Asking(OpenAiServer server, OpenAiModel model) {
        this.server = server;
        this.model = model;
    }

    static Asking of(OpenAiServer server) {
        return of(server, waits -> waits);
    }

    static Asking of(OpenAiServer server, UnaryOperator<Waits> change) {
        return new Asking(server, new OpenAiModel(profile("gpt-4o-mini"), settings(server.baseUrl(), change)));
    }

    static Asking of(OpenAiServer server, ModelProfile profile) {
        return new Asking(server, new OpenAiModel(profile, settings(server.baseUrl(), waits -> waits)));
    }

    static Asking of(OpenAiServer server, Limits limits) {
        return new Asking(
                server, new OpenAiModel(profile("gpt-4o-mini"), settings(server.baseUrl(), waits -> waits), limits));
    }

    static ModelProfile profile(String name) {
        return new ModelProfile(name, "o200k_base", 128_000, 16_384, true, false, "max_completion_tokens", true);
    }

    static OpenAiSettings settings(String baseUrl, UnaryOperator<Waits> change) {
        Waits waits =
                change.apply(new Waits(Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofSeconds(30), 2, KEY));
        return new OpenAiSettings(
                baseUrl,
                waits.key(),
                null,
                null,
                waits.connect(),
                waits.read(),
                waits.deadline(),
                waits.retries(),
                OptionalDouble.empty());
    }

    static Prompt prompt(String words) {
        return new Prompt(List.of(PromptMessage.user(words)), 100, Prompt.Purpose.REPLY);
    }

    Asked ask(String words) {
        return ask(prompt(words), new Cancellation());
    }

    Asked ask(Prompt prompt, Cancellation cancellation) {
        StringBuilder shown = new StringBuilder();
        ModelOutcome outcome = model.ask(prompt, shown::append, cancellation);
        return new Asked(outcome, shown.toString());
    }

    @Override
    public void close() {
        model.close();
        server.close();
    }
}
