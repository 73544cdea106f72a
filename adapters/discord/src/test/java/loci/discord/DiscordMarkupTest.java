package loci.discord;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import loci.SharedData;
import loci.sanitize.OutboundSanitizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a message reads like, and what an answer becomes. */
class DiscordMarkupTest {

    private static final Names NAMES = new Names() {
        private final Map<String, String> known =
                Map.of("1", "Loci", "2", "Ada", "20", "Helpers", "30", "lab", "9", "a\nb");

        @Override
        public Optional<String> user(String id) {
            return Optional.ofNullable(known.get(id));
        }

        @Override
        public Optional<String> role(String id) {
            return Optional.ofNullable(known.get(id));
        }

        @Override
        public Optional<String> channel(String id) {
            return Optional.ofNullable(known.get(id));
        }

        @Override
        public boolean isBot(String id) {
            return id.equals("1") || id.equals("11");
        }
    };

    private static String in(String content) {
        return DiscordMarkup.readable(content, NAMES);
    }

    private static String out(String text) {
        return DiscordMarkup.rendered(text);
    }

    @Test
    void idsBecomeTheNamesThatPeopleSee() {
        assertThat(in("ask <@2>, <@!2> or <@&20> in <#30>")).isEqualTo("ask @Ada, @Ada or @Helpers in #lab");
        assertThat(in("<@99> <@&99> <#99>")).isEqualTo("@unknown @unknown #unknown");
        assertThat(in("well <:blob_wave:123> <a:dance:456>")).isEqualTo("well :blob_wave: :dance:");
        assertThat(in("try </forget last:77> in <id:customize>")).isEqualTo("try /forget last in #customize");
        assertThat(in("hi <@9>")).as("a name is one line").isEqualTo("hi @a b");
    }

    @ParameterizedTest
    @CsvSource({
        "<t:1772355600>, 2026-03-01 09:00 UTC",
        "<t:1772355600:R>, 2026-03-01 09:00 UTC",
        "<t:1772355600:T>, 09:00:00 UTC",
        "<t:1772355600:t>, 09:00 UTC",
        "<t:1772355600:D>, 2026-03-01",
        "<t:-1:d>, 1969-12-31"
    })
    void timesAreReadInUtc(String markup, String read) {
        assertThat(in(markup)).isEqualTo(read);
    }

    @Test
    void theMentionThatAddressesTheBotGoesAndOneInTheMiddleStays() {
        assertThat(in("<@1> hello")).isEqualTo("hello");
        assertThat(in("<@!1>, <@&11>: hello")).isEqualTo("hello");
        assertThat(in("so <@1>, what now?")).isEqualTo("so @Loci, what now?");
        assertThat(in("<@2> <@1> hi")).isEqualTo("@Ada @Loci hi");
        assertThat(in(" <@1> ")).isEmpty();
    }

    @Test
    void codeStaysAsItIs() {
        assertThat(in("say `<@2>` to <@2>")).isEqualTo("say `<@2>` to @Ada");
        assertThat(in("```\n<@2> <#30>\n```<@2>")).isEqualTo("```\n<@2> <#30>\n```@Ada");
        assertThat(in("``a ` <@2>`` <@2>")).isEqualTo("``a ` <@2>`` @Ada");
        assertThat(in("an open ` <@2>")).isEqualTo("an open ` @Ada");
        assertThat(in("an open ``` <@2>")).isEqualTo("an open ``` @Ada");
        assertThat(in("escaped \\` <@2> `")).isEqualTo("escaped \\` @Ada `");
    }

    @Test
    void plainMarkdownStaysAsItIs() {
        String text =
                "**bold** *it* _it_ ~~no~~ `code_x` snake_case_name\n- one\n  - two\n1. three\n> quoted\n## Head\n"
                        + "[text](https://a.b/c_d__e) <https://q.w> https://e.r/a__b__c||d a | b";
        assertThat(out(text)).isEqualTo(text);
    }

    @Test
    void whatOnlyDiscordReadsIntoATextIsEscaped() {
        assertThat(out("<#123> <t:1:R> </cmd:1> <:e:1> <a:e:1> <id:guide>"))
                .isEqualTo("\\<#123> \\<t:1:R> \\</cmd:1> \\<:e:1> \\<a:e:1> \\<id:guide>");
        assertThat(out("if a || b || c")).isEqualTo("if a \\|\\| b \\|\\| c");
        assertThat(out("-# small")).isEqualTo("\\-# small");
        assertThat(out("a b__c__d")).isEqualTo("a b\\_\\_c\\_\\_d");
        assertThat(out("one ` two")).isEqualTo("one \\` two");
        assertThat(out("<div> a < b")).isEqualTo("<div> a < b");
        assertThat(out("`<#123> || x` \\|| y")).isEqualTo("`<#123> || x` \\|| y");
    }

