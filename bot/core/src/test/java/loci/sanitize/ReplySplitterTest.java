package loci.sanitize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a long reply may be cut, and what must come through whole. */
class ReplySplitterTest {
    @Test
    void whatFitsStaysAsItIs() {
        assertThat(ReplySplitter.split("  hello\n\n", 20)).containsExactly("  hello\n\n");
        assertThat(ReplySplitter.split(" \n\u2800 ", 20)).isEmpty();
        assertThat(ReplySplitter.split("", 20)).isEmpty();
    }

    @Test
    void cutsBetweenParagraphsThenLinesThenSentencesThenWords() {
        assertThat(ReplySplitter.split("One one.\n\nTwo two.\nThree.", 22))
                .containsExactly("One one.", "Two two.\nThree.");
        assertThat(ReplySplitter.split("One one one.\nTwo. Two two two.", 22))
                .containsExactly("One one one.", "Two. Two two two.");
        assertThat(ReplySplitter.split("One one. Two two two two.", 20))
                .containsExactly("One one.", "Two two two two.");
        assertThat(ReplySplitter.split("one two three four five", 12)).containsExactly("one two", "three four", "five");
        assertThat(ReplySplitter.split("abcdefghijklmnop", 6)).containsExactly("abcdef", "ghijkl", "mnop");
        assertThat(ReplySplitter.split("一二三。四五六。七八九。", 9)).containsExactly("一二三。四五六。", "七八九。");
    }

    @Test
    void keepsTheIndentationOfTheLineAfterASeam() {
        assertThat(ReplySplitter.split("- one one one\n  - two two two", 16))
                .containsExactly("- one one one", "  - two two two");
    }

    @Test
    void closesACutCodeBlockAndOpensItAgainWithItsLanguage() {
        String code = "Look:\n```java\nint one = 1;\nint two = 2;\n\n  int three = 3;\nint four = 4;\n```\nDone.";
        assertThat(ReplySplitter.split(code, 50))
                .containsExactly(
                        "Look:\n```java\nint one = 1;\nint two = 2;\n\n```",
                        "```java\n  int three = 3;\nint four = 4;\n```\nDone.");
    }

    @Test
    void keepsTheKindOfFenceAndWhatStandsBeforeIt() {
        String inner = "````md\n```\ninner\n```\nmore and more\nand more still\n````";
        assertThat(ReplySplitter.split(inner, 40))
                .allSatisfy(part -> assertThat(part).startsWith("````md\n").endsWith("\n````"));
        String quoted = "> ~~~\n> line one of it\n> line two of it\n> ~~~";
        assertThat(ReplySplitter.split(quoted, 40))
                .containsExactly("> ~~~\n> line one of it\n> ~~~", "> ~~~\n> line two of it\n> ~~~");
        String listed = "1. ```js\n   one one one one\n   two two two two\n   ```";
        assertThat(ReplySplitter.split(listed, 42))
                .containsExactly("1. ```js\n   one one one one\n   ```", "   ```js\n   two two two two\n   ```");
    }

    @Test
    void cutsAnEndlessLineOfCodeAtAGraphemeAndClosesIt() {
        String code = "```\n" + "👩‍👩‍👧".repeat(20) + "\n```";
        List<String> parts = ReplySplitter.split(code, 40);
        assertThat(parts)
                .allSatisfy(part ->
                        assertThat(part).startsWith("```\n").endsWith("\n```").hasSizeLessThanOrEqualTo(40));
        assertThat(String.join("", parts).replaceAll("[`\n]", "")).isEqualTo("👩‍👩‍👧".repeat(20));
    }

    @Test
    void measuresAsItIsTold() {
        List<String> parts = ReplySplitter.split("😀".repeat(25), 10, text -> text.codePointCount(0, text.length()));
        assertThat(parts).containsExactly("😀".repeat(10), "😀".repeat(10), "😀".repeat(5));
    }

    @Test
    void refusesALimitThatHoldsNoCharacter() {
        assertThatThrownBy(() -> ReplySplitter.split("abc", 3)).isInstanceOf(IllegalArgumentException.class);
    }

