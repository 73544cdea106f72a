package loci.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import loci.chat.ConversationId;
import loci.slack.standin.Channel;
import loci.slack.standin.Faults;
import loci.slack.standin.Message;
import loci.slack.standin.Person;
import loci.slack.standin.SharedFile;
import loci.slack.standin.SlackServer;
import loci.slack.standin.Workspace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What people share with the bot: read from Slack's own hosts only, and never with the token sent anywhere else. */
class FilesTest {

    private final SlackServer server = SlackServer.start();
    private final Workspace garden = server.workspace("Garden");
    private final Channel general = garden.channel("general");
    private final Person ada = garden.member("ada");
    private final ConversationId here = ConversationId.ofChannel("slack", garden.id(), general.id());

    @AfterEach
    void nothingStraysFromSlack() {
        server.close();
        assertThat(server.violations()).isEmpty();
    }

    private Message shares(String name, String words, UnaryOperator<SharedFile> how) {
        return ada.uploads(general, name, words.getBytes(StandardCharsets.UTF_8), "@loci read this", how);
    }

    @Test
    void aTextFileIsReadAndForgottenWithItsMessage() {
        try (Bot bot = Bot.on(server)) {
            Message said = ada.uploads(general, "notes.txt", "the kettle is red", "@loci read this");
            ada.awaitsReplyTo(said);
            assertThat(bot.model.prompts().getLast()).contains("read this", "[file notes.txt:]", "the kettle is red");
            ada.deletes(said);
            Bot.until("forgotten", () -> bot.remembers(here).stream().noneMatch(text -> text.contains("kettle")));
        }
    }

    @Test
    void aFileOfAnotherWorkspaceIsAskedFor() {
        try (Bot bot = Bot.on(server)) {
            ada.awaitsReplyTo(shares("plan.md", "we meet at noon", SharedFile::fromAnotherWorkspace));
            assertThat(bot.model.prompts().getLast()).contains("[file plan.md:]", "we meet at noon");
        }
    }

    @Test
    void aFileOfAnotherWorkspaceThatSlackDoesNotDescribeIsNamedAsWellAsCanBe() {
        try (Bot bot = Bot.on(server)) {
            server.faults().next("files.info").fails("file_not_found");
            ada.awaitsReplyTo(shares("plan.md", "we meet at noon", SharedFile::fromAnotherWorkspace));
            assertThat(bot.model.prompts().getLast())
                    .contains("read this", "[file without a name]")
                    .doesNotContain("noon");
        }
    }

    @Test
    void aFileThatIsTakenAwayGoesWithItsWords() {
        try (Bot bot = Bot.on(server)) {
            Message said = shares("plan.md", "we meet at noon", SharedFile::fromAnotherWorkspace);
            ada.awaitsReplyTo(said);
            assertThat(bot.remembers(here).getFirst()).contains("noon");
            ada.deletesFiles(said);
            Bot.until("gone", () -> !bot.remembers(here).getFirst().contains("noon"));
            assertThat(bot.remembers(here).getFirst()).startsWith("read this\n[file ");
        }
    }

    @Test
    void noMoreThanFourOfAMessageAreReadHoweverOftenItIsEdited() {
        Map<String, String> six = new TreeMap<>();
        for (int i = 1; i <= 6; i++) {
            six.put(i + ".txt", "words of " + i);
        }
        try (Bot bot = Bot.on(server)) {
            Message said = ada.uploads(general, "@loci read these", six);
            ada.awaitsReplyTo(said);
            ada.edits(said, "@loci read those");
            Bot.until("edited", () -> bot.remembers(here).getFirst().startsWith("read those"));
            assertThat(bot.remembers(here).getFirst())
                    .contains("words of 1", "words of 4", "[file 5.txt]", "[file 6.txt]")
                    .doesNotContain("words of 5");
        }
    }

    @Test
    void neitherARedirectionNorAnAddressElsewhereIsFollowed() throws IOException {
        Collection<String> asked = new ConcurrentLinkedQueue<>();
        HttpServer elsewhere = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        elsewhere.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI() + " with "
                    + exchange.getRequestHeaders().get("Authorization"));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        elsewhere.start();
        String address = "http://127.0.0.1:" + elsewhere.getAddress().getPort() + "/secrets.txt";
        try (Bot bot = Bot.on(server)) {
            server.faults().next(Faults.FILES).redirects(address);
            ada.awaitsReplyTo(shares("secrets.txt", "one", file -> file));
            ada.awaitsReplyTo(shares("secrets.txt", "two", file -> file.at(address)));
            ada.awaitsReplyTo(shares("secrets.txt", "three", file -> file.at("https://files.slack.com.example/x")));
            ada.awaitsReplyTo(shares("secrets.txt", "four", file -> file.at("https://files.slack.com@127.0.0.1/x")));
            assertThat(asked).isEmpty();
            assertThat(bot.remembers(here).stream().filter(text -> text.contains("read this")))
                    .hasSize(4)
                    .allMatch(text -> text.endsWith("\n[file secrets.txt]"));
        } finally {
            elsewhere.stop(0);
        }
    }

    @Test
    void anEditKeepsTheWordsOfAFileThatCannotBeReadAgain() {
        try (Bot bot = Bot.on(server)) {
            Message said = ada.uploads(general, "notes.txt", "the kettle is red", "@loci read this");
            ada.awaitsReplyTo(said);
            bot.restarts(); // What was read is not kept for later.
            server.faults().next(10, Faults.FILES).answers(503);
            ada.edits(said, "@loci read that");
            Bot.until("edited", () -> bot.remembers(here).getFirst().startsWith("read that"));
            assertThat(bot.remembers(here).getFirst())
                    .isEqualTo("read that\n[file notes.txt:]\nthe kettle is red\n[end of notes.txt]");
        }
    }
}
