package loci.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import loci.model.ImageTokens;
import loci.model.ModelProfile;
import loci.model.Prices;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** The catalogue that ships, and the rules by which any is read. */
class ModelCatalogTest {

    private static final List<ModelCatalog.Entry> SHIPPED = ModelCatalogFile.entries(shipped());

    @ParameterizedTest
    @CsvSource({
        "gpt-4o, 128000, 16384, o200k_base, max_completion_tokens, true",
        "gpt-4o-mini, 128000, 16384, o200k_base, max_completion_tokens, true",
        "gpt-4o-mini-2024-07-18, 128000, 16384, o200k_base, max_completion_tokens, true",
        "ft:gpt-4o-mini-2024-07-18:acme::x1, 128000, 16384, o200k_base, max_completion_tokens, true",
        "openai/gpt-4o, 128000, 16384, o200k_base, max_completion_tokens, true",
        "gpt-3.5-turbo, 16385, 4096, cl100k_base, max_completion_tokens, true",
        "gpt-4, 8192, 4096, cl100k_base, max_completion_tokens, true",
        "gpt-4.1, 1047576, 32768, o200k_base, max_completion_tokens, true",
        "gpt-4.1-mini, 1047576, 32768, o200k_base, max_completion_tokens, true",
        "gpt-5, 400000, 128000, o200k_base, max_completion_tokens, false",
        "gpt-5-mini, 400000, 128000, o200k_base, max_completion_tokens, false",
        "gpt-5.4-mini-2026-03-17, 400000, 128000, o200k_base, max_completion_tokens, false",
        "gpt-6.1-sol, 1050000, 128000, o200k_base, max_completion_tokens, false",
        "gpt-6.2-sol, 1050000, 128000, o200k_base, max_completion_tokens, false",
        "gpt-6.9-nova, 400000, 128000, o200k_base, max_completion_tokens, false",
        "o3, 200000, 100000, o200k_base, max_completion_tokens, false",
        "o4-mini, 200000, 100000, o200k_base, max_completion_tokens, false",
        "gpt-oss:20b, 131072, 32768, o200k_base, max_tokens, true",
        "llama3.1:8b, 131072, 8192, cl100k_base, max_tokens, true",
        "meta-llama/Llama-3.1-8B-Instruct, 131072, 8192, cl100k_base, max_tokens, true",
        "llama3:8b, 8192, 4096, cl100k_base, max_tokens, true",
        "Qwen/Qwen2.5-7B-Instruct-AWQ, 32768, 8192, cl100k_base, max_tokens, true",
        "mistral, 32768, 8192, cl100k_base, max_tokens, true",
        "gemma2:9b, 8192, 4096, o200k_base, max_tokens, true",
        "gemma3:12b, 131072, 8192, o200k_base, max_tokens, true",
        "phi4, 16384, 4096, o200k_base, max_tokens, true",
        "deepseek-r1:14b, 131072, 8192, cl100k_base, max_tokens, true"
    })
    void theShippedCatalogueKnows(
            String name, int window, int output, String encoding, String limitField, boolean temperature) {
        KnownModel model = new ModelCatalog(SHIPPED).find(name);
        assertThat(model.listed()).isTrue();
        ModelProfile profile = model.profile();
        assertThat(profile.name()).isEqualTo(name);
        assertThat(profile.contextWindow()).isEqualTo(window);
        assertThat(profile.maxOutput()).isEqualTo(output);
        assertThat(profile.encoding()).isEqualTo(encoding);
        assertThat(profile.outputLimitField()).isEqualTo(limitField);
        assertThat(profile.takesTemperature()).isEqualTo(temperature);
    }

