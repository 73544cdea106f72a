package loci.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TextsTest {

    private static final Pattern QUOTED = Pattern.compile("\"([a-z]+\\.[a-zA-Z.]+|[a-z]+)\"");
    private static final Pattern ARGUMENT = Pattern.compile("\\{(\\d)");

    private static Properties bundle(String name) throws IOException {
        Properties texts = new Properties();
        try (InputStream in = Objects.requireNonNull(Texts.class.getResourceAsStream(name), name);
                Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            texts.load(reader);
        }
        return texts;
    }

    @Test
    void everyLanguageIsCompleteAndTakesTheSameArguments() throws IOException {
        Properties english = bundle("texts.properties");
        Properties german = bundle("texts_de.properties");
        assertThat(german.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
        for (String key : english.stringPropertyNames()) {
            assertThat(arguments(german.getProperty(key))).as(key).isEqualTo(arguments(english.getProperty(key)));
            boolean words = english.getProperty(key).replaceAll("\\{.*?}", "").matches("(?s).*\\p{L}.*");
            assertThat(german.getProperty(key).equals(english.getProperty(key)))
                    .as("left in English: " + key)
                    .isEqualTo(!words);
        }
    }

    private static Set<String> arguments(String pattern) {
        Set<String> arguments = new TreeSet<>();
        Matcher matcher = ARGUMENT.matcher(pattern);
        while (matcher.find()) {
            arguments.add(matcher.group(1));
        }
        return arguments;
    }

    @Test
    void everyTextCanBeFilledInAndShowsNoBraces() throws IOException {
        for (String name : new String[] {"texts.properties", "texts_de.properties"}) {
            Properties texts = bundle(name);
            for (String key : texts.stringPropertyNames()) {
                for (int count : new int[] {0, 1, 2, 1_234}) {
                    String filled = new MessageFormat(texts.getProperty(key), Locale.ENGLISH).format(new Object[] {
                        number(key) ? count : "x", number(key) ? count : "y", "z", "u", "v", "w"
                    });
                    assertThat(filled).as(name + " " + key).doesNotContain("{").doesNotContain("''");
                }
            }
        }
    }

    private static boolean number(String key) {
        return Set.of(
                        "messages",
                        "replies",
                        "summaries",
                        "summary.noNote",
                        "summary.newer",
                        "summary.title",
                        "times",
                        "usage.calls",
                        "usage.unpriced",
                        "memory.piece")
                .contains(key);
    }

    /** A text that nobody says is forgotten work; one that is said and missing fails before a person sees it. */
    @Test
    void whatCommandsSayIsThereAndWhatIsThereIsSaid() throws IOException {
        Set<String> said = new TreeSet<>();
        try (Stream<Path> files = Files.list(Path.of("src/main/java/loci/command"))) {
            for (Path file : files.toList()) {
                Matcher quoted = QUOTED.matcher(Files.readString(file));
                while (quoted.find()) {
                    said.add(quoted.group(1));
                }
            }
        }
        said.addAll(Set.of(
                "denied.admins",
                "denied.nobody",
                "pause.form",
                "pause.done",
                "resume.form",
                "resume.done",
                "summary.noNoteMore",
                "summary.newerMore"));
        Set<String> there = new TreeSet<>(bundle("texts.properties").stringPropertyNames());
        said.removeIf(word -> word.matches("(about|blank|pick|usage\\.whose)\\."));
        there.removeIf(key ->
                key.matches("(about|blank|usage\\.whose)\\..*|pick\\.(ask|forget|summary)")); // Asked for by name.
        assertThat(there).as("texts that nobody says").isSubsetOf(said);
        said.removeIf(word -> !word.contains(".") || word.equals("may."));
        assertThat(said).isSubsetOf(there);
    }

    @Test
    void aLanguageThatIsNotOursIsAnsweredInEnglish() {
        assertThat(Texts.in(Locale.JAPANESE).get("resume.done")).isEqualTo("I am listening again.");
        assertThat(Texts.in(Locale.ROOT).get("resume.done")).isEqualTo("I am listening again.");
        assertThat(Texts.in(Locale.forLanguageTag("de-AT")).get("resume.done")).isEqualTo("Ich höre wieder zu.");
        assertThat(Texts.in(Locale.GERMAN).get("messages", 1_234)).isEqualTo("1.234 Nachrichten");
        assertThat(Texts.in(Locale.ENGLISH).get("messages", 1)).isEqualTo("1 message");
    }
}
