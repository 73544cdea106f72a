package loci.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.UUID;
import loci.chat.ChatEvent.CommandInvoked;
import loci.chat.ChatEvent.MessagePosted;
import loci.console.ConsoleEvents.Event;
import loci.console.ConsoleEvents.Heard;
import loci.console.ConsoleEvents.Misused;
import loci.console.ConsoleEvents.Move;
import loci.console.ConsoleEvents.Nothing;
import loci.console.ConsoleEvents.Place;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A line's meaning. */
class ConsoleEventsTest {

    private static final Place LAB = new Place("ada", "lab");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hello            | message hello",
                "' /help '        | message /help",
                "//help           | message /help",
                "///              | message //",
                "/help            | command help()",
                "/SUMMARY refresh | command summary(refresh)",
                "'/forget  last  3 ' | command forget(last  3)",
                "/                | command help()",
                "'/ '             | command help()",
                "/as bob          | bob in lab",
                "/AS @bob         | bob in lab",
                "/channel #den    | ada in den",
                "/channel         | misused",
                "/as #            | misused",
                "'   '            | nothing",
                "yes              | message yes",
            })
    void a_line_means(String line, String meaning) {
        assertThat(shown(ConsoleEvents.hear(line, LAB, "id-1", Instant.EPOCH))).isEqualTo(meaning);
    }

    @Test
    void a_nul_becomes_a_sign_that_can_be_stored() {
        assertThat(shown(ConsoleEvents.hear("a\0b", LAB, "id-1", Instant.EPOCH)))
                .isEqualTo("message a\uFFFDb");
    }

    @Test
    void names_are_short_and_without_control_characters() {
        assertThat(ConsoleEvents.name("x".repeat(200))).isPresent();
        assertThat(ConsoleEvents.name("x".repeat(201))).isEmpty();
        assertThat(ConsoleEvents.name("a\u0007b")).isEmpty();
        assertThat(ConsoleEvents.name(" @ ")).isEmpty();
        assertThat(ConsoleEvents.name(" Ada Lovelace ")).contains("Ada Lovelace");
    }

    @Test
    void ids_are_unique_and_sort_by_time_even_where_the_clock_stands_or_runs_back() {
        long[] millis = {1_000};
        InstantSource clock = () -> Instant.ofEpochMilli(millis[0]);
        TimeOrderedIds ids = new TimeOrderedIds(clock, new Random(3));
        String before = "";
        for (int made = 0; made < 10_000; made++) {
            if (made == 5_000) {
                millis[0] = 500;
            }
            String id = ids.get();
            assertThat(id).isGreaterThan(before);
            before = id;
        }
        assertThat(UUID.fromString(before).version()).isEqualTo(7);
        assertThat(UUID.fromString(before).variant()).isEqualTo(2);
    }

    private static String shown(Heard heard) {
        return switch (heard) {
            case Nothing() -> "nothing";
            case Misused misused -> "misused";
            case Move(Place place) -> place.speaker() + " in " + place.channel();
            case Event(MessagePosted posted) -> "message " + posted.text();
            case Event(CommandInvoked command) -> "command " + command.name() + "(" + command.arguments() + ")";
            case Event(var other) -> other.toString();
        };
    }
}