    @Test
    void templatesThatAreStrictAreKnown() {
        ModelCatalog catalog = new ModelCatalog(SHIPPED);
        for (String name : List.of("mistral", "mixtral:8x7b", "gemma3:4b", "gemma2")) {
            assertThat(catalog.find(name).profile().alternatingRoles()).as(name).isTrue();
            assertThat(catalog.find(name).profile().severalSystemMessages())
                    .as(name)
                    .isFalse();
        }
        assertThat(catalog.find("gpt-4o").profile().severalSystemMessages()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "gpt-6-luna, 0.10, 0.01, 0.50",
        "gpt-5, 1.25, 0.125, 10.00",
        "gpt-4o, 2.50, 1.25, 10.00",
        "gpt-4o-mini, 0.15, 0.075, 0.60",
        "gpt-3.5-turbo, 0.50, , 1.50"
    })
    void pricesAreThoseThatWerePublishedLately(
            String name, BigDecimal input, @Nullable BigDecimal cached, BigDecimal output) {
        Prices prices = new ModelCatalog(SHIPPED).find(name).profile().prices().orElseThrow();
        assertThat(prices.input()).isEqualByComparingTo(input);
        assertThat(prices.cachedInput().map(BigDecimal::stripTrailingZeros))
                .isEqualTo(Optional.ofNullable(cached).map(BigDecimal::stripTrailingZeros));
        assertThat(prices.output()).isEqualByComparingTo(output);
        assertThat(prices.asOf()).isEqualTo(YearMonth.of(2026, 9));
    }

    @Test
    void whatNobodyPublishedHasNoPrice() {
        ModelCatalog catalog = new ModelCatalog(SHIPPED);
        assertThat(catalog.find("llama3.1").profile().prices()).isEmpty();
        assertThat(catalog.find("gpt-6.9-nova").profile().prices()).isEmpty();
        for (ModelCatalog.Entry entry : SHIPPED) {
            entry.prices().ifPresent(prices -> {
                assertThat(prices.asOf())
                        .as("%s", entry.names())
                        .isBetween(YearMonth.of(2025, 1), YearMonth.of(2027, 12));
                assertThat(prices.cachedInput().orElse(prices.input())).isLessThanOrEqualTo(prices.input());
            });
        }
    }

    @ParameterizedTest
    @CsvSource({
        "gpt-5, 272000",
        "gpt-5-mini, 272000",
        "gpt-6.1-sol, 922000",
        "gpt-6.2-sol, 922000",
        "gpt-4o, 128000",
        "gpt-3.5-turbo, 16385",
        "llama3.1:8b, 131072"
    })
    void promptsAreLimitedBelowTheWindowWhereTheMakerLimitsThem(String name, int maxInput) {
        assertThat(new ModelCatalog(SHIPPED).find(name).profile().maxInput()).isEqualTo(maxInput);
    }

    @Test
    void imagesAreCountedByEachModelsOwnRule() {
        assertThat(images("gpt-4o")).contains(new ImageTokens.Tiles(85, 170));
        assertThat(images("gpt-4o-mini")).contains(new ImageTokens.Tiles(2_833, 5_667));
        assertThat(images("gpt-5")).contains(new ImageTokens.Tiles(70, 140));
        assertThat(images("gpt-5-mini")).contains(new ImageTokens.Patches(1.2, 1_536));
        assertThat(images("gpt-4.1-mini")).contains(new ImageTokens.Patches(1.62, 4_096));
        assertThat(images("gemma3:12b")).contains(new ImageTokens.Area());
        assertThat(images("gpt-3.5-turbo")).isEmpty();
        assertThat(images("llama3.1")).isEmpty();
    }

    private static Optional<ImageTokens> images(String name) {
        return new ModelCatalog(SHIPPED).find(name).profile().images();
    }

    @Test
    void everyShippedEntryHoldsTogether() {
        for (ModelCatalog.Entry entry : SHIPPED) {
            assertThat(entry.maxOutput()).as("%s", entry.names()).isLessThan(entry.contextWindow());
            assertThat(entry.maxInput()).as("%s", entry.names()).isLessThanOrEqualTo(entry.contextWindow());
            assertThat(entry.alternatingRoles() && entry.severalSystemMessages())
                    .as("%s: a system message in the middle would break the alternation", entry.names())
                    .isFalse();
        }
    }

