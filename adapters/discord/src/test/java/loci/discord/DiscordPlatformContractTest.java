package loci.discord;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import loci.chat.ChatNetworkContract;
import loci.chat.ChatPlatform;
import loci.chat.MessageRef;
import loci.chat.PeopleOnNetwork;
import loci.command.CommandDescription;
import loci.command.CommandDescription.Form;
import loci.discord.DiscordConnection.Connected;
import loci.discord.standin.Attachment;
import loci.discord.standin.Channel;
import loci.discord.standin.DiscordServer;
import loci.discord.standin.Gate;
import loci.discord.standin.Guild;
import loci.discord.standin.Message;
import loci.discord.standin.Person;

/** Discord keeps what every platform promises. */
class DiscordPlatformContractTest extends ChatNetworkContract {

    @Override
    protected PeopleOnNetwork peopleOnNetwork() {
        return new PeopleOnDiscord();
    }

    private static final class PeopleOnDiscord implements PeopleOnNetwork {

        private static final CommandDescription MEMORY = new CommandDescription(
                "memory",
                "What is remembered",
                false,
                List.of(new Form("memory", List.of(), List.of(), "What is remembered")));

        private final DiscordServer server = DiscordServer.start();
        private final Guild guild = server.guild("Garden");
        private final DiscordPlatform platform;

        PeopleOnDiscord() {
            List.of(ADA, BEN).forEach(guild::member);
            CommandForms forms = new CommandForms(Offer.of(List.of(MEMORY)), (command, blank, filled) -> List.of());
            DiscordConnection connection = DiscordPlatform.connect(Bot.settings(server, true), forms, server.clock());
            if (!(connection instanceof Connected(DiscordPlatform connected))) {
                throw new IllegalStateException("no connection: " + connection);
            }
            platform = connected;
        }

        private Person person(String name) {
            return guild.member(name);
        }

        private Channel channel(String place) {
            return guild.channel(place);
        }

        @Override
        public ChatPlatform platform() {
            return platform;
        }

        @Override
        public void asks(String person, String place, String text) {
            person(person).says(channel(place), "@loci " + text);
        }

        @Override
        public void runsMemory(String person, String place) {
            assertThat(platform.awaitCommands()).isTrue();
            person(person).runs(channel(place), "/memory");
        }

        private Stream<Message> ofBot(String person, Channel channel) {
            return person(person).sees(channel).stream()
                    .filter(message -> message.author().equals(server.bot()) && !message.loading());
        }

        @Override
        public List<String> sees(String person, String place) {
            return ofBot(person, channel(place))
                    .filter(message -> !message.ephemeral())
                    .map(message -> message.text() + files(message))
                    .toList();
        }

        private static String files(Message message) {
            StringBuilder texts = new StringBuilder();
            for (Attachment file : message.attachments()) {
                texts.append(new String(file.bytes(), StandardCharsets.UTF_8));
            }
            return texts.toString();
        }

        @Override
        public List<String> toldAlone(String person) {
            List<String> told = new ArrayList<>();
            ofBot(person, channel(LAB))
                    .filter(Message::ephemeral)
                    .map(Message::text)
                    .forEach(told::add);
            ofBot(person, person(person).direct()).map(Message::text).forEach(told::add);
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
                    .filter(message -> !message.pings().none())
                    .count();
        }

        @Override
        public MessageRef unknownMessage(String place) {
            return new MessageRef(channel(place).id() + "/1");
        }

        @Override
        public void delete(String place) {
            guild.keeper().deletes(channel(place));
        }

        @Override
        public Hanging hangs(String place) {
            Gate gate = server.faults()
                    .next("POST", "/channels/" + channel(place).id() + "/messages")
                    .waits();
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
}
