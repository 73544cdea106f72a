package loci.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The README's table of keys is the program's. */
class ReadmeTest {

    @Test
    void listsEveryKeyAsTheProgramKnowsIt() throws IOException {
        String readme = Files.readString(Path.of("../../README.md"));
        assertThat(readme).contains(KeyList.markdown());
        for (SecretName secret : SecretName.values()) {
            assertThat(readme).contains("`" + secret + "`");
        }
    }
}
