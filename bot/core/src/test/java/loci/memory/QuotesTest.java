package loci.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotesTest {

    private static boolean quotes(String erased, String remaining, String reply) {
        Quotes quotes = new Quotes();
        quotes.erased(erased);
        quotes.remaining(remaining);
        return quotes.quotes(reply);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        My cat is called Marmalade.          | Ah, Marmalade!                    | a name
        My cat is called Marmalade.          | MARMALADE is a fine name          | in another case
        My cat is called Marmalade.          | How is Marmalade's cold?          | with a possessive
        My cat is called Marmalade.          | How is Marmalade’s cold?          | with a curly one
        my cat, Marmalade-the-second         | So Marmalade sleeps               | a part of a compound
        My cat is called Marmalade.          | A Marmalade-coloured cat          | within a compound
        My cat is called Mar\u200bmalade     | Ah, Marmalade!                    | hidden characters
        I live in Zürich                     | How is Zurich?                    | without its accent
        Ｔｈｅ ｗｏｒｄ ｉｓ ｈｅｌｉｏｔｒｏｐｅ | It is heliotrope               | full width
        the code is 4711                     | It was 4711.                      | a number
        he is called Bo                      | How old is Bo?                    | a short name
        write to ada.l@example.org           | Mail to ada.l@example.org sent    | an address
        write to ada.l@example.org           | I know example.org                | a part of an address
        我的猫叫橘子                          | 橘子很可爱                         | Chinese
        うちの猫はマーマレードです               | マーマレードちゃんは元気             | Japanese
        고양이 이름은 마멀레이드예요            | 마멀레이드는 잘 있어요              | Korean with another ending
        แมวของฉันชื่อส้มโอมาก                 | ชื่อส้มโอมากน่ารัก                  | Thai
        Мою кошку зовут Мурка                | Как дела у Мурка?                 | Russian
        قطتي اسمها مرمر                      | كيف حال مرمر؟                     | Arabic
        """)
    void aReplyWithADistinctiveWordQuotes(String erased, String reply, String why) {
        assertThat(quotes(erased, "Something else entirely.", reply)).as(why).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        What do you think about that?        | I think that is right.            | only common words
        We don't want it, it's ours          | They don't know. It's late        | only common contractions
        My cat is called Marmalade.          | Nothing of the kind               | nothing shared
        the code is 4711                     | It was 47                         | part of a number
        我的猫叫橘子                          | 狗很可爱                          | other signs
        ''                                   | Anything                          | nothing was said
        My cat is called Marmalade.          | ''                                | nothing was answered
        """)
    void aReplyWithoutOneDoesNot(String erased, String reply, String why) {
        assertThat(quotes(erased, "", reply)).as(why).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        The Fox ate the Marmalade            | foxes and a fox                   | My fox is red        | false
        The Fox ate the Marmalade            | foxes and a fox                   | My marmalade is red  | true
        """)
    void whatSomebodyElseStillSaysIsNotDistinctive(String erased, String remaining, String reply, boolean quotes) {
        assertThat(quotes(erased, remaining, reply)).isEqualTo(quotes);
    }

    /** It errs on the side of forgetting: these go too, and the preview counts them. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        I arrive at 10                       | There are 10 planets, some say    | a number used by chance
        I went home by bicycle               | A bicycle has two wheels          | a word used by chance
        the release is 2026-11-20            | In 2026 much will change          | the year of a date
        """)
    void aWordUsedByChanceCountsAsAQuotation(String erased, String reply, String why) {
        assertThat(quotes(erased, "", reply)).as(why).isTrue();
    }

    /** What it cannot see; the documentation says so. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        Мою кошку зовут Мурка                | Покорми Мурку                     | another inflection
        My cat is called Marmalade.          | Your orange pet                   | other words
        """)
    void aParaphraseIsNotSeen(String erased, String reply, String why) {
        assertThat(quotes(erased, "", reply)).as(why).isFalse();
    }

    /** Messages are read where stacks are small, and what one person writes must not keep all others from forgetting. */
    @Test
    void aWordOfAnyNumberOfPartsIsRead() throws InterruptedException {
        String endless = "1-".repeat(50_000) + "marmalade";
        CompletableFuture<Boolean> quoted = new CompletableFuture<>();
        Thread.ofVirtual()
                .start(() -> quoted.complete(quotes(endless, endless.replace("marmalade", "x"), "Ah, marmalade!")))
                .join();
        assertThat(quoted).isCompletedWithValue(true);
    }
}
