package loci.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant NOW = Instant.parse("2026-11-21T09:15:00Z"); // 10:15 in Berlin

    @ParameterizedTest
    @CsvSource(textBlock = """
        30m,                  2026-11-21T08:45:00Z
        1 minute ago,         2026-11-21T09:14:00Z
        2h,                   2026-11-21T07:15:00Z
        ' 2 Hours ',          2026-11-21T07:15:00Z
        3d,                   2026-11-18T09:15:00Z
        2 weeks,              2026-11-07T09:15:00Z
        today,                2026-11-20T23:00:00Z
        yesterday,            2026-11-19T23:00:00Z
        10:00,                2026-11-21T09:00:00Z
        9:30,                 2026-11-21T08:30:00Z
        10:30,                2026-11-20T09:30:00Z
        2026-11-20,           2026-11-19T23:00:00Z
        2026-11-20 10:30,     2026-11-20T09:30:00Z
        2026-11-20T10:30:15,  2026-11-20T09:30:15Z
        2026-11-20T10:30:00Z, 2026-11-20T10:30:00Z
        2026-07-01 12:00,     2026-07-01T10:00:00Z
        """)
    void momentsThatPeopleType(String text, Instant meant) {
        assertThat(Times.parse(text, NOW, BERLIN)).contains(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-22", "2026-11-21 10:16", "2126-01-01T00:00:00Z", "0m"})
    void momentsThatAreStillToCome(String text) {
        assertThat(Times.parse(text, NOW, BERLIN)).isEmpty();
        assertThat(Times.isAhead(text, NOW, BERLIN)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1m", "yesterday", "the flood", "", "2026-13-40"})
    void whatIsPastOrNoMomentIsNotAhead(String text) {
        assertThat(Times.isAhead(text, NOW, BERLIN)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tomorrow",
                "soon",
                "0m",
                "-2h",
                "2026-11-22",
                "2026-11-21 10:16",
                "25:00",
                "10:60",
                "2026-02-30",
                "99999999d",
                "2h30m",
                "noon",
                "2026-13-01",
                "١٠:٣٠",
                "2999-01-01T00:00:00Z"
            })
    void whatIsNoMomentOrNotPastIsNotGuessed(String text) {
        assertThat(Times.parse(text, NOW, BERLIN)).isEmpty();
    }

    @Test
    void clocksThatChangeDoNotMoveTheMomentIntoTheFuture() {
        Instant spring = Instant.parse("2026-03-29T01:10:00Z"); // 03:10, a quarter of an hour after 02:xx never was
        assertThat(Times.parse("2:30", spring, BERLIN)).isPresent().get().matches(moment -> moment.isBefore(spring));
        Instant autumn = Instant.parse("2026-10-25T00:40:00Z"); // the first 02:40
        assertThat(Times.parse("2:30", autumn, BERLIN)).contains(Instant.parse("2026-10-25T00:30:00Z"));
        assertThat(Times.parse("today", autumn, BERLIN)).contains(Instant.parse("2026-10-24T22:00:00Z"));
    }

    @Test
    void neverTheFutureAndNeverAnExceptionWhateverIsTyped() {
        Random random = new Random(1);
        String signs = "0123456789:-+ tz.mhdwago";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(20); j > 0; j--) {
                text.append(signs.charAt(random.nextInt(signs.length())));
            }
            assertThat(Times.parse(text.toString(), NOW, BERLIN))
                    .as(text.toString())
                    .matches(moment -> moment.isEmpty() || moment.get().isBefore(NOW));
        }
    }
}
