package loci.discord;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.BreakIterator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How an answer is cut into messages. */
class DiscordPartsTest {

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    @Test
    void whatFitsIsOneMessage() {
        assertThat(DiscordParts.of("hello").messages()).containsExactly("hello");
        String full = "😀".repeat(DiscordParts.LONGEST);
        assertThat(DiscordParts.of(full).messages())
                .as("Discord counts an emoji outside the first plane once")
                .containsExactly(full);
        assertThat(DiscordParts.of("a".repeat(2001)).messages()).hasSize(2);
    }

    @Test
    void escapingIsDoneBeforeItIsMeasured() {
        String spoilers = "a || b\n".repeat(280); // 1960 as written, more when escaped
        assertThat(DiscordParts.of(spoilers).messages())
                .hasSize(2)
                .allSatisfy(part -> assertThat(length(part)).isLessThanOrEqualTo(DiscordParts.LONGEST));
    }

    @Test
    void aBlockOfCodeIsClosedAndReopenedWithItsLanguage() {
        StringBuilder code = new StringBuilder("Look:\n\n~~~java\n");
        for (int i = 0; i < 300; i++) {
            code.append("int n").append(i).append(" = ").append(i).append(";\n");
        }
        List<String> parts =
                DiscordParts.of(code.append("~~~\nDone.").toString()).messages();
        assertThat(parts).hasSizeGreaterThan(1);
        assertThat(parts.getFirst()).startsWith("Look:\n\n```java\n").endsWith("\n```");
        assertThat(parts.subList(1, parts.size()))
                .allSatisfy(part -> assertThat(part).startsWith("```java\n"));
        assertThat(parts.getLast()).endsWith("\n```\nDone.");
        assertThat(String.join("\n", parts)).contains("int n0 = 0;", "int n299 = 299;");
    }

    @Test
    void noPartBeginsOrEndsInsideAGrapheme() {
        String family = "👩‍👩‍👧‍👦";
        String text = (family + "e\u0301" + "🇩🇪").repeat(500);
        Set<String> whole = new HashSet<>();
        graphemes(text, whole);
        Set<String> afterwards = new HashSet<>();
        List<String> parts = DiscordParts.of(text).messages();
        parts.forEach(part -> graphemes(part, afterwards));
        assertThat(parts).hasSizeGreaterThan(1);
        assertThat(afterwards).isEqualTo(whole);
        assertThat(String.join("", parts)).isEqualTo(text);
    }

    private static void graphemes(String text, Set<String> into) {
        BreakIterator clusters = BreakIterator.getCharacterInstance(Locale.ROOT);
        clusters.setText(text);
        int from = clusters.first();
        for (int to = clusters.next(); to != BreakIterator.DONE; to = clusters.next()) {
            into.add(text.substring(from, to));
            from = to;
        }
    }

    @Test
    void whatWouldBeTooManyMessagesIsOneWithAFile() {
        String text = "One sentence of it. ".repeat(1_000);
        DiscordParts parts = DiscordParts.of(text);
        assertThat(parts.file()).isEqualTo(text);
        assertThat(parts.messages()).singleElement().satisfies(only -> {
            assertThat(only).startsWith("One sentence of it.").endsWith("in the file.");
            assertThat(length(only)).isLessThanOrEqualTo(DiscordParts.LONGEST);
        });
    }

    @Test
    void aBeginningIsOneMessage() {
        assertThat(DiscordParts.beginning("```js\nhalf")).isEqualTo("```js\nhalf\n```");
        assertThat(DiscordParts.beginning("word ".repeat(1_000))).endsWith(" …").hasSizeLessThanOrEqualTo(2_000);
        assertThat(DiscordParts.beginning("")).isEmpty();
    }
}
