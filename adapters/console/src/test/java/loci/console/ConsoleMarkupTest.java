package loci.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing written can drive the terminal, and Markdown looks as meant. */
class ConsoleMarkupTest {

    private static final String[] PIECES = {
        "word",
        " ",
        "*",
        "**",
        "`",
        "```",
        "\n",
        "[",
        "]",
        "(",
        ")",
        "](",
        "#",
        "# ",
        "- ",
        "é",
        "\uD83D\uDE00",
        "2*3",
        "\t"
    };

    private final ConsoleMarkup coloured = new ConsoleMarkup(true);
    private final ConsoleMarkup plain = new ConsoleMarkup(false);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\u001b[31mb",
                "a\u001b[2J\u001b[Hb",
                "a\u001b]0;title\u0007b",
                "a\u001b]8;;http://evil\u001b\\b",
                "a\u001bP1;1|payload\u001b\\b",
                "a\u001b(0b",
                "a\u001bcb",
                "a\u009b31mb",
                "a\u009d0;title\u009cb",
                "a\u0007\b\u007f\u0000b",
                "a\u202e\u2066b",
                "a\u001b[\u001b[31m31mb",
                "a\u001b"
            })
    void what_drives_a_terminal_is_taken_out(String hostile) {
        String printed = ConsoleMarkup.plain(hostile);

        assertThat(printed).startsWith("a").doesNotContainPattern("[\\p{Cc}\\x{202a}-\\x{202e}\\x{2066}-\\x{2069}]");
        assertThat(plain.whole(hostile)).isEqualTo(printed);
        assertThat(ConsoleMarkup.oneLine("x\n" + hostile)).doesNotContain("\n");
    }

    @Test
    void a_sequence_that_never_ends_hides_nothing() {
        assertThat(ConsoleMarkup.plain("\u001b]0;all the rest")).isEqualTo("0;all the rest");
    }

    @Test
    void any_line_break_is_a_line_break() {
        assertThat(ConsoleMarkup.plain("a\r\nb\rc\u000bd\u000ce\u0085f\u2028g\u2029h"))
                .isEqualTo("a\nb\nc\nd\ne\nf\ng\nh");
    }

    @Test
    void marks_become_styles_where_there_are_styles() {
        String text = "# Title\n**bold** *slanted* `code` 2*3*4 * [docs](http://x.y)\n```java\nint *x*;\n```\nend";

        assertThat(plain.whole(text)).isEqualTo(text);
        assertThat(coloured.whole(text).replace('\u001b', '~')).isEqualTo("""
            ~[1mTitle~[0m
            ~[1mbold~[0m ~[3mslanted~[0m ~[36mcode~[0m 2*3*4 * docs (~[4mhttp://x.y~[0m)
                ~[36mint *x*;~[0m
            end\
            """);
    }

    @Test
    void an_unfinished_mark_is_held_back() {
        assertThat(coloured.beginning("so **bo")).isEqualTo("so ");
        assertThat(coloured.beginning("- one\n- two")).isEqualTo("- one\n- two");
        assertThat(coloured.beginning("see [do")).isEqualTo("see ");
        assertThat(coloured.beginning("``")).isEmpty();
        assertThat(coloured.whole("so **bo")).isEqualTo("so **bo");
    }

    @Test
    void the_rendering_of_a_beginning_is_a_beginning_of_the_rendering() {
        Random random = new Random(11);
        for (int round = 0; round < 3_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int piece = random.nextInt(40); piece >= 0; piece--) {
                text.append(PIECES[random.nextInt(PIECES.length)]);
            }
            String whole = coloured.whole(text.toString());
            int end = random.nextInt(text.length() + 1);
            if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
                end--;
            }
            assertThat(whole)
                    .as("round %d: %s | %s", round, text.substring(0, end), text.substring(end))
                    .startsWith(coloured.beginning(text.substring(0, end)));
        }
    }

    @Test
    void no_text_costs_the_square_of_its_length() {
        for (String piece : new String[] {"[", "*a ", "`", "**", "\u001b]", "\u001b[", "\u009d"}) {
            assertThat(coloured.whole(piece.repeat(100_000))).isNotNull();
        }
    }
}
