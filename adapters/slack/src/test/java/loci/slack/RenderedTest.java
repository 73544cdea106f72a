package loci.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import loci.sanitize.OutboundSanitizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an answer becomes on Slack. */
class RenderedTest {

    /** What Slack takes for a boundary between a letter and a mark. */
    private static final String GAP = "\u200B";

    private static String out(String markdown) {
        return SlackMarkup.rendered(markdown);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            value = {
                "**bold** *it* _it_ __bold__ → *bold* _it_ _it_ *bold*",
                "***both*** ~~no~~ → _*both*_ ~no~",
                "**a *b* c** `x < y && z` → *a _b_ c* `x &lt; y &amp;&amp; z`",
                "**a __b__ c** → *a b c*",
                "这是**重要**的 → 这是\u200B*重要*\u200B的",
                "un**frigging**believable → un\u200B*frigging*\u200Bbelievable",
                "2 * 3 * 4, snake_case_name, ~5 → 2 * 3 * 4, snake_case_name, ~5",
                "\\*not it\\* and \\_this\\_ → ＊not it＊ and ＿this＿",
                "a lone * star, *args, 5 → a lone * star, *args, 5",
                "**Note:**text → ＊＊Note:＊＊text",
                "one \\` tick → one ` tick",
                "\\`two\\` ticks → ｀two｀ ticks",
                "`` a`b `` → `a｀b`",
                "a < b > c & d &copy; &lt; → a &lt; b &gt; c &amp; d © &lt;",
                "\\> no quote → ＞ no quote",
                "<div>x</div> <b>y</b> → &lt;div&gt;x&lt;/div&gt; &lt;b&gt;y&lt;/b&gt;",
                "# Head *it* **er** ## → *Head _it_ er*",
                "- [ ] open → ☐ open",
                "--- → ⸻",
            })
    void marksBecomeSlacks(String markdown, String mrkdwn) {
        assertThat(out(markdown)).isEqualTo(mrkdwn);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            value = {
                "[the list](https://a.b/?x=1&y=2) → <https://a.b/?x=1&amp;y=2|the list>",
                "[**A** `b`](https://a.b) → <https://a.b|A b>",
                "<https://a.b/c_d_e> → <https://a.b/c_d_e>",
                "see https://a.b/c_d_e. → see <https://a.b/c_d_e>.",
                "**https://a.b/** → *<https://a.b/>*",
                "(https://a.b/c_(d)) → (<https://a.b/c_(d)>)",
                "[https://a.b](https://a.b) → <https://a.b>",
                "[a > b](https://a.b/x>y) → <https://a.b/x%3Ey|a &gt; b>",
                "[x](https://a.b/y|z) → <https://a.b/y%7Cz|x>",
                "[mail](mailto:a@b.c) <a@b.c> → <mailto:a@b.c|mail> <mailto:a@b.c>",
                "[good.com](https://evil.com) → good.com (<https://evil.com>)",
                "[https://good.com/x](https://evil.com/good.com) → https://good.com/x (<https://evil.com/good.com>)",
                "[docs.good.com](https://good.com) → docs.good.com (<https://good.com>)",
                "[good.com docs](https://docs.good.com/x) → <https://docs.good.com/x|good.com docs>",
                "[Main.java](https://a.b) → <https://a.b|Main.java>",
                "[call](tel:123) [x](/y) → call (tel:123) x (/y)",
                "[run](<javascript:alert(1)>) → run (javascript:alert(1))",
                "![a cat](https://a.b/c.png) ![](http://d.e) → <https://a.b/c.png|a cat> <http://d.e|image>",
                "[![badge](https://a.b/i)](https://c.d) → <https://c.d|badge>",
            })
    void linksSayWhereTheyLead(String markdown, String mrkdwn) {
        assertThat(out(markdown)).isEqualTo(mrkdwn);
    }