    private static final List<String> PIECES = List.of(
            "a",
            "word ",
            "longerword",
            ". ",
            "\n",
            "\n\n",
            "\n\n\n",
            "  ",
            "\t",
            "```\n",
            "\n```java\n",
            "\n```\n",
            "~~~",
            "````",
            "> ",
            "- ",
            "👩‍👩‍👧",
            "e\u0301",
            "🇩🇪",
            "क्षि",
            "x\u0301\u0302\u0303\u0304\u0305",
            "\r\n",
            "`",
            "1. ",
            "    ",
            "the end.",
            "\u200d",
            "\ud83d");

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 7, 16, 20, 33, 64, 200})
    void everyPartFitsAndNothingIsLost(int limit) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 400; round++) {
            String text = Samples.mixture(random, PIECES, 80);
            List<String> parts = ReplySplitter.split(text, limit);
            String message = "seed " + seed + ", limit " + limit + ", text " + Samples.escaped(text);
            assertThat(parts).as(message).allSatisfy(part -> {
                assertThat(part.length()).isLessThanOrEqualTo(limit);
                assertThat(part).isNotBlank();
            });
            String joined = inked(String.join("\n", parts));
            if (text.contains("```") || text.contains("~~~")) {
                assertThat(isSubsequence(inked(text), joined)).as(message).isTrue();
            } else {
                assertThat(joined).as(message).isEqualTo(inked(text));
            }
        }
    }

    private static String inked(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints()
                .filter(c -> !VisibleText.isIgnorable(c) && !Character.isWhitespace(c))
                .forEach(out::appendCodePoint);
        return out.toString();
    }

    /** True when all of the first text comes in the second, in order: fence lines may have been added between. */
    private static boolean isSubsequence(String text, String longer) {
        int at = 0;
        for (int i = 0; i < longer.length() && at < text.length(); i++) {
            at += longer.charAt(i) == text.charAt(at) ? 1 : 0;
        }
        return at == text.length();
    }

    @Test
    void noGraphemeIsCut() {
        for (Map<String, Object> example : Samples.lines("unicode/grapheme_break_cases.jsonl")) {
            String text = ("a" + JsonText.string(example, "text")).repeat(30);
            List<Integer> boundaries = boundaries(text);
            int at = 0;
            for (String part : ReplySplitter.split(text, 40)) {
                int start = text.indexOf(part, at);
                at = start + part.length();
                assertThat(boundaries).as(Samples.escaped(text)).contains(start);
                boolean seam = at >= text.length() || Character.isWhitespace(text.charAt(at));
                assertThat(seam || boundaries.contains(at))
                        .as(Samples.escaped(text))
                        .isTrue();
            }
        }
    }

    @Test
    void neverCutsWhereUnicodeSeesOneCharacter() {
        for (Map<String, Object> example : Samples.lines("unicode/grapheme_break_cases.jsonl")) {
            String text = JsonText.string(example, "text");
            List<Integer> expected = new ArrayList<>(List.of(0));
            for (String cluster : JsonText.strings(example, "graphemes")) {
                expected.add(expected.getLast() + cluster.length());
            }
            assertThat(expected).as(Samples.escaped(text)).containsAll(boundaries(text));
            boolean newer = text.contains("\u2701"); // an emoji to JDK 25, no longer one to Unicode 17: kept whole
            assertThat(boundaries(text))
                    .as(Samples.escaped(text))
                    .hasSize(newer ? boundaries(text).size() : expected.size());
        }
    }

    private static List<Integer> boundaries(String text) {
        return java.util.stream.IntStream.rangeClosed(0, text.length())
                .filter(i -> Graphemes.isBoundary(text, i))
                .boxed()
                .toList();
    }

    @Test
    void emojiAreNeverCut() {
        List<String> emoji = Samples.emoji();
        String text = String.join("", emoji);
        List<String> parts = ReplySplitter.split(text, 100);
        assertThat(String.join("", parts)).isEqualTo(text);
        Set<String> whole = Set.copyOf(emoji);
        assertThat(parts)
                .allSatisfy(part ->
                        assertThat(whole.stream().anyMatch(part::endsWith)).isTrue());
    }

    @Test
    void markdownExamplesAreCutWithoutLoss() {
        for (Map<String, Object> example : Samples.lines("commonmark/examples.jsonl")) {
            String text = JsonText.string(example, "markdown");
            for (int limit : new int[] {8, 24, 60}) {
                List<String> parts = ReplySplitter.split(text, limit);
                assertThat(parts)
                        .as("%s", text)
                        .allSatisfy(part -> assertThat(part.length()).isLessThanOrEqualTo(limit));
                assertThat(lettersOf(String.join("\n", parts)))
                        .as("%s", text)
                        .contains(lettersOf(text)
                                .substring(0, Math.min(5, lettersOf(text).length())));
            }
        }
    }

    private static String lettersOf(String text) {
        return text.replaceAll("[^\\p{L}\\p{N}]", "");
    }
}
