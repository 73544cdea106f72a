package loci.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import loci.chat.CommandAnswer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is a command when it is typed as a message, and what is a sentence that begins with the same word. */
class WrittenTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    /** A command with a form of each kind. */
    private record Forms(String name) implements Command {

        @Override
        public List<Form> forms() {
            return List.of(
                    Form.bare("show", "show"),
                    Form.of("here", "here"),
                    Form.of("last", "last", Blank.number("count", "5")),
                    Form.of("since", "since", Blank.text("time", "2h")),
                    Form.bare("set", "set", Blank.choice("name", "strategy"), Blank.choice("value", "window")),
                    Form.of("spent", "spent", Blank.text("month", "2026-10").optional()),
                    Form.of("fact", "fact", Blank.text("fact", "FACT")));
        }

        @Override
        public List<String> choices(String blank, Map<String, String> filled) {
            return blank.equals("name") ? List.of("strategy") : List.of(filled.get("name") + "-one");
        }

        @Override
        public Action action(String arguments) {
            return Action.OWN;
        }

        @Override
        public CommandAnswer run(Invocation invocation) {
            return CommandAnswer.of(invocation.arguments());
        }
    }

    private static boolean isWritten(String name, String arguments) {
        return new Written(new Forms(name), NOW, ZoneOffset.UTC).is(arguments);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "here",
                " Here ",
                "last 5",
                "since 2h",
                "since 2 hours ago",
                "since 2026-11-19 10:30",
                "since yesterday",
                "strategy strategy-one",
                "Strategy Strategy-One",
                "spent",
                "spent 2026-10"
            })
    void whatIsExactlyOneOfItsFormsIsTheCommand(String arguments) {
        assertThat(isWritten("any", arguments)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "about it, what's up?",
                "here and now",
                "last time",
                "last",
                "last 5 please",
                "since",
                "since tomorrow",
                "since you were away",
                "since my last message",
                "strategy",
                "strategy other",
                "strategy strategy-one too",
                "spent 2026",
                "fact tea at five",
                "fact"
            })
    void whatSaysMoreOrLessOrAnythingAtAllIsASentence(String arguments) {
        assertThat(isWritten("any", arguments)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"since my last message", "since me"})
    void onlyASummaryBeginsWithOnesOwnLastMessage(String arguments) {
        assertThat(isWritten(Summary.NAME, arguments)).isTrue();
    }
}
