package loci.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Names that people bring from elsewhere, or from an older version. */
class RenamedTest {

    @Test
    void every_name_leads_to_a_key_and_is_none_itself() {
        List<Renamed> all = Renamed.all();
        assertThat(all).allSatisfy(renamed -> {
            assertThat(Key.of(renamed.now().replaceAll(" .*", "")))
                    .as(renamed.now())
                    .isPresent();
            assertThat(Key.of(renamed.name())).as(renamed.name()).isEmpty();
        });
        assertThat(all).extracting(Renamed::name).doesNotHaveDuplicates();
    }

    @Test
    void a_name_is_known_however_it_is_written() {
        assertThat(Renamed.of("memory.maxTurns")).map(Renamed::now).contains("memory.windowTurns");
        assertThat(Renamed.of("memory.max_turns")).map(Renamed::now).contains("memory.windowTurns");
        assertThat(Renamed.of("MEMORY_MAXTURNS")).map(Renamed::now).contains("memory.windowTurns");
        assertThat(Renamed.of("colour")).isEmpty();
    }

    @Test
    void a_key_that_was_ours_tells_when_it_was_renamed() {
        Problem problem = new Renamed("model.window", "model.contextWindow", "0.2")
                .problem("loci.yaml:3:3", "there is no key model.window", key -> key);

        assertThat(Problem.describe(List.of(problem))).isEqualTo("""
            loci: the configuration has a problem; nothing was started.

            loci.yaml:3:3: model.window was renamed model.contextWindow in 0.2
                Write model.contextWindow.
            """);
    }
}