    @Test
    void listsNestAndCount() {
        assertThat(out("""
            3. three
            4. four
               - nested **b**
                 * deeper
                   + deepest

                   second paragraph
            - [x] done
            - code:
              ```js
              a < b
                c
              ```
              after
            """)).isEqualTo("""
                3. three
                4. four
                    ◦ nested *b*
                        ▪ deeper

                            ▪ deepest

                            second paragraph

                ☑ done
                • code:
                ```
                a &lt; b
                  c
                ```
                    after\
                """);
    }

    @Test
    void quotesStandAtTheMargin() {
        assertThat(out("> one\n> > two\n>\n> - a\n>   - b\n\n- item\n\n  > quoted"))
                .isEqualTo("""
                    > one
                    >
                    > two
                    >
                    > • a
                    >     ◦ b

                    • item

                    >     quoted\
                    """);
        assertThat(out("> say\n> ```\n> x\n> ```")).isEqualTo("> say\n>\n```\nx\n```");
    }

    @Test
    void marksEndWithTheirLine() {
        assertThat(out("**one *two\nthree* four**\\\nfive")).isEqualTo("*one _two_*\n*_three_ four*\nfive");
        assertThat(out("a<br>b  \nc")).isEqualTo("a\nb\nc");
    }

    @Test
    void codeIsShownAsItIs() {
        assertThat(out("~~~py\n*x* <!here> &amp;\n\n~~~")).isEqualTo("```\n*x* &lt;!here&gt; &amp;amp;\n\n```");
        assertThat(out("````\n```js\na\n```\n````\nb")).isEqualTo("```\n'''js\na\n'''\n```\n\nb");
        assertThat(out("```js\nhalf")).isEqualTo("```\nhalf\n```");
    }

    @Test
    void aNarrowTableIsAlignedInCode() {
        assertThat(out("Look:\n\n| Name | n |\n|:---|--:|\n| **Ada** | 1 |\n| 中文 | `x\\|y` <b> |\n| lone |\nEnd"))
                .isEqualTo("""
                    Look:

                    ```
                    Name │ n
                    ─────┼────────
                    Ada  │ 1
                    中文 │ x|y &lt;b&gt;
                    lone │
                    End  │
                    ```\
                    """);
    }

    @Test
    void aWideTableIsAListOfItsRows() {
        String far = "a long way to say that nothing much happened at all on that day";
        assertThat(out("| Day | What | |\n|---|---|---|\n| *Mon* | " + far + " | [x](https://y.z) |\n| Tue | " + far
                        + " | |"))
                .isEqualTo("• *Day*: _Mon_\n    *What*: " + far + "\n    <https://y.z|x>\n• *Day*: Tue\n    *What*: "
                        + far);
    }

    @Test
    void nothingThatPingsComesOutAlive() {
        assertThat(out("so <!channel> <@U1> <!subteam^S1|@x> &lt;!here&gt; <#C1>"))
                .isEqualTo("so &lt;!channel&gt; &lt;@U1&gt; !subteam^S1|@x &lt;!here&gt; &lt;#C1&gt;");
        assertThat(out("@here @**channel** `@everyone` @hereby")).isEqualTo("＠here @*channel* `＠everyone` @hereby");
        assertThat(out("[<!here>](https://a.b) [x](<https://a.b|<!here>>)"))
                .isEqualTo("<https://a.b|&lt;!here&gt;> [x](&lt;<https://a.b>|&lt;!here&gt;&gt;)");
    }

    private static String letters(String text) {
        return text.replaceAll("[^\\p{L}\\p{N}]", "");
    }

    private static boolean isWithin(String part, String whole) {
        int i = 0;
        for (int j = 0; j < whole.length() && i < part.length(); j++) {
            if (part.charAt(i) == whole.charAt(j)) {
                i++;
            }
        }
        return i == part.length();
    }

    @Test
    void everyCommonMarkExampleSurvives() throws IOException {
        for (JsonNode example : Samples.lines("commonmark/examples.jsonl")) {
            String markdown = example.get("markdown").asText();
            String seen = SlackReader.of(out(markdown)).seen();
            String html = example.get("html").asText().replaceAll("(?s)<[^>]*>", "");
            String shown = html.replace("&quot;", "")
                    .replace("&lt;", "")
                    .replace("&gt;", "")
                    .replace("&amp;", "");
            assertThat(isWithin(letters(shown), letters(seen)))
                    .as("example %s: %s became %s", example.get("n"), markdown, seen)
                    .isTrue();
            assertThat(SlackReader.of(out(markdown)).alarms()).isEmpty();
        }
    }

