package loci.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import loci.chat.ChatEvent;
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
import org.jspecify.annotations.Nullable;

/**
 * A console for programs. What they can rely on:
 *
 * <ul>
 *   <li>Each line that is not blank is one message, or one command if it starts with {@code /} ({@code //} starts a message with a
 *       slash). The next line is read only when the one before is answered.
 *   <li>Each message and each command is answered by exactly one block on standard output, flushed at once: one or more lines,
 *       none empty (an empty line of the answer is printed as a single space), then one empty line.
 *   <li>{@code /as NAME} and {@code /channel NAME} hold for the lines that follow and print no block.
 *   <li>Where a command asks, a next line {@code yes} confirms, and its answer is a block too; any other line does not, and is taken
 *       for itself.
 *   <li>An answer to a message of an earlier run is printed as a block when it is ready, after a note on standard error. Where
 *       an earlier run died between printing and recording it, it is printed again.
 *   <li>Lines are cut at {@value Lines#LONGEST} characters, with a note.
 * </ul>
 */
final class PipedConsole implements ConsolePlatform {

    private final ConsoleSetup setup;
    private final Lines lines;
    private final Blocks blocks;
    private final Consumer<String> notes;
    private final Door door = new Door();
    private final Printed printed = new Printed();
    private final ReentrantLock printing = new ReentrantLock();

    private Place place;
    private @Nullable Confirmation asked;
    private volatile @Nullable Inbox inbox;
    private volatile @Nullable Awaited awaited;
    private volatile boolean outputClosed;
    private volatile boolean closed;

    PipedConsole(ConsoleSetup setup, InputStream in, OutputStream out, Consumer<String> notes) {
        this.setup = setup;
        this.lines = new Lines(in);
        this.blocks = new Blocks(out);
        this.notes = note -> notes.accept("loci: " + ConsoleMarkup.oneLine(note));
        this.place = new Place(setup.speaker(), setup.channel());
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
    public void note(String line) {
        notes.accept(line);
    }

    @Override
    public Ending converse() {
        try {
            while (!closed && !outputClosed) {
                Lines.Line line = lines.next();
                if (line == null) {
                    return outputClosed ? Ending.OUTPUT_CLOSED : Ending.FINISHED;
                }
                if (line.cut()) {
                    notes.accept("a line was longer than " + Lines.LONGEST + " characters; its end was left out");
                }
                Ending ending = line(line.text());
                if (ending != null) {
                    return ending;
                }
            }
        } catch (IOException broken) {
            notes.accept("standard input broke off: " + broken.getMessage());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return Ending.CLOSED;
        }
        return outputClosed ? Ending.OUTPUT_CLOSED : closed ? Ending.CLOSED : Ending.FINISHED;
    }

    /** Takes one line to its answer; returns an ending where there is no going on. */
    private @Nullable Ending line(String line) throws InterruptedException {
        Confirmation confirmation = asked;
        if (confirmation != null && !line.isBlank()) {
            asked = null;
            if (ConsoleEvents.confirms(line)) {
                return ask(ConsoleEvents.confirmation(
                        confirmation.token(),
                        place,
                        setup.ids().get(),
                        setup.clock().instant()));
            }
            notes.accept("not confirmed, so nothing was done: " + confirmation.label());
        }
        return switch (ConsoleEvents.hear(
                line, place, setup.ids().get(), setup.clock().instant())) {
            case Nothing() -> null;
            case Move(Place next) -> {
                place = next;
                notes.accept("now " + next.speaker() + " in #" + next.channel());
                yield null;
            }
            case Misused(String reason) -> {
                // Going on would put what follows into the wrong mouth or the wrong channel.
                notes.accept(reason + "; stopped there");
                yield Ending.MISUSED;
            }
            case Event(ChatEvent event) -> ask(event);
        };
    }

    private @Nullable Ending ask(ChatEvent event) throws InterruptedException {
        Inbox to = inbox;
        if (to == null) {
            throw new IllegalStateException("converse() before start()");
        }
        Awaited waiting = new Awaited(event);
        awaited = waiting; // before handing in: the answer may come sooner than accept returns
        try {
            Optional<Inbox.Acceptance> taken = door.hand(event, to);
            if (taken.isPresent() && !willBeAnswered(taken.get()) && print("(Loci leaves this unanswered.)")) {
                waiting.settle(null);
            }
        } catch (RuntimeException notStored) {
            notes.accept("this could not be saved, so it is not answered: " + notStored.getMessage());
            return Ending.NOT_SAVED;
        }
        if (closed || outputClosed) {
            return outputClosed ? Ending.OUTPUT_CLOSED : Ending.CLOSED;
        }
        asked = waiting.await();
        awaited = null;
        return null;
    }

    /** What is refused is answered too: with the reason. */
    private static boolean willBeAnswered(Inbox.Acceptance acceptance) {
        return switch (acceptance) {
            case ACCEPTED, REFUSED -> true;
            case REPEATED, IGNORED -> false;
        };
    }

    @Override
    public void progress(ReplyPlace place, String textSoFar) {
        // A block is whole or not there.
    }

    @Override
    public Delivery deliver(Reply reply) {
        Delivery.Delivered delivered = new Delivery.Delivered(List.of(new MessageRef("reply-" + reply.key())));
        printing.lock();
        try {
            if (printed.before(reply.key())) {
                return delivered;
            }
            Awaited expected = expecting(reply.question());
            if (expected == null) {
                notes.accept("the next block answers an earlier message of "
                        + reply.askedBy().name() + " in #"
                        + reply.conversation().channel() + " (message "
                        + reply.question() + ")");
            }
            if (!print(reply.text())) {
                return new Delivery.TryLater("standard output is closed");
            }
            printed.add(reply.key());
            if (expected != null) {
                expected.settle(null);
            }
            return delivered;
        } finally {
            printing.unlock();
        }
    }

    private @Nullable Awaited expecting(MessageRef question) {
        Awaited waiting = awaited;
        return waiting != null && waiting.isQuestion(question) ? waiting : null;
    }

    @Override
    public void answer(ChatEvent invocation, CommandAnswer answer) {
        Awaited waiting = awaited;
        CommandAnswer.Attachment file = answer.attachment();
        if (file != null) {
            notes.accept(SavedFiles.save(file, setup.files()));
        }
        if (print(answer.text()) && waiting != null && waiting.isEvent(invocation.event())) {
            waiting.settle(answer.confirmation());
        }
    }

    /** Prints a block; returns false where nobody reads any more, which also ends the conversation. */
    private boolean print(String text) {
        try {
            blocks.write(text);
            return true;
        } catch (IOException nobodyReads) {
            outputClosed = true;
            release();
            return false;
        }
    }

    @Override
    public void close() {
        closed = true;
        door.shut();
        release();
    }

    private void release() {
        Awaited waiting = awaited;
        if (waiting != null) {
            waiting.settle(null);
        }
    }
}
