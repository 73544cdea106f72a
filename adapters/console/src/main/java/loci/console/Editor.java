package loci.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jline.keymap.KeyMap;
import org.jline.reader.Binding;
import org.jline.reader.Candidate;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import org.jline.reader.Reference;
import org.jline.reader.Widget;
import org.jline.reader.impl.history.DefaultHistory;
import org.jline.terminal.Terminal;

/**
 * The line editor. What is typed stays in memory: there is no history file, and no way to open a line in an external editor, which
 * would get it as a temporary file.
 */
final class Editor {

    /** The directives that work here and are no commands of the engine. */
    private static final Map<String, String> LOCAL =
            Map.of("as", "/as NAME: speak as someone else", "channel", "/channel NAME: go to another channel");

    private final Terminal terminal;
    private final DefaultHistory history = new DefaultHistory();
    private final LineReader reader;
    private volatile Map<String, String> commands = LOCAL;

    Editor(Terminal terminal) {
        this.terminal = terminal;
        this.reader = LineReaderBuilder.builder()
                .appName("loci")
                .terminal(terminal)
                .history(history)
                .parser(new Words())
                .completer((read, line, candidates) -> candidates.addAll(complete(line)))
                // "!" is a sign people use.
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.HISTORY_TIMESTAMPED, false)
                .build();
        for (KeyMap<Binding> keys : reader.getKeyMaps().values()) {
            unbindExternalEditor(keys);
            // The editor leaves this to the terminal's settings, which not every terminal has, and binds it in few of
            // its maps.
            keys.bind((Widget) this::leaveOrDelete, KeyMap.ctrl('D'));
        }
    }

    private static void unbindExternalEditor(KeyMap<Binding> keys) {
        List<String> sequences = new ArrayList<>();
        keys.getBoundKeys().forEach((sequence, binding) -> {
            if (binding instanceof Reference named && named.name().equals(LineReader.EDIT_AND_EXECUTE_COMMAND)) {
                sequences.add(sequence);
            }
        });
        sequences.forEach(keys::unbind);
    }

    private boolean leaveOrDelete() {
        if (reader.getBuffer().length() == 0) {
            throw new EndOfFileException();
        }
        reader.callWidget(LineReader.DELETE_CHAR_OR_LIST);
        return true;
    }

    void offer(Map<String, String> usages) {
        Map<String, String> all = new TreeMap<>(LOCAL);
        all.putAll(usages);
        commands = Map.copyOf(all);
    }

    void seedHistory(List<String> lines) {
        lines.forEach(history::add);
    }

    void clearHistory() {
        try {
            history.purge();
        } catch (IOException impossible) {
            throw new UncheckedIOException("there is no history file", impossible);
        }
    }

    String readLine(String prompt) {
        return reader.readLine(prompt);
    }

    /** Reads a line that is no part of the chat and is not remembered. */
    String readAside(String prompt) {
        reader.variable(LineReader.DISABLE_HISTORY, true);
        try {
            return reader.readLine(prompt);
        } finally {
            reader.variable(LineReader.DISABLE_HISTORY, false);
        }
    }

    /** Prints whole lines above what is being typed, or just prints them. */
    void printAbove(String lines) {
        reader.printAbove(lines.endsWith("\n") ? lines.substring(0, lines.length() - 1) : lines);
    }

    /** How wide the terminal is now; 0 where that is not known. */
    int columns() {
        return terminal.getSize().getColumns();
    }

    void print(String text) {
        terminal.writer().print(text);
        terminal.flush();
    }

    private List<Candidate> complete(ParsedLine line) {
        List<Candidate> candidates = new ArrayList<>();
        if (line.wordIndex() == 0 && line.line().startsWith("/")) {
            new TreeMap<>(commands)
                    .forEach((name, usage) -> candidates.add(new Candidate(
                            "/" + name, "/" + name, null, ConsoleMarkup.oneLine(usage), null, null, true)));
        }
        return candidates;
    }

    /** Prose, not a shell's language: quotes and backslashes are only signs, and no line is ever unfinished. */
    private static final class Words implements Parser {

        @Override
        public ParsedLine parse(String line, int cursor, ParseContext purpose) {
            int start = line.lastIndexOf(' ', Math.max(0, cursor - 1)) + 1;
            String word = line.substring(Math.min(start, cursor), cursor);
            List<String> words = new ArrayList<>(
                    List.of(line.substring(0, Math.min(start, cursor)).split(" ")));
            words.removeIf(String::isEmpty);
            words.add(word);
            return new Line(line, cursor, List.copyOf(words));
        }
    }

    private record Line(String line, int cursor, List<String> words) implements CompletingParsedLine {

        @Override
        public String word() {
            return words.getLast();
        }

        @Override
        public int wordCursor() {
            return word().length();
        }

        @Override
        public CharSequence escape(CharSequence candidate, boolean complete) {
            return candidate;
        }

        @Override
        public int rawWordCursor() {
            return wordCursor();
        }

        @Override
        public int rawWordLength() {
            return word().length();
        }

        @Override
        public int wordIndex() {
            return words.size() - 1;
        }
    }
}
