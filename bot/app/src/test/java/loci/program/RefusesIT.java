package loci.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import loci.openai.Behaviours;
import loci.openai.OpenAiServer;
import loci.program.LociProgram.Start;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said when something is wrong: one clear sentence, on standard error, and nothing is lost. */
class RefusesIT {

    @TempDir
    Path data;

    @Test
    void aSecondProcessOnTheSameDataIsRefusedAndTheFirstGoesOn() throws Exception {
        try (LociProgram first = Start.chat(data).start()) {
            first.say("hello");
            try (LociProgram second = Start.chat(data).start()) {
                assertThat(second.end()).isEqualTo(1);
                assertThat(second.err()).contains(data.toString()).doesNotContain("Exception");
                assertThat(second.block()).isEmpty();
            }
            assertThat(first.say("still there?")).isNotBlank();
            assertThat(first.end()).isZero();
        }
    }

    /** Else the JVM's first open file would become its standard input, and the bytes of the JDK messages. */
    @Test
    void aClosedInputIsTheEndOfInputAndAClosedOutputIsRefused() throws Exception {
        try (LociProgram deaf = Start.chat(data).redirected("<&-").start()) {
            assertThat(deaf.blocks()).isEmpty();
            assertThat(deaf.end()).isZero();
        }
        try (LociProgram mute = Start.chat(data).redirected(">&-").start()) {
            assertThat(mute.end()).isEqualTo(1);
            assertThat(mute.err()).isEqualTo("loci: standard output is closed.");
        }
    }

    @Test
    void aJavaThatIsTooOldOrNotThereIsNamed() throws Exception {
        Path old = Files.createDirectories(data.resolve("jdk-17"));
        Files.createFile(Files.createDirectories(old.resolve("bin")).resolve("java"))
                .toFile()
                .setExecutable(true);
        Files.writeString(old.resolve("release"), "JAVA_VERSION=\"17.0.15\"\n");
        for (Path java : new Path[] {old, data.resolve("no-jdk")}) {
            try (LociProgram loci =
                    Start.chat(data).env("LOCI_JAVA_HOME", java.toString()).start()) {
                assertThat(loci.end()).isEqualTo(3);
                assertThat(loci.err())
                        .hasLineCount(1)
                        .contains("LOCI_JAVA_HOME is " + java)
                        .contains("JDK 25");
            }
        }
    }

    @Test
    void everyConfigurationErrorIsReportedAtOnce() throws Exception {
        Path file = Files.writeString(data.resolve("mine.yaml"), """
            memory:
              windowTurn: 9
              fanout: many
            database:
              encryption: maybe
            """);
        Path chosen = data.resolve("never-made");
        try (LociProgram loci = Start.chat(chosen)
                .env("LOCI_CONFIG", file.toString())
                .env("LOCI_MEMORY_KEEPTURNS", "-3")
                .start()) {
            assertThat(loci.end()).isEqualTo(2);
            assertThat(loci.err())
                    .contains("mine.yaml:2")
                    .contains("windowTurns")
                    .contains("mine.yaml:3")
                    .contains("mine.yaml:5")
                    .contains("LOCI_MEMORY_KEEPTURNS");
        }
        assertThat(chosen).doesNotExist();
    }

    @Test
    void aWrongKeyIsToldInTheChatAndTheKeyNowhere() throws Exception {
        String key = "sk-test-0123456789abcdefghijABCDEFGHIJ";
        try (OpenAiServer server = OpenAiServer.start().wantsKey("another");
                LociProgram loci = Start.chat(data)
                        .model(server)
                        .env("OPENAI_API_KEY", key)
                        .env("LOCI_LOG_LEVEL", "debug")
                        .start()) {
            assertThat(loci.say("hello")).contains("refused the bot's API key");
            assertThat(loci.say("my key is " + key)).contains("refused the bot's API key");
            assertThat(loci.end()).isZero();
            assertThat(loci.err()).doesNotContain(key);
        }
    }

    @Test
    void anOverloadedModelIsTriedAgainAndASilentOneIsGivenUp() throws Exception {
        try (OpenAiServer server = OpenAiServer.start();
                LociProgram loci = Start.chat(data)
                        .model(server)
                        .env("LOCI_MODEL_READTIMEOUT", "500ms")
                        .env("LOCI_MODEL_MAXRETRIES", "1")
                        .start()) {
            server.then(Behaviours.serverError());
            assertThat(loci.say("hello")).isEqualTo("ok");
            server.always(Behaviours.stall());
            assertThat(loci.say("are you there?")).contains("took too long");
            server.always(Behaviours.text("back again"));
            assertThat(loci.say("and now?")).isEqualTo("back again");
            assertThat(loci.end()).isZero();
        }
    }
}
