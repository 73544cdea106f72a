package loci.console;

import java.io.IOException;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import loci.chat.ChatPlatform;
import loci.chat.MessageRef;
import loci.chat.People;

/** Whoever types at a console: one person at a time, who sees all that is printed. */
final class PeopleAtConsole implements People {

    private final ConsolePlatform console;
    private final PipedOutputStream keys;
    private final Screen screen;
    private Thread conversing = new Thread();
    private String speaker = "ada";
    private String channel = "lab";

    /** What has been printed. */
    interface Screen {

        /** The answers, oldest first. */
        List<String> answers();

        /** How often the bell was rung. */
        int bells();
    }

    /** @param keys what is typed; ada begins, in the channel lab */
    PeopleAtConsole(ConsolePlatform console, PipedOutputStream keys, Screen screen) {
        this.console = console;
        this.keys = keys;
        this.screen = screen;
    }

    @Override
    public ChatPlatform platform() {
        return console;
    }

    @Override
    public void asks(String person, String place, String text) {
        goes(person, place);
        type(text);
    }

    @Override
    public void runsMemory(String person, String place) {
        asks(person, place, "/memory");
    }

    private void goes(String person, String place) {
        if (!person.equals(speaker)) {
            type("/as " + person);
            speaker = person;
        }
        if (!place.equals(channel)) {
            type("/channel " + place);
            channel = place;
        }
    }

    private void type(String line) {
        if (conversing.getState() == Thread.State.NEW) {
            conversing = Thread.ofPlatform().start(console::converse);
        }
        try {
            keys.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            keys.flush();
        } catch (IOException closed) {
            // A closed terminal reads nothing more; whoever waits for an answer to this fails by that.
        }
    }

    @Override
    public List<String> sees(String person, String place) {
        return screen.answers();
    }

    @Override
    public List<String> toldAlone(String person) {
        return screen.answers();
    }

    @Override
    public String mention(String person) {
        return "@" + person;
    }

    @Override
    public int pings(String place) {
        return screen.bells();
    }

    @Override
    public MessageRef unknownMessage(String place) {
        return new MessageRef("never-was");
    }

    @Override
    public void close() {
        console.close();
        try {
            keys.close();
            conversing.join();
        } catch (IOException e) {
            throw new UncheckedIOException("closing what is typed", e);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
