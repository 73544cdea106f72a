package loci.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How an answer is cut into messages. */
class SlackPartsTest {

    private static List<String> messages(String markdown) {
        return SlackParts.of(markdown).messages();
    }

    @Test
    void whatFitsIsOneMessage() {
        assertThat(messages("hello")).containsExactly("hello");
        assertThat(messages("a".repeat(SlackParts.LONGEST))).hasSize(1);
        assertThat(messages("a".repeat(SlackParts.LONGEST + 1))).hasSize(2);
        assertThat(messages("[x]: http://y.z")).containsExactly("(nothing that Slack can show)");
    }

    @Test
    void escapingIsDoneBeforeItIsMeasured() {
        assertThat(messages("a & b\n\n".repeat(500)))
                .hasSizeGreaterThan(1)
                .allSatisfy(part -> assertThat(part).hasSizeLessThanOrEqualTo(SlackParts.LONGEST));
    }

    @Test
    void entitiesAndLinksStayWhole() {
        for (int shift = 0; shift < 8; shift++) {
            for (String piece : List.of("&", "<", "[two words and more](https://a.b/c?d=1&e=2)", "https://a.b/c ")) {
                int rendered = SlackMarkup.rendered(piece).length();
                List<String> parts = messages("x".repeat(shift) + piece.repeat(12_000 / rendered));
                assertThat(parts).hasSizeGreaterThan(1).allSatisfy(part -> {
                    assertThat(part).hasSizeLessThanOrEqualTo(SlackParts.LONGEST);
                    assertThat(part.replaceAll("<https://[^<>]+>", "").replaceAll("&(?:amp|lt|gt);", ""))
                            .doesNotContainPattern("[<>&]");
                });
            }
        }
    }

    @Test
    void aBlockOfCodeIsClosedAndReopened() {
        StringBuilder code = new StringBuilder("Look:\n\n~~~java\n");
        for (int i = 0; i < 400; i++) {
            code.append("if (n").append(i).append(" < ").append(i).append(");\n");
        }
        List<String> parts = messages(code.append("~~~\nDone.").toString());
        assertThat(parts).hasSizeGreaterThan(1);
        assertThat(parts.getFirst()).startsWith("Look:\n\n```\nif").endsWith("\n```");
        assertThat(parts.subList(1, parts.size()))
                .allSatisfy(part -> assertThat(part).startsWith("```\nif"));
        assertThat(parts.getLast()).endsWith("\n```\n\nDone.");
        assertThat(String.join("\n", parts)).contains("if (n0 &lt; 0);", "if (n399 &lt; 399);");
    }

    @Test
    void noPartBeginsOrEndsInsideAGrapheme() {
        String piece = "👩‍👩‍👧‍👦e\u0301🇩🇪&";
        List<String> parts = messages(piece.repeat(600));
        assertThat(parts).hasSizeGreaterThan(1).allSatisfy(part -> {
            assertThat(part).matches("(?s)(?:👩‍👩‍👧‍👦|e\u0301|🇩🇪|&amp;)+");
        });
        assertThat(String.join("", parts)).isEqualTo(piece.replace("&", "&amp;").repeat(600));
    }

    /** Clusters that no cut may divide; those with spaces or controls in them Markdown itself may change. */
    @Test
    void noCaseOfUnicodesIsDivided() throws IOException {
        for (JsonNode sample : Samples.lines("unicode/grapheme_break_cases.jsonl")) {
            for (JsonNode cluster : sample.get("graphemes")) {
                String whole = cluster.asText();
                boolean shown = whole.codePoints()
                        .noneMatch(point -> Character.isWhitespace(point) || Character.isISOControl(point));
                if (whole.length() > 1 && shown && Character.isLetter(whole.codePointAt(0))) {
                    String piece = whole + "x";
                    List<String> parts = messages(piece.repeat(4_500 / piece.length()));
                    assertThat(parts)
                            .as(whole)
                            .allSatisfy(
                                    part -> assertThat(part.replace(whole, "").replace("x", ""))
                                            .isEmpty());
                }
            }
        }
    }

    @Test
    void whatWouldBeTooManyMessagesIsOneWithAFile() {
        String text = "One sentence & more of it. ".repeat(1_000);
        SlackParts parts = SlackParts.of(text);
        assertThat(parts.file()).isEqualTo(text);
        assertThat(parts.messages()).singleElement().satisfies(only -> {
            assertThat(only).startsWith("One sentence &amp;").endsWith("in the file._");
            assertThat(only).hasSizeLessThanOrEqualTo(SlackParts.LONGEST);
        });
        assertThat(SlackParts.cut(text).file()).isNull();
        assertThat(SlackParts.cut(text).messages())
                .hasSize(SlackParts.MOST_MESSAGES)
                .allSatisfy(part -> assertThat(part).hasSizeLessThanOrEqualTo(SlackParts.LONGEST))
                .last()
                .asString()
                .endsWith("files here._");
        assertThat(SlackParts.cut("short")).isEqualTo(SlackParts.of("short"));
    }

    @Test
    void aBeginningIsOneMessage() {
        assertThat(SlackParts.beginning("```js\nhalf")).isEqualTo("```\nhalf\n```");
        assertThat(SlackParts.beginning("word ".repeat(2_000)))
                .endsWith(" …")
                .hasSizeLessThanOrEqualTo(SlackParts.LONGEST);
        assertThat(SlackParts.beginning("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void partsOfAnythingAreWholeAndHarmless(long seed) {
        Random random = new Random(seed);
        for (int n = 0; n < 25; n++) {
            StringBuilder text = new StringBuilder();
            while (text.length() < 12_000) {
                text.append(Samples.mixture(random));
            }
            text.append(Character.toString(0x10F001)).append(Character.toString(0x10FFFD));
            for (String part : messages(text.toString())) {
                assertThat(part).as("seed %d", seed).hasSizeLessThanOrEqualTo(SlackParts.LONGEST);
                assertThat(SlackReader.of(part).alarms())
                        .as("seed %d: %s", seed, part)
                        .isEmpty();
                assertThat(part.lines().filter("```"::equals).count() % 2)
                        .as("seed %d: %s", seed, part)
                        .isZero();
            }
        }
    }

    @Test
    @Timeout(100)
    void longTextsAreCutInReasonableTime() {
        for (String piece : List.of("&", "<", "a ", "中", "[a](https://b.c) ", "```\n", "`a` ")) {
            long start = System.nanoTime();
            SlackParts.of(piece.repeat(60_000 / piece.length()));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).as(piece).isLessThan(Duration.ofSeconds(20));
        }
    }
}
