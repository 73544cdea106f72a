package loci.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealedTextTest {

    private static final long CONVERSATION = 7;
    private static final Cell CELL = Cell.turn(3);

    private final SecureRandom random = new SecureRandom();
    private final byte[] key = random.generateSeed(32);

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "Grüße, 世界 👋🏽", "line\nline\0nul"})
    void opensWhatItSealed(String text) {
        byte[] sealed = seal(text);
        assertThat(sealed).hasSize(text.getBytes(StandardCharsets.UTF_8).length + SealedText.OVERHEAD);
        assertThat(SealedText.open(key, CONVERSATION, CELL, sealed)).isEqualTo(text);
    }

    @Test
    void holdsNoPlaintextAndNeverRepeatsItself() {
        byte[] one = seal("the same words");
        byte[] two = seal("the same words");
        assertThat(one).isNotEqualTo(two);
        assertThat(new String(one, StandardCharsets.ISO_8859_1)).doesNotContain("same");
    }

    @Test
    void refusesEveryChangedByteAndEveryTruncation() {
        byte[] sealed = seal("text");
        for (int at = 0; at < sealed.length; at++) {
            byte[] changed = sealed.clone();
            changed[at] ^= 1;
            assertTampered(CONVERSATION, CELL, changed);
            assertTampered(CONVERSATION, CELL, Arrays.copyOf(sealed, at));
        }
    }

    @Test
    void refusesATextMovedToAnotherPlace() {
        byte[] sealed = seal("text");
        assertTampered(CONVERSATION + 1, CELL, sealed);
        assertTampered(CONVERSATION, Cell.turn(4), sealed);
        assertTampered(CONVERSATION, Cell.digest(3), sealed);
    }

    @Test
    void keepsWhatIsLeftOfABrokenSurrogatePair() {
        assertThat(SealedText.open(key, CONVERSATION, CELL, seal("a\uD83Db"))).isEqualTo("a?b");
    }

    private byte[] seal(String text) {
        return SealedText.seal(key, CONVERSATION, CELL, text, random);
    }

    private void assertTampered(long conversation, Cell cell, byte[] sealed) {
        assertThatThrownBy(() -> SealedText.open(key, conversation, cell, sealed))
                .isInstanceOf(TamperedTextException.class)
                .hasMessageContaining(cell.kind() + " " + cell.number() + " in conversation " + conversation);
    }
}