    @Test
    void whatDiscordDoesNotKnowIsAdapted() {
        assertThat(out("__bold__ and ___both___")).isEqualTo("**bold** and ***both***");
        assertThat(out("#### Deep **er** ##\n### Three")).isEqualTo("**Deep er**\n### Three");
        assertThat(out("+ item\n- [ ] open\n- [x] done")).isEqualTo("- item\n- ☐ open\n- ☑ done");
        assertThat(out(">>> all\n>one\n> > two")).isEqualTo("> all\n> one\n> two");
        assertThat(out("a\n\n---\n\n***\nb")).isEqualTo("a\n\n⸻\n\n⸻\nb");
        assertThat(out("```` `a` ````")).isEqualTo("`` `a` ``");
    }

    @Test
    void everyFenceBecomesThreeBackticks() {
        assertThat(out("~~~py\nx ||\n~~~")).isEqualTo("```py\nx ||\n```");
        assertThat(out("````md\n```js\na\n```\n````\nb")).isEqualTo("```md\n'''js\na\n'''\n```\nb");
        assertThat(out("- a\n  ```js\n  x\n    y\n  ```")).isEqualTo("- a\n```js\nx\n  y\n```");
        assertThat(out("```python title=x\na\n```")).isEqualTo("```python\na\n```");
        assertThat(out("> ```\n> a\n> ```")).isEqualTo("> ```\n> a\n> ```");
        assertThat(out("```js\nhalf")).isEqualTo("```js\nhalf\n```");
    }

    @Test
    void aTableIsShownAlignedInCode() {
        assertThat(out("Look:\n| Name | n |\n|:---|--:|\n| **Ada** | 1 |\n| 中文 | `x\\|y` |\n| lone |\nEnd"))
                .isEqualTo("""
                    Look:
                    ```
                    Name │ n
                    ─────┼────
                    Ada  │ 1
                    中文 │ x|y
                    lone │
                    ```
                    End\
                    """);
    }

    @Test
    void nothingThatPingsComesOutAlive() {
        assertThat(out("@everyone `@here` <@1> <@&2>")).isEqualTo("＠everyone `＠here` \\<＠1> \\<＠&2>");
        assertThat(out("|a|b|\n|-|-|\n|@**everyone**|x|")).contains("＠everyone");
    }

    /** Alive: outside what Discord takes for code, and not escaped. */
    private static final Pattern ALIVE = Pattern.compile(
            "(?<!\\\\)<(?:@[!&]?[0-9]+|#[0-9]+|a?:\\w+:[0-9]+|t:-?[0-9]+(?::\\w)?|/[^:>]+:[0-9]+|id:\\w+)>");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void noReferenceComesOutAliveWhateverStandsAround(long seed) {
        String[] pieces = {
            "<#1>",
            "<@1>",
            "<t:1:R>",
            "</a:1>",
            "<:e:1>",
            "`",
            "``",
            "```",
            "\n",
            "\n```\n",
            "~~~\n",
            "|",
            "||",
            "__",
            "_",
            "\\",
            " ",
            "a",
            "# ",
            "> ",
            "- ",
            "@everyone",
            "https://a.b/",
            "\n|a|b|\n|-|-|\n",
            "[x](https://y.z)"
        };
        Random random = new Random(seed);
        for (int n = 0; n < 2_000; n++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(1, 14); i > 0; i--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            String rendered = out(OutboundSanitizer.reply(text.toString(), ""));
            var code = CodeRanges.of(rendered);
            assertThat(ALIVE.matcher(rendered).results().filter(found -> !code.get(found.start())))
                    .as("%s became %s", text, rendered)
                    .isEmpty();
        }
    }

    @Test
    @Timeout(100)
    void hostileTextsTakeLinearTime() {
        int n = 100_000;
        for (String piece : List.of(
                "`", "``a", "__a ", "_ __", "||", "<", "\\", "# a ", "|-", "~~~", "> ", "<@1", "```a", "` `` ")) {
            String text = piece.repeat(n / piece.length());
            long start = System.nanoTime();
            out(text);
            out("# " + text + " x");
            out("|a|\n|-" + " ".repeat(n) + "x\n```" + text);
            in(text);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).as(piece).isLessThan(Duration.ofSeconds(10));
        }
    }

    @Test
    void commonMarkExamplesNeverFailAndNeverGrowWild() throws IOException {
        for (String line : Files.readAllLines(SharedData.require("commonmark/examples.jsonl"))) {
            assertThat(out(line).length()).isLessThan(4 * line.length() + 20);
            assertThat(in(line)).isNotNull();
        }
    }
}
