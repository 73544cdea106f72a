package loci.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real process that erases one cell after another is killed; every erasure it acknowledged must hold. */
class KeyringKillTest {

    private static final int ROUNDS = 5;
    private static final long LAB = 1;

    @TempDir
    Path home;

    @Test
    void whatWasAcknowledgedStaysErased() throws IOException, InterruptedException {
        long seed = 7;
        System.out.println("KeyringKillTest seed " + seed);
        Random random = new Random(seed);
        byte[] kept;
        try (Keyring keyring = Keyring.open(home.resolve("keys"), new SecureRandom(), 1)) {
            keyring.create(LAB);
            kept = keyring.seal(LAB, Cell.digest(1), "kept");
        }
        long erased = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long acknowledged = eraseUntilKilled(erased, 1 + random.nextInt(60));
            assertThat(acknowledged).isGreaterThan(erased);
            erased = acknowledged;
            try (Keyring keyring = Keyring.open(home.resolve("keys"), new SecureRandom(), 1)) {
                assertThat(LongStream.range(0, erased).filter(n -> keyring.isLiving(LAB, Cell.turn(2 * n))))
                        .isEmpty();
                assertThat(keyring.isLiving(LAB, Cell.turn(2 * erased + 1))).isTrue();
                assertThat(keyring.unseal(LAB, Cell.digest(1), kept)).hasValue("kept");
            }
        }
    }

    private long eraseUntilKilled(long from, int erasures) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Eraser.class.getName(),
                        home.resolve("keys").toString(),
                        Long.toString(from))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long next = from;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                next = Long.parseLong(line) + 1;
                if (next == from + erasures) {
                    process.toHandle().destroyForcibly(); // leaves what it printed readable
                }
            }
        }
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return next;
    }

    /** The process under test: erases every other turn, and says so each time. */
    static final class Eraser {
        private Eraser() {}

        public static void main(String[] args) {
            try (Keyring keyring = Keyring.open(Path.of(args[0]), new SecureRandom(), 1)) {
                for (long n = Long.parseLong(args[1]); ; n++) {
                    keyring.erase(LAB, List.of(CellRange.turns(2 * n, 2 * n)));
                    System.out.println(n);
                }
            }
        }
    }
}