    @Test
    void anUnknownModelIsGuessedCautiouslyAndWarnedOfOnce() {
        Logger logger = (Logger) LoggerFactory.getLogger(ModelCatalog.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        try {
            ModelCatalog catalog = new ModelCatalog(SHIPPED);
            KnownModel model = catalog.find("house-model");
            catalog.find("house-model");
            assertThat(model.listed()).isFalse();
            assertThat(model.profile().contextWindow()).isEqualTo(8_192);
            assertThat(model.profile().encoding()).isEqualTo("o200k_base");
            assertThat(lines.list).hasSize(1);
        } finally {
            logger.detachAppender(lines);
        }
    }

    @Test
    void aUsersEntryOverridesOurs() throws IOException {
        JsonNode mine =
                new YAMLMapper().readTree("models: [{names: [gpt-4o], context_window: 9000, max_output: 1000}]");
        ModelCatalog both = new ModelCatalog(SHIPPED, ModelCatalogFile.entries(mine));
        assertThat(both.find("gpt-4o").profile().contextWindow()).isEqualTo(9_000);
        assertThat(both.find("gpt-4o-mini").profile().contextWindow()).isEqualTo(128_000);
    }

    @Test
    void aUsersPatternOverridesOurExactNames() throws IOException {
        JsonNode mine = new YAMLMapper()
                .readTree("models: [{names: ['gpt-4o*', house], context_window: 9000, max_output: 10}]");
        ModelCatalog both = new ModelCatalog(SHIPPED, ModelCatalogFile.entries(mine));
        assertThat(both.find("gpt-4o-mini").profile().contextWindow()).isEqualTo(9_000);
        assertThat(both.find("house").listed()).isTrue();
        assertThat(both.find("gpt-4.1").profile().contextWindow()).isEqualTo(1_047_576);
    }

    @Test
    void whatIsNoListOfModelsIsToldWithoutAFailure() throws IOException {
        assertThat(mistakes("")).containsExactly("models: a list is expected");
        assertThat(mistakes("[a]")).containsExactly("models: a list is expected");
        assertThat(mistakes("{model: []}"))
                .containsExactlyInAnyOrder("there is no key model", "models: a list is expected");
        assertThat(mistakes("models: [gpt-4o]"))
                .containsExactly("models[0]: names, context_window and max_output are expected, each with its value");
        assertThat(mistakes("models: []")).isEmpty();
    }

    private static List<String> mistakes(String yaml) throws IOException {
        return ModelCatalogFile.read(new YAMLMapper().readTree(yaml)).mistakes().stream()
                .map(ModelCatalogFile.Mistake::said)
                .toList();
    }

    @Test
    void aWholeNameCountsForMoreThanThePatternOfItsFamily() throws IOException {
        JsonNode list = new YAMLMapper().readTree("""
            models:
              - {names: [nova-5], context_window: 9000, max_output: 10}
              - {names: [nova-5*], context_window: 8000, max_output: 10}
            """);
        ModelCatalog catalog = new ModelCatalog(ModelCatalogFile.entries(list));
        assertThat(catalog.find("nova-5").profile().contextWindow()).isEqualTo(9_000);
        assertThat(catalog.find("nova-5-mini").profile().contextWindow()).isEqualTo(8_000);
    }

    @Test
    void everythingWrongIsToldTogether() throws IOException {
        JsonNode bad = new YAMLMapper().readTree("""
            models:
              - {names: [a], context_window: many, max_output: 10, colour: red, encoding: quarters}
              - {names: [b], context_window: 9000, max_output: 10, prices: {input: 1, output: 2}}
              - {names: [c], context_window: 9000, max_output: 10, max_input: 9001, image_tokens: {base: 85}}
              - {names: [d], context_window: 9000, max_output: 10, max_input: few, image_tokens: {patch_cap: 0, side: 7}}
              - {names: [e], context_window: 9000, max_output: 10, sees_images: false, image_tokens: {base: 1, tile: 1}}
              - {names: [], context_window: 9000, max_output: 10, output_limit_field: tokens}
            """);
        assertThatThrownBy(() -> ModelCatalogFile.entries(bad))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "context_window", "colour", "quarters", "as_of", "names: at least one", "output_limit_field")
                .hasMessageContainingAll(
                        "models[2] [\"c\"]: max_input: at most the context window",
                        "models[2] [\"c\"]: image_tokens: tile",
                        "models[3] [\"d\"]: max_input: a number",
                        "models[3] [\"d\"]: image_tokens: patch_cap",
                        "models[3] [\"d\"]: image_tokens: patch_multiplier",
                        "models[3] [\"d\"]: image_tokens: there is no key side",
                        "models[4] [\"e\"]: image_tokens: of no use");
    }

    private static JsonNode shipped() {
        try {
            return new YAMLMapper().readTree(Files.readString(Path.of("..", "..", "config", "models.yaml")));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
