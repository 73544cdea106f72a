package loci.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import loci.memory.ConversationStore;
import loci.openai.Behaviours;
import loci.openai.OpenAiServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is configured is tried: a real database, and a server that plays the model. */
class CheckCommandTest {

    private static final String KEY = "sk-test-0123456789abcdefghijABCDEFGHIJ";

    @TempDir
    private Path home;

    private Commanded loci;

    @BeforeEach
    void aHome() {
        loci = new Commanded(home);
    }

    @Test
    void offline_nothing_is_wrong_and_nothing_is_made() {
        assertThat(loci.run("check")).isZero();
        assertThat(loci.out())
                .contains("configuration  ok    ", "database       none  it is made at the first start in ")
                .contains("model          none  no language model is connected");
        assertThat(loci.data()).doesNotExist();
        assertThat(loci.err()).isEmpty();
    }

    @Test
    void the_database_opens_or_a_running_bot_has_it() {
        try (ConversationStore running = loci.store()) {
            assertThat(running.conversations()).isEmpty();
            assertThat(loci.run("check")).isZero();
            assertThat(loci.out()).contains("database       in use  a running bot has it: " + loci.data());
        }
        assertThat(loci.run("check")).isZero();
        assertThat(loci.out())
                .containsPattern("database +ok +" + loci.data() + ", not encrypted, 0\\.\\d MB, 0 conversations");
    }

    @Test
    void a_database_that_does_not_open_is_a_failure() {
        loci.store().close();

        assertThat(loci.with("LOCI_DATABASE_ENCRYPTION", "on").run("check")).isEqualTo(1);
        assertThat(loci.out()).containsPattern("database +FAILED +The database .* is not encrypted, but");
    }

    @Test
    void models_are_asked_for_a_word() {
        try (OpenAiServer server = OpenAiServer.start()) {
            loci.with("OPENAI_BASE_URL", server.baseUrl())
                    .with("LOCI_MODEL_NAME", "gpt-4o-mini")
                    .with("LOCI_SUMMARY_MODEL", "gpt-4.1-nano");
            assertThat(loci.run("check")).isZero();
            assertThat(loci.out())
                    .containsPattern("model +ok +gpt-4o-mini at 127\\.0\\.0\\.1:\\d+ answered in [\\d,]+ ms")
                    .containsPattern("summaries +ok +gpt-4\\.1-nano at ");
        }
    }

    @Test
    void what_ones_own_catalogue_comes_to_is_shown() throws IOException {
        Files.writeString(
                home.resolve("mine.yaml"),
                "models: [{names: ['house-*'], context_window: 20000, max_output: 2000,"
                        + " prices: {input: 0.10, output: 0.2, as_of: \"2026-11\"}}]");
        loci.with("LOCI_MODEL_CATALOG", "mine.yaml").with("LOCI_MODEL_NAME", "house-7b");

        assertThat(loci.run("check")).isZero();
        assertThat(loci.out())
                .containsPattern(
                        "catalogue +ok +1 entry of " + home.resolve("mine.yaml") + "; in force: house-7b with a"
                                + " window of 20,000 tokens, o200k_base, \\$0\\.10 read and \\$0\\.20 written a million"
                                + " \\(2026-11\\)");
        assertThat(loci.run("config")).isZero();
        assertThat(loci.out()).containsPattern("catalog: mine.yaml +# LOCI_MODEL_CATALOG; in effect: 1 entry of ");
    }

    @Test
    void a_budget_that_would_have_every_message_refused_is_a_failure() throws IOException {
        Files.writeString(
                home.resolve("mine.yaml"),
                "models: [{names: ['house-*'], context_window: 20000, max_output: 2000,"
                        + " prices: {input: 1, output: 2, as_of: \"2026-11\"}}]");
        try (OpenAiServer server = OpenAiServer.start()) {
            loci.with("OPENAI_BASE_URL", server.baseUrl())
                    .with("LOCI_MODEL_CATALOG", "mine.yaml")
                    .with("LOCI_MODEL_NAME", "house-7b")
                    .with("LOCI_MODEL_MAXREPLYTOKENS", "1000");
            assertThat(loci.run("check")).isZero();
            assertThat(loci.out()).doesNotContain("budget");

            loci.with("LOCI_BUDGET_USER", "0.01"); // 8,000 tokens read and 1,000 written are exactly that
            assertThat(loci.run("check")).isZero();
            assertThat(loci.out()).containsPattern("budget +ok +every model has a price");

            loci.with("LOCI_BUDGET_TOTAL", "0.0099");
            assertThat(loci.run("check")).isEqualTo(1);
            assertThat(loci.out())
                    .containsPattern(
                            "budget +FAILED +budget\\.total \\(\\$0\\.0099\\) is less than one answer of house-7b"
                                    + " can cost, \\$0\\.01 for 8,000 tokens read and 1,000 written\\. Raise it");

            loci.with("LOCI_BUDGET_TOTAL", "5")
                    .with("LOCI_MODEL_FALLBACKS", "strange-1")
                    .with("LOCI_MODEL_CHOICES", "strange-2, house-13b")
                    .with("LOCI_SUMMARY_MODEL", "strange-3");
            assertThat(loci.run("check")).isEqualTo(1);
            assertThat(loci.out())
                    .containsPattern("budget +FAILED +strange-1 is never asked: budgets are set, and its price is not"
                            + " known\\. Give it one in the file that model\\.catalog names")
                    .containsPattern("budget +FAILED +strange-2 ")
                    .containsPattern("budget +FAILED +strange-3 ")
                    .containsPattern(
                            "in force: house-7b .*; strange-1 .*no price; strange-2 .*; house-13b .*; strange-3 ");
        }
    }

    @Test
    void without_a_model_no_budget_stands_in_the_way() {
        assertThat(loci.with("LOCI_BUDGET_TOTAL", "0").run("check")).isZero();
        assertThat(loci.out()).containsPattern("budget +ok ");
    }

    @Test
    void a_model_that_refuses_is_told_in_one_line_and_the_key_nowhere() {
        try (OpenAiServer server = OpenAiServer.start().wantsKey("another")) {
            loci.with("OPENAI_BASE_URL", server.baseUrl()).with("OPENAI_API_KEY", KEY);
            assertThat(loci.run("check")).isEqualTo(1);
            assertThat(loci.out()).containsPattern("model +FAILED .*the server does not accept the key");
            assertThat(loci.out() + loci.err()).doesNotContain(KEY);
        }
        try (OpenAiServer server = OpenAiServer.start()
                .always(Behaviours.error(404, "invalid_request_error", "model_not_found", "No such model."))) {
            assertThat(loci.with("OPENAI_BASE_URL", server.baseUrl()).run("check"))
                    .isEqualTo(1);
            assertThat(loci.out()).contains("the server knows no such model", "model_not_found");
        }
        assertThat(loci.run("check")).isEqualTo(1);
        assertThat(loci.out()).contains("the server's address accepts no connection");
    }

    @Test
    void a_wrong_configuration_is_told_as_ever_and_nothing_is_tried() {
        assertThat(loci.with("LOCI_MEMORY_FANOUT", "many").run("check")).isEqualTo(1);
        assertThat(loci.out()).isEmpty();
        assertThat(loci.err()).contains("LOCI_MEMORY_FANOUT");
    }
}
