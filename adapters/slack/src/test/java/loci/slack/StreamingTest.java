package loci.slack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import loci.sanitize.OutboundSanitizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an answer becomes while it is being streamed to Slack. */
class StreamingTest {

    /** Slack's own forms, also where an entity stands for the sign before them. */
    private static final Pattern ALIVE =
            Pattern.compile("(?i)(?:<|&lt;|&#60;)(?:@[a-z0-9]|!(?:here|channel|everyone|group|subteam|date|@)"
                    + "|#[a-z0-9]{2})|<[a-z]+:[^\\s<>|]*\\||@(?:here|channel|everyone|group)(?![\\p{L}\\p{N}])");

    private static String out(String markdown) {
        return SlackMarkup.streaming(markdown);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            value = {
                "**bold** [x](https://a.b) `a < b` → **bold** [x](https://a.b) `a < b`",
                "a < b > c & <div> → a &lt; b > c & &lt;div>",
                "> quoted → > quoted",
                "see <https://a.b/c> → see https://a.b/c",
                "\\<b> \\\\<b> → &lt;b> \\\\&lt;b>",
                "<!channel> `<!here|x>` <@U1> <#C12> → &lt;！channel> `<！here|x>` &lt;＠U1> &lt;＃C12>",
                "&lt;!channel&gt; &#60;@U1> → &lt;！channel&gt; &#60;＠U1>",
                "@here @Channel @hereby → ＠here ＠Channel @hereby",
                "<https://a.b|good> `<https://a.b|good>` → &lt;https://a.b|good> `＜https://a.b|good>`",
                "[x](javascript:y) [x](/y) → [x] (javascript:y) [x](/y)",
                "`<!DOCTYPE html>` `#include <a>` → `<!DOCTYPE html>` `#include <a>`",
            })
    void onlyWhatSlackWouldActOnIsChanged(String markdown, String streamed) {
        assertThat(out(markdown)).isEqualTo(streamed);
    }

    @Test
    void codeStaysAsItIs() {
        String code = "- a\n  ```java\n  if (a < b && c > d) {}\n  ```\n<x>";
        assertThat(out(code)).isEqualTo(code.replace("<x>", "&lt;x>"));
        assertThat(out("```js\nhalf")).isEqualTo("```js\nhalf\n```");
    }

    /** What comes out after each of these has been added. */
    private static List<String> steps(String... added) {
        AppendOnly stream = new AppendOnly();
        StringBuilder text = new StringBuilder();
        return java.util.Arrays.stream(added)
                .map(piece -> stream.next(text.append(piece).toString()))
                .toList();
    }

    @Test
    void whatIsUnfinishedWaits() {
        assertThat(steps("Hel", "lo **bo", "ld**", " and")).containsExactly("Hel", "lo ", "", "**bold** and");
        assertThat(steps("see [the", " list](http", "s://a.b)", " now"))
                .containsExactly("see ", "", "", "[the list](https://a.b) now");
        assertThat(steps("a `x <", " y", "` b")).containsExactly("a ", "", "`x < y` b");
        assertThat(steps("2 * 3 and snake_ca", "se *", "args\n"))
                .containsExactly("2 * 3 and snake_ca", "se ", "*args\n");
        assertThat(steps("hi @he", "re", "by you")).containsExactly("hi ", "", "@hereby you");
        assertThat(steps("x <", "!chan", "nel> y")).containsExactly("x ", "", "&lt;！channel> y");
        assertThat(steps("at https://a", ".b/c", " it")).containsExactly("at ", "", "https://a.b/c it");
    }

    @Test
    void fencesAndTablesWaitForTheirLines() {
        assertThat(steps("``", "`ja", "va\nint", " a;\n``", "`\n"))
                .containsExactly("", "", "```java\nint", " a;\n", "```\n");
        assertThat(steps("| a |", " b |\n", "|--", "-|---|\n", "| 1 |", " 2 |\nEnd", "\n"))
                .containsExactly("", "", "", "| a | b |\n|---|---|\n", "", "| 1 | 2 |\n", "End\n");
    }

