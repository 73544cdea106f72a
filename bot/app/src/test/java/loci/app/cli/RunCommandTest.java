package loci.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import loci.app.cli.ServeRunner.End;
import loci.app.cli.ServeRunner.Place;
import loci.app.config.Surroundings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the operator is told of the platforms that are served, and when serving ends. */
class RunCommandTest {

    @TempDir
    private Path home;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(ServeRunner runner) {
        Surroundings surroundings = new Surroundings(Map.of(), home, home, false);
        Streams streams = new Streams(
                new ByteArrayInputStream(new byte[0]),
                new ByteArrayOutputStream(),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false);
        return LociCommand.run(List.of("run"), surroundings, streams, Nobody.butServing(runner));
    }

    private List<String> said() {
        return err.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !Banner.OFFLINE.contains(line.replaceFirst("^loci: ", "")))
                .toList();
    }

    @Test
    void every_platform_that_refuses_is_told() {
        assertThat(run(config -> new ServeRunner.Refused(List.of("Discord does not want it", "Slack does not either"))))
                .isEqualTo(1);
        assertThat(said()).containsExactly("loci: Discord does not want it", "loci: Slack does not either");
    }

    @Test
    void one_that_ends_for_good_is_told_and_the_other_goes_on() {
        CompletableFuture<String> slackEnds = new CompletableFuture<>();
        AtomicInteger stops = new AtomicInteger();
        // Discord ends once somebody has been told of Slack's end.
        End discordEnds = () -> {
            slackEnds.join();
            while (said().stream().noneMatch(line -> line.contains("is served on"))) {
                Thread.onSpinWait();
            }
            assertThat(stops).hasValue(0);
            return "Discord is over";
        };
        slackEnds.complete("Slack is over");

        int code = run(config -> new ServeRunner.Serving(
                List.of(
                        new Place("Discord", List.of("serving Discord"), discordEnds),
                        new Place("Slack", List.of("serving Slack"), slackEnds::join)),
                stops::incrementAndGet));

        assertThat(code).isEqualTo(1);
        assertThat(stops).hasValue(1);
        assertThat(said())
                .containsExactly(
                        "loci: serving Discord",
                        "loci: serving Slack",
                        "loci: Slack is over",
                        "loci: Discord is served on; start Loci again to be on Slack too",
                        "loci: Discord is over");
    }
}
