package loci.discord;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import loci.command.CommandDescription;
import loci.command.CommandDescription.Blank;
import loci.command.CommandDescription.Form;
import loci.command.CommandDescription.Kind;
import loci.discord.CommandForms.Line;
import net.dv8tion.jda.api.interactions.commands.build.SlashCommandData;
import net.dv8tion.jda.api.interactions.commands.build.SubcommandData;
import org.junit.jupiter.api.Test;

/** Commands as Discord offers them, and back. */
class CommandFormsTest {

    private static final CommandForms FORMS = new CommandForms(
            Offer.of(List.of(
                    new CommandDescription(
                            "forget",
                            "Forgets `things`",
                            false,
                            List.of(
                                    new Form("here", List.of("here"), List.of(), "All of it"),
                                    new Form(
                                            "memory-note",
                                            List.of("memory", "note"),
                                            List.of(new Blank("number", "Which", Kind.NUMBER, true)),
                                            "x".repeat(300)))),
                    new CommandDescription(
                            "remember",
                            "Remembers",
                            true,
                            List.of(new Form(
                                    "fact", List.of(), List.of(new Blank("fact", "What", Kind.TEXT, true)), "It"))))),
            (command, blank, filled) ->
                    IntStream.range(0, 40).mapToObj(i -> "choice" + i).toList());

    @Test
    void aFormIsASubcommandAndASingleFormTheCommandItself() {
        List<SlashCommandData> registered = FORMS.commands();
        assertThat(registered).extracting(SlashCommandData::getName).containsExactly("forget", "remember");
        assertThat(registered.getFirst().getSubcommands())
                .extracting(SubcommandData::getName)
                .containsExactly("here", "memory-note");
        assertThat(registered.getFirst().getDescription()).isEqualTo("Forgets things");
        assertThat(registered.getLast().getOptions()).hasSize(1);
    }

    @Test
    void anInvocationIsALineAgain() {
        assertThat(FORMS.line("forget", "here", option -> null)).isEqualTo(new Line("forget", "here"));
        assertThat(FORMS.line("forget", "memory-note", option -> "2")).isEqualTo(new Line("forget", "memory note 2"));
        assertThat(FORMS.line("remember", null, option -> " tea at 5 ")).isEqualTo(new Line("remember", "tea at 5"));
        assertThat(FORMS.line("gone", "some-words", option -> null)).isEqualTo(new Line("gone", "some words"));
    }

    @Test
    void noMoreIsCompletedThanDiscordShows() {
        assertThat(FORMS.completions("remember", null, "fact", "", option -> null))
                .hasSize(25);
        assertThat(FORMS.completions("remember", null, "fact", "CHOICE39", option -> null))
                .containsExactly("choice39");
        assertThat(FORMS.completions("gone", null, "fact", "", option -> null)).isEmpty();
    }

    @Test
    void whatDiscordLeavesOutIsNoDifference() {
        assertThat(CommandForms.comparable(Map.of("a", 1, "b", List.of(), "c", false)))
                .isEqualTo(CommandForms.comparable(Map.of("a", 1L)));
        assertThat(CommandForms.comparable(Map.of("contexts", List.of(1, 0))))
                .isEqualTo(CommandForms.comparable(Map.of("contexts", List.of(0, 1))));
        assertThat(CommandForms.comparable(Map.of("options", List.of(Map.of("name", "a"), Map.of("name", "b")))))
                .isNotEqualTo(
                        CommandForms.comparable(Map.of("options", List.of(Map.of("name", "b"), Map.of("name", "a")))));
    }
}
