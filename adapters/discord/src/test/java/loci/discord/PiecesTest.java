package loci.discord;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import loci.discord.Pieces.Piece;
import org.junit.jupiter.api.Test;

/** Files in pieces. */
class PiecesTest {

    @Test
    void piecesArePutTogetherAgainByTheOrderOfTheirNames() {
        String text = "aé€😀".repeat(40);
        List<Piece> pieces = Pieces.of("x.json", text, 33);
        assertThat(pieces).hasSizeGreaterThan(9).allMatch(piece -> piece.bytes().length <= 33);
        assertThat(pieces).extracting(Piece::name).isSorted().startsWith("x.json.part01", "x.json.part02");
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        pieces.forEach(piece -> {
            assertThat(new String(piece.bytes(), StandardCharsets.UTF_8)).doesNotContain("\uFFFD");
            whole.writeBytes(piece.bytes());
        });
        assertThat(whole.toString(StandardCharsets.UTF_8)).isEqualTo(text);
        assertThat(Pieces.howToJoin(pieces)).contains("`cat x.json.part* > x.json`");
    }

    @Test
    void whatIsSmallEnoughIsOnePiece() {
        assertThat(Pieces.of("x.json", "abc", 3)).extracting(Piece::name).containsExactly("x.json");
    }
}
