package loci.console;

import java.io.IOError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import loci.chat.ChatEvent;
import loci.chat.ChatEvent.CommandInvoked;
import loci.chat.ChatEvent.ConfirmationGiven;
import loci.chat.CommandAnswer;
import loci.chat.CommandAnswer.Confirmation;
import loci.chat.Delivery;
import loci.chat.Inbox;
import loci.chat.MessageRef;
import loci.chat.Reply;
import loci.chat.ReplyPlace;
import loci.console.ConsoleEvents.Event;
import loci.console.ConsoleEvents.Misused;
import loci.console.ConsoleEvents.Move;
import loci.console.ConsoleEvents.Nothing;
import loci.console.ConsoleEvents.Place;
import org.jline.reader.EndOfFileException;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jspecify.annotations.Nullable;

/**
 * A chat with a person at a terminal: a line editor, answers that appear as they are written, Ctrl-C to stop one.
 *
 * <p>At the prompt, Ctrl-C throws away what was typed; twice on an empty line it leaves, as Ctrl-D does. While an answer is being
 * written it stops the answer, and a second time it leaves.
 */
final class TerminalConsole implements ConsolePlatform {

    /** Below this width the prompt is only a mark, or there would be no room to write. */
    private static final int NARROW = 40;

    private final ConsoleSetup setup;
    private final Terminal terminal;
    private final Editor editor;
    private final Screen screen;
    private final Door door = new Door();
    private final Printed printed = new Printed();

    private Place place;
    private volatile @Nullable Inbox inbox;
    private volatile @Nullable Awaited awaited;
    private volatile boolean leaving;
    private volatile boolean closed;

    TerminalConsole(ConsoleSetup setup, Terminal terminal, boolean colours) {
        this.setup = setup;
        this.terminal = terminal;
        this.editor = new Editor(terminal);
        this.screen = new Screen(editor, new ConsoleMarkup(colours), setup.botName());
        this.place = new Place(setup.speaker(), setup.channel());
        terminal.handle(Terminal.Signal.INT, signal -> interrupted());
    }

    @Override
    public String name() {
        return ConsoleEvents.PLATFORM;
    }

    @Override
    public void start(Inbox to) {
        inbox = to;
    }

    @Override
    public void offer(Map<String, String> commands) {
        editor.offer(commands);
    }

    @Override
    public void seedHistory(List<String> lines) {
        editor.seedHistory(lines);
    }

    @Override
    public void note(String line) {
        screen.note(line);
    }

