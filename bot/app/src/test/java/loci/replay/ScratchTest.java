package loci.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchTest {

    @TempDir
    Path temporary;

    @Test
    void whatAKilledReplayLeftIsSweptAndNothingElse() throws IOException {
        Path dead = directory("loci-replay-999999999999999999-abc");
        Path alive = directory("loci-replay-" + ProcessHandle.current().pid() + "-abc");
        Path other = directory("loci-replay-notes");
        Scratch.sweep(temporary);
        assertThat(dead).doesNotExist();
        assertThat(alive.resolve("data/loci.mv.db")).exists();
        assertThat(other.resolve("data/loci.mv.db")).exists();
    }

    private Path directory(String name) throws IOException {
        Path directory = Files.createDirectories(temporary.resolve(name).resolve("data"));
        Files.writeString(directory.resolve("loci.mv.db"), "words");
        return temporary.resolve(name);
    }

    @Test
    void itIsGoneAfterwards() {
        Path directory;
        try (Scratch scratch = Scratch.make()) {
            directory = scratch.directory();
            assertThat(directory).isDirectory();
        }
        assertThat(directory).doesNotExist();
    }
}