    @Test
    void theRestIsYieldedAtTheEnd() {
        AppendOnly stream = new AppendOnly();
        assertThat(stream.next("a **b")).isEqualTo("a ");
        assertThat(stream.continues("a *b*")).isFalse();
        assertThat(stream.next("a *b*")).isEmpty();
        assertThat(stream.finished("a **b** `c")).isEqualTo("**b** `c");
        AppendOnly code = new AppendOnly();
        assertThat(code.next("```js\nhalf")).isEqualTo("```js\nhalf");
        assertThat(code.finished("```js\nhalf")).isEqualTo("\n```");
    }

    @Test
    void whatAMessageCannotHoldIsLeftForOthers() {
        StringBuilder text = new StringBuilder("```java\n");
        AppendOnly stream = new AppendOnly();
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < 1_000; i++) {
            text.append("line ").append(i).append(" of it\n");
            shown.append(stream.next(text.toString()));
        }
        shown.append(stream.finished(text.append("```").toString()));
        assertThat(stream.isFull()).isTrue();
        assertThat(shown).hasSizeBetween(11_500, AppendOnly.LONGEST).endsWith(" of it\n```");
        assertThat(stream.rest(text.toString())).startsWith("```java\nline ").endsWith("line 999 of it\n```");
        long lines = shown.toString().lines().count()
                + stream.rest(text.toString()).lines().count();
        assertThat(lines).as("all lines, and two of fences more").isEqualTo(1_004);
    }

    private static void check(String text, Random random, String because) {
        AppendOnly stream = new AppendOnly();
        StringBuilder shown = new StringBuilder();
        for (int end = 0; end < text.length(); end += random.nextInt(1, 9)) {
            shown.append(stream.next(text.substring(0, end)));
        }
        shown.append(stream.finished(text));
        assertThat(shown.toString()).as(because).isEqualTo(out(text));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void piecesAreTheWholeAndHarmless(long seed) {
        Random random = new Random(seed);
        for (int n = 0; n < 2_000; n++) {
            String text = Samples.mixture(random);
            assertThat(ALIVE.matcher(out(text)).results())
                    .as("seed %d: %s became %s", seed, text, out(text))
                    .isEmpty();
            check(text, random, "seed %d: %s".formatted(seed, text));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatCoreLetsBeShownStreams(long seed) {
        Random random = new Random(seed);
        for (int n = 0; n < 300; n++) {
            String text = Samples.mixture(random);
            AppendOnly stream = new AppendOnly();
            StringBuilder shown = new StringBuilder();
            for (int end = 0; end < text.length(); end += random.nextInt(1, 9)) {
                shown.append(stream.next(OutboundSanitizer.shown(text.substring(0, end), "")));
            }
            String reply = OutboundSanitizer.reply(text, "");
            if (!reply.isEmpty()) {
                shown.append(stream.finished(reply));
                assertThat(shown.toString()).as("seed %d: %s", seed, text).isEqualTo(out(reply));
            }
        }
    }

    @Test
    void everyCommonMarkExampleAndNaughtyStringStreams() throws IOException {
        Random random = new Random(7);
        for (List<String> texts : List.of(Samples.markdown(), Samples.hostile())) {
            for (String text : texts) {
                String some = text.substring(0, Math.min(text.length(), 3_000));
                assertThat(ALIVE.matcher(out(some)).results()).as(some).isEmpty();
                check(some, random, some);
            }
        }
    }

    @Test
    @Timeout(200)
    void hostileTextsTakeReasonableTime() {
        for (String piece : List.of(
                "`", "``a", "**a ", "_", "[", "[a](", "<", "&lt;", "@here", "\\", "|", "~~~\n", "<a:", "](", "*a",
                "a`")) {
            String text = piece.repeat(11_000 / piece.length());
            long start = System.nanoTime();
            AppendOnly stream = new AppendOnly();
            for (int end = 0; end < text.length(); end += 200) {
                stream.next(text.substring(0, end));
            }
            stream.finished(text);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).as(piece).isLessThan(Duration.ofSeconds(15));
        }
    }
}
