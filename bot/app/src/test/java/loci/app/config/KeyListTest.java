package loci.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** The key table, the packaged file and the variables' names cannot drift apart. */
class KeyListTest {

    @Test
    void the_packaged_file_is_the_table_with_a_comment_for_every_key() {
        Map<Key<?>, String> defaults = Packaged.defaults();

        assertThat(Packaged.text("/loci/config/loci.yaml"))
                .isEqualTo(KeyList.yaml(key -> defaults.getOrDefault(key, "")));
    }

    @Test
    void comments_are_one_line_that_fits_the_width() {
        assertThat(Packaged.text("/loci/config/loci.yaml").lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(175));
    }

    @Test
    void paths_and_variables_are_unique() {
        assertThat(Key.ALL).extracting(Key::path).doesNotHaveDuplicates();
        assertThat(Key.ALL).extracting(Key::variable).doesNotHaveDuplicates();
        assertThat(Key.MEMORY_WINDOW_TURNS.variable()).isEqualTo("LOCI_MEMORY_WINDOWTURNS");
        assertThat(Key.DATA.variable()).isEqualTo("LOCI_DATA");
    }

    @Test
    void every_constant_of_the_table_is_listed() throws IllegalAccessException {
        for (var field : Key.class.getDeclaredFields()) {
            if (field.getType() == Key.class) {
                assertThat(Key.ALL).contains((Key<?>) field.get(null));
            }
        }
    }

    @Test
    void the_lists_for_people_name_every_key() {
        for (Key<?> key : Key.ALL) {
            assertThat(KeyList.text()).contains(key.path()).contains(key.variable());
            assertThat(KeyList.markdown()).contains("| `" + key.path() + "` |");
        }
    }
}
