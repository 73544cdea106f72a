package loci.slack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import loci.chat.ChatPlatform;
import loci.chat.MessageRef;
import loci.chat.PeopleOnNetwork;
import loci.engine.LiveBot.Manner;
import loci.slack.SlackConnection.Connected;
import loci.slack.standin.Channel;
import loci.slack.standin.Gate;
import loci.slack.standin.Message;
import loci.slack.standin.Person;
import loci.slack.standin.SharedFile;
import loci.slack.standin.SlackServer;
import loci.slack.standin.View;
import loci.slack.standin.Workspace;

/** People in a workspace, in which everybody is in every channel. */
final class PeopleOnSlack implements PeopleOnNetwork {

    private final SlackServer server = SlackServer.start();
    private final Workspace garden = server.workspace("Garden");
    private final Map<String, Channel> places = new LinkedHashMap<>();
    private final Person keeper;
    private final SlackPlatform platform;
    private boolean heard;

    /** @param as how the bot is on Slack, made from how it usually is */
    PeopleOnSlack(UnaryOperator<SlackSettings> as, String... names) {
        Stream.of(names).forEach(garden::member);
        keeper = garden.admin("keeper");
        SlackSettings settings = as.apply(Bot.settings(server));
        Bot offering = new Bot(server, settings, Manner.USUAL);
        if (!(SlackPlatform.connect(settings, offering.commands(), server.clock())
                instanceof Connected(SlackPlatform connected))) {
            throw new IllegalStateException("no connection");
        }
        platform = connected;
    }

    private Person person(String name) {
        return garden.member(name);
    }

    private Channel channel(String place) {
        return places.computeIfAbsent(place, garden::channel);
    }

    @Override
    public ChatPlatform platform() {
        return platform;
    }

    /** Slack delivers nothing before it knows where to. */
    private void awaitHearing() {
        if (heard) {
            return;
        }
        heard = true;
        if (platform.port() == 0) {
            server.socket().awaitsConnections(1);
        } else {
            server.deliversTo(Bot.requestsAt(platform), Bot.SECRET);
        }
    }

    @Override
    public void asks(String person, String place, String text) {
        awaitHearing();
        person(person).says(channel(place), "@loci " + text);
    }

    @Override
    public void runsMemory(String person, String place) {
        awaitHearing();
        person(person).runs(channel(place), "/loci memory");
    }

    private Stream<Message> ofBot(String person, Channel channel) {
        return person(person).sees(channel).stream()
                .filter(message -> message.author().equals(server.bot()));
    }

    @Override
    public List<String> sees(String person, String place) {
        return ofBot(person, channel(place))
                .filter(message -> !message.ephemeral())
                .map(message -> message.shown() + files(message))
                .toList();
    }

    private static String files(Message message) {
        StringBuilder texts = new StringBuilder();
        for (SharedFile file : message.files()) {
            texts.append(new String(file.bytes(), StandardCharsets.UTF_8));
        }
        return texts.toString();
    }

    /** Where only they see it, in direct messages, or in a form before them. */
    @Override
    public List<String> toldAlone(String person) {
        List<String> told = new ArrayList<>();
        for (Channel place : places.values()) {
            person(person).whisperedTo(place).stream().map(Message::shown).forEach(told::add);
        }
        ofBot(person, person(person).direct()).map(Message::shown).forEach(told::add);
        person(person).modals().stream().map(View::shown).forEach(told::add);
        return told;
    }

    @Override
    public String mention(String person) {
        return person(person).mention();
    }

    @Override
    public int pings(String place) {
        return (int) channel(place).messages().stream()
                .filter(message -> message.author().equals(server.bot()))
                .filter(Message::pings)
                .count();
    }

    @Override
    public MessageRef unknownMessage(String place) {
        return new MessageRef(channel(place).id() + "/1000000000.000001");
    }

    @Override
    public void delete(String place) {
        keeper.in(channel(place)).deletes();
    }

    @Override
    public Hanging hangs(String place) {
        Gate gate = server.faults().next("chat.postMessage", channel(place)).hangs();
        return new Hanging() {
            @Override
            public void awaitArrival() {
                assertThat(gate.awaitArrival()).isTrue();
            }

            @Override
            public void ends() {
                gate.open();
            }
        };
    }

    @Override
    public void close() {
        platform.close();
        server.close();
        assertThat(server.violations()).isEmpty();
    }
}