    @Override
    public Ending converse() {
        boolean interruptedBefore = false;
        try {
            while (!closed && !leaving) {
                try {
                    String line = editor.readLine(prompt());
                    interruptedBefore = false;
                    Ending ending = line(line);
                    if (ending != null) {
                        return ending;
                    }
                } catch (UserInterruptException interrupt) {
                    boolean empty = interrupt.getPartialLine().isEmpty();
                    if (empty && interruptedBefore) {
                        return Ending.FINISHED;
                    }
                    interruptedBefore = empty;
                    if (empty) {
                        screen.note("(Ctrl-C again, or Ctrl-D, to leave)");
                    }
                }
            }
        } catch (EndOfFileException left) {
            return Ending.FINISHED;
        } catch (IOError | IllegalStateException terminalGone) {
            if (!closed) {
                throw terminalGone;
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return Ending.CLOSED;
        }
        return closed ? Ending.CLOSED : Ending.FINISHED;
    }

    private String prompt() {
        int width = terminal.getSize().getColumns();
        return width > 0 && width < NARROW ? "> " : "#" + place.channel() + " " + place.speaker() + "> ";
    }

    private @Nullable Ending line(String line) throws InterruptedException {
        return switch (ConsoleEvents.hear(
                line, place, setup.ids().get(), setup.clock().instant())) {
            case Nothing() -> null;
            case Move(Place next) -> {
                place = next;
                yield null;
            }
            case Misused(String reason) -> {
                screen.note(reason);
                yield null;
            }
            case Event(ChatEvent event) -> exchange(event);
        };
    }

    private @Nullable Ending exchange(ChatEvent event) throws InterruptedException {
        Confirmation asked = ask(event);
        if (asked != null && !closed && !leaving) {
            if (confirmed(asked)) {
                ask(ConsoleEvents.confirmation(
                        asked.token(), place, setup.ids().get(), setup.clock().instant()));
            } else {
                screen.note("nothing was done");
            }
        }
        return null;
    }

    private boolean confirmed(Confirmation asked) {
        try {
            String answer = editor.readAside(ConsoleMarkup.oneLine(asked.label()) + "? [yes/no] ");
            return ConsoleEvents.confirms(answer) || answer.strip().equalsIgnoreCase("y");
        } catch (UserInterruptException | EndOfFileException no) {
            return false;
        }
    }

    /** Hands an event in and waits until it is answered; returns what may be confirmed now. */
    private @Nullable Confirmation ask(ChatEvent event) throws InterruptedException {
        Inbox to = inbox;
        if (to == null) {
            throw new IllegalStateException("converse() before start()");
        }
        Awaited waiting = new Awaited(event);
        awaited = waiting;
        // What is typed ahead belongs to the next prompt and not into the middle of the answer.
        boolean echoed = terminal.echo(false);
        try {
            Inbox.Acceptance acceptance = door.hand(event, to).orElse(null);
            if (acceptance == Inbox.Acceptance.REPEATED || acceptance == Inbox.Acceptance.IGNORED) {
                screen.note("(" + setup.botName() + " leaves this unanswered)");
                return null;
            }
            return closed ? null : waiting.await();
        } catch (RuntimeException notStored) {
            screen.note("this could not be saved, so it is not answered: " + notStored.getMessage());
            return null;
        } finally {
            awaited = null;
            screen.end();
            terminal.echo(echoed);
            if (mayHaveErased(event)) {
                editor.clearHistory();
            }
        }
    }

    /** What was forgotten must not come back with the up arrow. */
    private static boolean mayHaveErased(ChatEvent event) {
        return event instanceof ConfirmationGiven
                || (event instanceof CommandInvoked invoked && invoked.name().equals("forget"));
    }

    /** Ctrl-C while an answer is awaited; at the prompt the editor sees it first. */
    private void interrupted() {
        Awaited waiting = awaited;
        Inbox to = inbox;
        if (waiting == null || to == null) {
            return;
        }
        if (waiting.stopOnce()) {
            // On a thread of its own: this one handles the terminal's signals, and storing may take a moment.
            Thread.ofVirtual()
                    .start(() -> door.hand(
                            ConsoleEvents.stop(
                                    waiting.event().conversation(),
                                    place,
                                    setup.ids().get(),
                                    setup.clock().instant()),
                            to));
        } else {
            leaving = true;
            waiting.settle(null);
        }
    }

    @Override
    public void progress(ReplyPlace place, String textSoFar) {
        if (isAwaited(place.question())) {
            screen.stream(textSoFar);
        }
    }

    @Override
    public Delivery deliver(Reply reply) {
        Delivery.Delivered delivered = new Delivery.Delivered(List.of(new MessageRef("reply-" + reply.key())));
        if (printed.before(reply.key())) {
            return delivered;
        }
        printed.add(reply.key());
        Awaited waiting = awaited;
        if (waiting != null && waiting.isQuestion(reply.question())) {
            screen.finish(reply.text());
            waiting.settle(null);
        } else {
            screen.aside(
                    "(answer to an earlier message of " + reply.askedBy().name() + " in #"
                            + reply.conversation().channel() + ")",
                    reply.text());
        }
        return delivered;
    }

    private boolean isAwaited(MessageRef question) {
        Awaited waiting = awaited;
        return waiting != null && waiting.isQuestion(question);
    }

    @Override
    public void answer(ChatEvent invocation, CommandAnswer answer) {
        Awaited waiting = awaited;
        if (waiting != null && waiting.isEvent(invocation.event())) {
            screen.finish(answer.text());
            waiting.settle(answer.confirmation());
        } else {
            screen.aside("", answer.text());
        }
        CommandAnswer.Attachment file = answer.attachment();
        if (file != null) {
            screen.note(SavedFiles.save(file, setup.files()));
        }
    }

    @Override
    public void close() {
        closed = true;
        door.shut();
        Awaited waiting = awaited;
        if (waiting != null) {
            waiting.settle(null);
        }
        try {
            terminal.close();
        } catch (IOException failed) {
            throw new UncheckedIOException("closing the terminal", failed);
        }
    }
}
