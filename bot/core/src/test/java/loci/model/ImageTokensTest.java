package loci.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Random;
import loci.model.PromptImage.Detail;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The worked examples of OpenAI's guide to images and vision, and the edges of its rules. */
class ImageTokensTest {

    @ParameterizedTest
    @CsvSource({
        "1024, 1024, HIGH, 765",
        "2048, 4096, HIGH, 1105",
        "4096, 8192, LOW, 85",
        "150, 150, HIGH, 255",
        "512, 512, HIGH, 255",
        "513, 512, HIGH, 425",
        "768, 2048, HIGH, 1445",
        "4032, 3024, HIGH, 765",
        "1, 100000, HIGH, 765"
    })
    void byTiles(int width, int height, Detail detail, int tokens) {
        assertThat(new ImageTokens.Tiles(85, 170).of(image(width, height, detail)))
                .isEqualTo(tokens);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1",
        "32, 32, 1",
        "33, 32, 2",
        "1024, 1024, 1024",
        "1800, 2400, 1452",
        "2400, 1800, 1452",
        "1536, 1024, 1536",
        "8, 100000, 1536"
    })
    void byPatches(int width, int height, int patches) {
        PromptImage image = image(width, height, Detail.HIGH);
        assertThat(new ImageTokens.Patches(1, 1_536).of(image)).isEqualTo(patches);
        assertThat(new ImageTokens.Patches(2.46, 1_536).of(image)).isEqualTo((int) Math.ceil(patches * 2.46));
    }

    @Test
    void noImageIsMoreThanTheCapNorLessThanOne() {
        Random random = new Random(20261121);
        for (int i = 0; i < 20_000; i++) {
            PromptImage image = image(1 + random.nextInt(9_000), 1 + random.nextInt(9_000), Detail.HIGH);
            int cap = 1 + random.nextInt(4_096);
            assertThat(new ImageTokens.Patches(1, cap).of(image)).isBetween(1, cap);
            assertThat(new ImageTokens.Tiles(85, 170).of(image)).isBetween(255, 85 + 8 * 170);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 85", "250, 255, 85", "1000, 1000, 1334", "50000, 50000, 3333334"})
    void byArea(int width, int height, int tokens) {
        assertThat(new ImageTokens.Area().of(image(width, height, Detail.LOW))).isEqualTo(tokens);
    }

    private static PromptImage image(int width, int height, Detail detail) {
        return new PromptImage(URI.create("https://files.example/a.png"), width, height, detail);
    }
}