    @Test
    void hostileStringsAreHarmless() throws IOException {
        for (String text : Samples.hostile()) {
            assertThat(SlackReader.of(out(text)).alarms()).as(text).isEmpty();
            assertThat(SlackReader.of(out("[" + text + "](https://a.b)")).alarms())
                    .as(text)
                    .isEmpty();
            assertThat(SlackReader.of(out("|a|\n|-|\n|" + text + "|")).alarms())
                    .as(text)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void noReferenceComesOutAliveWhateverStandsAround(long seed) {
        Random random = new Random(seed);
        for (int n = 0; n < 3_000; n++) {
            String text = Samples.mixture(random);
            assertThat(SlackReader.of(out(text)).alarms())
                    .as("seed %d: %s became %s", seed, text, out(text))
                    .isEmpty();
            String safe = OutboundSanitizer.reply(text, "");
            assertThat(SlackReader.of(out(safe)).alarms())
                    .as("seed %d: %s", seed, safe)
                    .isEmpty();
            assertThat(out(text)).as("no sign is left").doesNotContainPattern("[\uFDD0-\uFDEF]");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void blocksOfCodeAreAlwaysPairs(long seed) {
        Random random = new Random(seed);
        for (int n = 0; n < 3_000; n++) {
            String text = Samples.mixture(random);
            long fences = out(text).lines().filter(line -> line.equals("```")).count();
            assertThat(fences % 2).as("seed %d: %s", seed, text).isZero();
            assertThat(out(text).replace("\n```", "").replaceFirst("^```", ""))
                    .as("seed %d: %s", seed, text)
                    .doesNotContain("```");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*bold* _it_ ~no~ `code`",
                "a < b && c > d",
                "• one\n• two",
                "3. three",
                "line\nline",
                "> quoted",
                "😀 中文"
            })
    void whatIsWrittenIsReadTheSame(String seen) {
        String markdown =
                seen.replace("*bold*", "**bold**").replace("~no~", "~~no~~").replace("• ", "- ");
        Names nobody = new Names() {
            @Override
            public java.util.Optional<String> user(String id) {
                return java.util.Optional.empty();
            }

            @Override
            public java.util.Optional<String> group(String id) {
                return java.util.Optional.empty();
            }

            @Override
            public java.util.Optional<String> channel(String id) {
                return java.util.Optional.empty();
            }

            @Override
            public boolean isBot(String id) {
                return false;
            }
        };
        assertThat(SlackMarkup.readable(out(markdown), nobody)).isEqualTo(seen);
    }

    @Test
    @Timeout(200)
    void hostileTextsTakeLinearTime() {
        int n = 50_000;
        for (String piece : List.of(
                "`",
                "``a",
                "**a ",
                "_ __",
                "*a*",
                "<",
                "\\",
                "# a ",
                "> ",
                "- ",
                "1. ",
                "|a",
                "[",
                "![",
                "[a](",
                "~~a ",
                "&lt;",
                "@here ",
                "https://a.b/(",
                "a.",
                "|a|\n|-|\n",
                "\\`",
                "\\*a",
                "a\n")) {
            String text = piece.repeat(n / piece.length());
            long start = System.nanoTime();
            out(text);
            out("[" + text + "](https://x.y)");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).as(piece).isLessThan(Duration.ofSeconds(15));
        }
    }

    @Test
    void aTableBeyondAllMeasureIsText() {
        String table = "|a".repeat(1_500) + "\n" + "|-".repeat(1_500) + "\n" + "|x\n".repeat(1_500);
        assertThat(out(table)).startsWith("|a|a").endsWith("|x\n|x");
    }

    @Test
    void nothingIsRenderedAsNothing() {
        assertThat(out("")).isEmpty();
        assertThat(out(" \n\n")).isEmpty();
        assertThat(GAP).hasSize(1);
    }
}
