package loci.program;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import loci.discord.standin.DiscordServer;
import loci.openai.OpenAiServer;
import loci.slack.standin.SlackServer;

/** A running Loci at the other end of a pipe: lines in, blocks out. Bounded in time; ended with {@link #close}. */
final class LociProgram implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final BufferedWriter in;
    private final BlockingQueue<Optional<String>> blocks = new LinkedBlockingQueue<>();
    private final Queue<String> err = new ConcurrentLinkedQueue<>();
    private final Thread errReader;

    private LociProgram(Process process) {
        this.process = process;
        this.in = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        Thread.ofVirtual().start(this::readBlocks);
        this.errReader = Thread.ofVirtual().start(this::readErr);
    }

    /** How a program is to be started. */
    static final class Start {

        private final Map<String, String> environment = new LinkedHashMap<>();
        private final List<String> arguments = new ArrayList<>();
        private String redirection = "";

        /** A chat as ada in channel lab, on a data directory, with nothing else configured. */
        static Start chat(Path data) {
            return chat(data, "lab");
        }

        static Start chat(Path data, String channel) {
            Start start = new Start().with("chat", "--as", "ada", "--channel", channel);
            return start.env("LOCI_DATA", data.toString());
        }

        /** A bot that serves Discord as this server plays it. */
        static Start run(Path data, DiscordServer discord) {
            return new Start()
                    .with("run")
                    .env("LOCI_DATA", data.toString())
                    .env("DISCORD_TOKEN", discord.token())
                    .env("LOCI_DISCORD_APIURL", discord.restUrl())
                    .env("LOCI_DISCORD_GATEWAYURL", discord.gatewayUrl());
        }

        /** A bot that serves Slack as this server plays it, over Socket Mode. */
        static Start run(Path data, SlackServer slack) {
            return new Start().with("run").env("LOCI_DATA", data.toString()).on(slack);
        }

        /** Served there too. */
        Start on(SlackServer slack) {
            return env("SLACK_BOT_TOKEN", slack.botToken())
                    .env("SLACK_APP_TOKEN", slack.appToken())
                    .env("LOCI_SLACK_APIURL", slack.apiUrl());
        }

        Start with(String... more) {
            arguments.addAll(List.of(more));
            return this;
        }

        /** Another command with the same surroundings. */
        Start instead(String... others) {
            arguments.clear();
            return with(others);
        }

        Start env(String name, String value) {
            environment.put(name, value);
            return this;
        }

        /** Started by a shell that redirects its streams so, such as {@code <&-}. */
        Start redirected(String how) {
            redirection = how;
            return this;
        }

        /** Talks to this server as if it were a model's, without a key. */
        Start model(OpenAiServer server) {
            return env("OPENAI_BASE_URL", server.baseUrl()).env("LOCI_MODEL_NAME", "gpt-4o-mini");
        }

        LociProgram start() {
            List<String> command = new ArrayList<>();
            if (!redirection.isEmpty()) {
                command.addAll(List.of("sh", "-c", "exec \"$0\" \"$@\" " + redirection));
            }
            command.add(distribution().resolve("loci").toString());
            command.addAll(arguments);
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.environment()
                    .keySet()
                    .removeIf(name -> name.startsWith("LOCI_")
                            || name.startsWith("OPENAI_")
                            || name.startsWith("DISCORD_")
                            || name.startsWith("SLACK_"));
            builder.environment().put("LOCI_JAVA_HOME", System.getProperty("java.home"));
            builder.environment().put("XDG_CONFIG_HOME", "/nowhere");
            builder.environment().putAll(environment);
            try {
                return new LociProgram(builder.start());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static Path distribution() {
        return Path.of(Objects.requireNonNull(
                System.getProperty("loci.distribution"), "run by failsafe, which says where the distribution is"));
    }

    private void readBlocks() {
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            StringBuilder block = new StringBuilder();
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (!line.isEmpty()) {
                    block.append(block.isEmpty() ? "" : "\n").append(line);
                } else {
                    blocks.add(Optional.of(block.toString()));
                    block.setLength(0);
                }
            }
        } catch (IOException killed) {
            // What was not read before the end was not received.
        } finally {
            blocks.add(Optional.empty());
        }
    }

    private void readErr() {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                synchronized (err) {
                    err.add(line);
                    err.notifyAll();
                }
            }
        } catch (IOException killed) {
            // The same.
        }
    }

    /** Sends a line; false where nobody reads any more. */
    boolean send(String line) {
        try {
            in.write(line);
            in.write('\n');
            in.flush();
            return true;
        } catch (IOException gone) {
            return false;
        }
    }

    /** Waits for the next block; empty where the output has ended. */
    Optional<String> block() throws InterruptedException {
        Optional<String> block = blocks.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (block == null) {
            throw new AssertionError("no answer in " + PATIENCE_SECONDS + " s; standard error:\n" + err());
        }
        return block;
    }

    /** Waits for the end of the output and returns the blocks that nobody has taken. */
    List<String> blocks() throws InterruptedException {
        List<String> all = new ArrayList<>();
        for (Optional<String> block = block(); block.isPresent(); block = block()) {
            all.add(block.get());
        }
        return all;
    }

    /** Says a line and returns its answer. */
    String say(String line) throws InterruptedException {
        send(line);
        return block().orElseThrow(() -> new AssertionError("the program ended; standard error:\n" + err()));
    }

    /** Ends the process at once, as kill -9 does. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** Asks it to stop, as a service manager does, and returns the exit code. */
    int stop() throws InterruptedException {
        process.destroy();
        return ended();
    }

    private int ended() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("did not end; standard error:\n" + err());
        }
        errReader.join();
        return process.exitValue();
    }

    /** Ends the input and returns the exit code. */
    int end() throws InterruptedException, IOException {
        in.close();
        return ended();
    }

    /** Waits until a line of standard error holds this. */
    void awaitsErr(String words) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        synchronized (err) {
            while (err.stream().noneMatch(line -> line.contains(words))) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    throw new AssertionError("nothing of \"" + words + "\"; standard error:\n" + err());
                }
                err.wait(left);
            }
        }
    }

    String err() {
        return String.join("\n", err);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
