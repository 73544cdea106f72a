package loci.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is attached, as it stands in the text of its message and is read into it. */
class AttachmentsTest {

    private static final String READ = Attachments.text("notes.txt", "milk\neggs", false);

    @Test
    void an_edit_keeps_the_words_of_a_file_that_could_not_be_read_again() {
        assertThat(Attachments.kept("look\n" + READ, "look here\n[file notes.txt]"))
                .isEqualTo("look here\n" + READ);
        assertThat(Attachments.kept(READ, "[file notes.txt]\nand more")).isEqualTo(READ + "\nand more");
        String cut = Attachments.text("notes.txt", "milk", true);
        assertThat(Attachments.kept("a\n" + cut, "b\n[file notes.txt]")).isEqualTo("b\n" + cut);
    }

    @Test
    void more_signs_than_a_message_has_files_are_somebodys_own_words() {
        String many = "[file notes.txt]" + "\n[file x]".repeat(20);
        assertThat(Attachments.kept(READ, many)).isEqualTo(many);
        assertThat(Attachments.kept(READ, "[file notes.txt]" + "\n[file x]".repeat(19)))
                .startsWith(READ);
    }

    @Test
    void files_of_one_name_keep_none_of_their_words() {
        String other = Attachments.text("notes.txt", "my secret", false);
        assertThat(Attachments.kept(other + "\n" + READ, "[file notes.txt]")).isEqualTo("[file notes.txt]");
        assertThat(Attachments.kept(other, "[file notes.txt]\n[file notes.txt]"))
                .isEqualTo("[file notes.txt]\n[file notes.txt]");
        assertThat(Attachments.kept(other + "\n[file notes.txt]", "[file notes.txt]"))
                .isEqualTo("[file notes.txt]");
        assertThat(Attachments.kept(other, READ + "\n[file notes.txt]")).isEqualTo(READ + "\n[file notes.txt]");
    }

    @Test
    void what_was_taken_away_or_read_again_is_not_kept() {
        String fresh = Attachments.text("notes.txt", "bread", false);
        assertThat(Attachments.kept("look\n" + READ, "look here")).isEqualTo("look here");
        assertThat(Attachments.kept("look\n" + READ, "look\n" + fresh)).isEqualTo("look\n" + fresh);
        assertThat(Attachments.kept("look\n" + READ, "look\n[file other.txt]")).isEqualTo("look\n[file other.txt]");
        assertThat(Attachments.kept("look\n[file notes.txt]", "so\n[file notes.txt]"))
                .isEqualTo("so\n[file notes.txt]");
        assertThat(Attachments.kept("[file notes.txt:]\nno end", "[file notes.txt]"))
                .isEqualTo("[file notes.txt]");
        assertThat(Attachments.kept("x" + READ, "[file notes.txt]")).isEqualTo("[file notes.txt]");
        assertThat(Attachments.kept(READ, "")).isEmpty();
    }

    @Test
    void an_unchanged_text_stays_as_it_is() {
        String text = "\n\nlook\n" + READ + "\n\n[image cat.png]\n";
        assertThat(Attachments.kept(text, text)).isEqualTo(text);
        assertThat(Attachments.kept("", text)).isEqualTo(text);
    }

    @Test
    void texts_are_told_by_what_they_are_called() {
        assertThat(AttachedText.isOne("text/plain; charset=utf-8", "")).isTrue();
        assertThat(AttachedText.isOne("TEXT/X-Anything", "a")).isTrue();
        assertThat(AttachedText.isOne("application/json", "a")).isTrue();
        assertThat(AttachedText.isOne("", "Main.JAVA")).isTrue();
        assertThat(AttachedText.isOne("application/octet-stream", "scala")).isTrue();
        assertThat(AttachedText.isOne("application/zip", "a.zip")).isFalse();
        assertThat(AttachedText.isOne("", "")).isFalse();
    }

    @Test
    void only_the_beginning_of_a_file_is_read_and_no_half_character() throws IOException {
        assertThat(read("milk")).contains(new AttachedText("milk", false));
        assertThat(read("")).contains(new AttachedText("", false));
        assertThat(read("\uFEFFmilk")).contains(new AttachedText("milk", false));
        String exact = "m".repeat(AttachedText.MOST_BYTES);
        assertThat(read(exact)).contains(new AttachedText(exact, false));
        for (String last : new String[] {"é", "€", "🦔"}) {
            int size = last.getBytes(StandardCharsets.UTF_8).length;
            for (int inside = 1; inside <= size; inside++) {
                String before = "m".repeat(AttachedText.MOST_BYTES - inside);
                String whole = inside == size ? before + last : before;
                assertThat(read(before + last + "more")).contains(new AttachedText(whole, true));
            }
        }
    }

    @Test
    void what_is_no_text_after_all_is_not_read() throws IOException {
        assertThat(AttachedText.read(new ByteArrayInputStream(new byte[] {(byte) 0xC3, 0x28})))
                .isEmpty();
        assertThat(read("a\0b")).isEmpty();
    }

    @Test
    void an_image_is_read_whole_or_not_at_all() throws IOException {
        assertThat(Image.read("image/png", 2, 3, new ByteArrayInputStream(new byte[] {1, 2, 3})))
                .hasValueSatisfying(image -> {
                    assertThat(image.source()).hasToString("data:image/png;base64,AQID");
                    assertThat(image.width()).isEqualTo(2);
                    assertThat(image.height()).isEqualTo(3);
                });
        assertThat(Image.read("image/png", 2, 3, new ByteArrayInputStream(new byte[Image.MOST_BYTES + 1])))
                .isEmpty();
        assertThat(Image.isOne("image/png", 1, 1)).isTrue();
        assertThat(Image.isOne("image/svg+xml", 1, 1)).isFalse();
        assertThat(Image.isOne("image/png", 0, 1)).isFalse();
    }

    private static Optional<AttachedText> read(String words) throws IOException {
        return AttachedText.read(new ByteArrayInputStream(words.getBytes(StandardCharsets.UTF_8)));
    }
}
