package loci.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;

/** Lines are broken between words, and what is shown of an answer only ever grows. */
class WrappingTest {

    private static final ConsoleMarkup COLOURS = new ConsoleMarkup(true);
    private final Wrapping wrapping = new Wrapping(20, 6);

    @Test
    void lines_break_between_words() {
        assertThat(wrapping.wrap("one two three four five six seven", true))
                .isEqualTo("one two three\nfour five six seven");
        assertThat(wrapping.wrap("short", true)).isEqualTo("short");
        assertThat(wrapping.wrap("- a list item that is long\n\n  and indented words", true))
                .isEqualTo("- a list item\nthat is long\n\n  and indented words");
        assertThat(new Wrapping(0, 6).wrap("one two three four five six seven", true))
                .isEqualTo("one two three four five six seven");
    }

    @Test
    void a_word_longer_than_a_line_is_left_to_the_terminal() {
        String address = "https://example.org/a/very/long/path";
        assertThat(wrapping.wrap("see " + address + " now", true)).isEqualTo("see\n" + address + " now");
        assertThat(wrapping.wrap(address, true)).isEqualTo("\n" + address);
    }

    @Test
    void code_keeps_its_lines() {
        String code = "```java\nint one = two + three + four + five;\n```\nand then some more words";
        assertThat(wrapping.wrap(code, true))
                .startsWith("```java\nint one = two + three + four + five;\n```\nand then");
        String rendered = COLOURS.whole(code);
        assertThat(AttributedString.stripAnsi(wrapping.wrap(rendered, true)))
                .isEqualTo("    int one = two + three + four + five;\nand then some more\nwords");
    }

    @Test
    void styles_take_no_columns() {
        assertThat(AttributedString.stripAnsi(wrapping.wrap(COLOURS.whole("**one** *two* `three` four"), true)))
                .isEqualTo("one two three\nfour");
    }

    @Test
    void wide_characters_count_twice_and_what_belongs_together_stays() {
        assertThat(wrapping.wrap("猫の名前はマーマレードです。いい名前。", true)).isEqualTo("猫の名前はマー\nマレードです。いい名\n前。");
        assertThat(wrapping.wrap("family 👨‍👩‍👧 done now", true))
                .doesNotContain("👨\n")
                .contains("👨‍👩‍👧");
    }

    @Test
    void the_wrapping_of_a_beginning_is_a_beginning_of_the_wrapping() {
        Random random = new Random(11);
        String[] parts = {
            "word", " ", "longer-than-that", "\n", "猫の名前。", "**bold words**", "`code`", "```\n", "👩🏽", "é", "  "
        };
        for (int round = 0; round < 2_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int part = random.nextInt(30); part >= 0; part--) {
                text.append(parts[random.nextInt(parts.length)]).append(random.nextBoolean() ? " " : "");
            }
            String whole = text.toString();
            String all = wrapping.wrap(COLOURS.whole(whole), true);
            String shown = "";
            for (int end = 0; end <= whole.length(); end++) {
                String beginning = wrapping.wrap(COLOURS.beginning(whole.substring(0, end)), false);
                assertThat(all).as("%s", whole).startsWith(beginning);
                assertThat(beginning).startsWith(shown);
                shown = beginning;
            }
        }
    }
}
