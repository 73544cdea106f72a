package loci.console;

/**
 * What the bot's side of a terminal chat looks like. Thread-safe.
 *
 * <p>An answer that is being written only ever grows on the screen. Where a later beginning does not continue the one shown, it is begun
 * again below, since lines that have scrolled away cannot be taken back.
 */
final class Screen {

    private final Editor editor;
    private final ConsoleMarkup markup;
    private final String botName;
    private String shown = "";
    private boolean open;
    private Wrapping wrapping = new Wrapping(0, 0);

    Screen(Editor editor, ConsoleMarkup markup, String botName) {
        this.editor = editor;
        this.markup = markup;
        this.botName = botName;
    }

    /** Shows the beginning of the awaited answer. */
    synchronized void stream(String textSoFar) {
        show(markup.beginning(textSoFar), false);
    }

    /** Shows the awaited answer as it is at last. */
    synchronized void finish(String text) {
        show(markup.whole(text), true);
        end();
    }

    /** Ends the line of an answer, if one is open. */
    synchronized void end() {
        if (open) {
            editor.print(markup.plainAgain() + "\n\n");
        }
        open = false;
        shown = "";
    }

    private void show(String text, boolean finished) {
        if (!open) {
            wrapping = wrapping(); // For the whole answer: lines that are on the screen cannot be broken anew.
            editor.print(markup.strong(botName) + ": ");
            open = true;
        }
        String rendered = wrapping.wrap(text, finished);
        if (!rendered.startsWith(shown)) {
            editor.print(markup.plainAgain() + " …\n" + markup.strong(botName) + ": ");
            shown = "";
        }
        editor.print(rendered.substring(shown.length()));
        shown = rendered;
    }

    private Wrapping wrapping() {
        return new Wrapping(editor.columns(), ConsoleMarkup.oneLine(botName).length() + 2);
    }

    /** Shows something that nobody waits for, without harm to what is being typed. */
    synchronized void aside(String heading, String text) {
        String first = heading.isEmpty() ? "" : ConsoleMarkup.oneLine(heading) + "\n";
        String wrapped = wrapping().wrap(markup.whole(text), true);
        String block = first + markup.strong(botName) + ": " + wrapped + markup.plainAgain() + "\n";
        if (open) {
            editor.print(markup.plainAgain() + "\n" + block + markup.strong(botName) + ": " + shown);
        } else {
            editor.printAbove(block);
        }
    }

    synchronized void note(String line) {
        if (open) {
            editor.print("\n");
        }
        editor.printAbove(markup.faint(ConsoleMarkup.oneLine(line)));
    }
}
