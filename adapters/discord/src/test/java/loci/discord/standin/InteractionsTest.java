package loci.discord.standin;

import static loci.discord.standin.Option.option;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import net.dv8tion.jda.api.components.actionrow.ActionRow;
import net.dv8tion.jda.api.components.label.Label;
import net.dv8tion.jda.api.components.textinput.TextInput;
import net.dv8tion.jda.api.components.textinput.TextInputStyle;
import net.dv8tion.jda.api.events.interaction.ModalInteractionEvent;
import net.dv8tion.jda.api.events.interaction.command.CommandAutoCompleteInteractionEvent;
import net.dv8tion.jda.api.events.interaction.command.MessageContextInteractionEvent;
import net.dv8tion.jda.api.events.interaction.command.SlashCommandInteractionEvent;
import net.dv8tion.jda.api.events.interaction.component.ButtonInteractionEvent;
import net.dv8tion.jda.api.exceptions.ErrorResponseException;
import net.dv8tion.jda.api.interactions.InteractionContextType;
import net.dv8tion.jda.api.interactions.commands.DefaultMemberPermissions;
import net.dv8tion.jda.api.interactions.commands.OptionType;
import net.dv8tion.jda.api.interactions.commands.build.Commands;
import net.dv8tion.jda.api.interactions.commands.build.SubcommandData;
import net.dv8tion.jda.api.modals.Modal;
import net.dv8tion.jda.api.requests.GatewayIntent;
import net.dv8tion.jda.api.requests.RestAction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Commands, buttons and forms, as the real JDA registers, hears and answers them. */
@Timeout(60)
class InteractionsTest {
    private final DiscordServer server = DiscordServer.start();
    private final Guild garden = server.guild("Garden");
    private final Channel general = garden.channel("general");
    private final Person ada = garden.member("ada");
    private final Person bob = garden.member("bob");
    private final RealJda jda = RealJda.in(server, GatewayIntent.GUILD_MESSAGES);

    @BeforeEach
    void register() {
        server.patience(Duration.ofSeconds(5));
        jda.jda()
                .updateCommands()
                .addCommands(
                        Commands.slash("summary", "Sums up")
                                .addOption(OptionType.INTEGER, "last", "How many", false)
                                .addOption(OptionType.USER, "of", "Whose", false),
                        Commands.slash("memory", "What is remembered")
                                .setContexts(InteractionContextType.GUILD)
                                .addSubcommands(
                                        new SubcommandData("show", "Shows it"),
                                        new SubcommandData("find", "Finds in it")
                                                .addOption(OptionType.STRING, "what", "What", true, true)),
                        Commands.slash("model", "Chooses the model")
                                .setDefaultPermissions(DefaultMemberPermissions.enabledFor(
                                        net.dv8tion.jda.api.Permission.MANAGE_SERVER)),
                        Commands.message("Forget this"))
                .complete();
    }

    @AfterEach
    void close() {
        jda.close();
        assertThat(server.violations()).isEmpty();
        assertThat(server.ownViolations()).isEmpty();
        server.close();
    }

    private SlashCommandInteractionEvent command() {
        return jda.next(SlashCommandInteractionEvent.class);
    }

    private static int codeOf(RestAction<?> action) {
        try {
            action.complete();
            return 0;
        } catch (ErrorResponseException refused) {
            return refused.getErrorCode();
        }
    }

    @Test
    void commands_are_registered_and_kept() {
        assertThat(server.commands()).containsExactly("summary", "memory", "model", "Forget this");
        long id = jda.jda().retrieveCommands().complete().getFirst().getIdLong();
        var edited =
                jda.jda().upsertCommand(Commands.slash("summary", "Sums it up")).complete();
        assertThat(edited.getIdLong()).isEqualTo(id);
        jda.jda().deleteCommandById(id).complete();
        assertThat(server.commands()).doesNotContain("summary");
        var guild = java.util.Objects.requireNonNull(jda.jda().getGuildById(garden.id()));
        guild.updateCommands().addCommands(Commands.slash("here", "Only here")).complete();
        assertThat(server.commands(garden)).containsExactly("here");
    }

    @Test
    void a_command_is_answered_at_once_for_its_invoker_alone() {
        Interaction summary = ada.runs(general, "/summary", option("last", 20), option("of", bob));
        SlashCommandInteractionEvent event = command();
        assertThat(event.getOption("last", 0, net.dv8tion.jda.api.interactions.commands.OptionMapping::getAsInt))
                .isEqualTo(20);
        assertThat(event.getOption("of", net.dv8tion.jda.api.interactions.commands.OptionMapping::getAsUser))
                .extracting(net.dv8tion.jda.api.entities.User::getName)
                .isEqualTo("bob");
        event.reply("in short").setEphemeral(true).complete();
        Message answer = summary.awaitAnswer();
        assertThat(answer.text()).isEqualTo("in short");
        assertThat(ada.sees(general)).containsExactly(answer);
        assertThat(bob.sees(general)).isEmpty();
        assertThat(codeOf(event.getMessageChannel().retrieveMessageById(answer.id())))
                .isEqualTo(10008);
        assertThat(codeOf(event.getHook().editOriginal("shorter"))).isZero();
        assertThat(answer.text()).isEqualTo("shorter");
        event.getHook().deleteOriginal().complete();
        assertThat(ada.sees(general)).isEmpty();
    }

    @Test
    void thinking_gives_way_to_the_answer_and_its_followups() {
        Interaction show = ada.runs(general, "/memory show");
        SlashCommandInteractionEvent event = command();
        assertThat(event.getFullCommandName()).isEqualTo("memory show");
        assertThat(show.thinking()).isFalse();
        event.deferReply().complete();
        assertThat(show.thinking()).isTrue();
        assertThat(show.answer()).isNull();
        event.getHook().sendMessage("part one").complete();
        assertThat(show.awaitAnswer().text()).isEqualTo("part one");
        event.getHook().sendMessage("part two").complete();
        assertThat(show.followups()).extracting(Message::text).containsExactly("part two");
        assertThat(bob.sees(general)).hasSize(2);
        event.getHook().editOriginal("part 1").complete();
        assertThat(show.awaitAnswer().history()).containsExactly("part one", "part 1");
    }

    @Test
    void three_seconds_fifteen_minutes_and_no_second_answer() {
        Interaction late = ada.runs(general, "/summary");
        SlashCommandInteractionEvent event = command();
        server.advance(Duration.ofSeconds(4));
        assertThat(late.failed()).isTrue();
        assertThat(codeOf(event.reply("sorry"))).isEqualTo(10062);

        ada.runs(general, "/summary");
        SlashCommandInteractionEvent twice = command();
        twice.deferReply().complete();
        assertThat(server.requests("POST", "/interactions/*/*/callback")).hasSize(2);
        server.advance(Duration.ofMinutes(16));
        assertThat(codeOf(twice.getHook().editOriginal("too late"))).isEqualTo(50027);
    }

    @Test
    void buttons_change_the_message_or_answer_anew() {
        var channel = java.util.Objects.requireNonNull(jda.jda().getTextChannelById(general.id()));
        channel.sendMessage("Sure?")
                .setComponents(ActionRow.of(
                        net.dv8tion.jda.api.components.buttons.Button.danger("yes:1", "Forget"),
                        net.dv8tion.jda.api.components.buttons.Button.secondary("no:1", "Keep")))
                .complete();
        Message question = general.lastMessage();
        assertThat(question.buttons()).extracting(Button::label).containsExactly("Forget", "Keep");
        Interaction press = ada.presses(question.button("Forget"));
        ButtonInteractionEvent event = jda.next(ButtonInteractionEvent.class);
        assertThat(event.getComponentId()).isEqualTo("yes:1");
        event.editMessage("Forgotten.").setComponents().complete();
        assertThat(press.awaitAnswer()).isSameAs(question);
        assertThat(question.text()).isEqualTo("Forgotten.");
        assertThat(question.buttons()).isEmpty();
    }

    @Test
    void a_deferred_press_edits_its_message_later() {
        Interaction first = ada.runs(general, "/summary");
        command()
                .reply("Sure?")
                .setEphemeral(true)
                .setComponents(ActionRow.of(net.dv8tion.jda.api.components.buttons.Button.primary("b", "Go")))
                .complete();
        Button go = first.awaitAnswer().button("Go");
        assertThatThrownBy(() -> bob.presses(go)).hasMessageContaining("cannot see");
        ada.presses(go);
        ButtonInteractionEvent event = jda.next(ButtonInteractionEvent.class);
        event.deferEdit().complete();
        event.getHook().editOriginal("Gone.").complete();
        assertThat(first.awaitAnswer().text()).isEqualTo("Gone.");
    }

    @Test
    void what_is_typed_is_completed_and_a_message_is_picked() {
        Interaction typing = ada.types(general, "/memory find", option("what", "ro"));
        CommandAutoCompleteInteractionEvent event = jda.next(CommandAutoCompleteInteractionEvent.class);
        assertThat(event.getFocusedOption().getValue()).isEqualTo("ro");
        event.replyChoiceStrings(List.of("roses", "roots")).complete();
        assertThat(typing.awaitChoices()).containsExactly("roses", "roots");

        Message message = bob.says(general, "a secret");
        Interaction pick = ada.picks("Forget this", message);
        MessageContextInteractionEvent picked = jda.next(MessageContextInteractionEvent.class);
        assertThat(picked.getTarget().getContentRaw())
                .as("shown even without the intent")
                .isEqualTo("a secret");
        picked.reply("done").setEphemeral(true).complete();
        assertThat(pick.awaitAnswer().ephemeral()).isTrue();
    }

    @Test
    void a_form_is_put_and_filled_in() {
        Interaction run = ada.runs(general, "/summary");
        command()
                .replyModal(Modal.create("persona", "Persona")
                        .addComponents(Label.of(
                                "Text",
                                TextInput.create("text", TextInputStyle.PARAGRAPH)
                                        .build()))
                        .build())
                .complete();
        Interaction submit = ada.submits(run.awaitAcknowledged(), "You are kind.");
        ModalInteractionEvent event = jda.next(ModalInteractionEvent.class);
        assertThat(java.util.Objects.requireNonNull(event.getValue("text")).getAsString())
                .isEqualTo("You are kind.");
        event.reply("set").complete();
        assertThat(submit.awaitAnswer().text()).isEqualTo("set");
    }

    @Test
    void what_is_not_offered_cannot_be_run() {
        assertThatThrownBy(() -> ada.runs(general, "/model")).hasMessageContaining("does not offer");
        assertThatThrownBy(() -> ada.runs(general, "/nonsense")).hasMessageContaining("no command nonsense");
        assertThatThrownBy(() -> ada.runs(ada.direct(), "/memory show")).hasMessageContaining("no command memory");
        assertThatThrownBy(() -> ada.runs(general, "/memory find")).hasMessageContaining("wants");
        garden.keeper().runs(general, "/model");
        command().reply("ok").complete();
        ada.runs(ada.direct(), "/summary");
        SlashCommandInteractionEvent direct = command();
        assertThat(direct.isFromGuild()).isFalse();
        direct.reply("hi").complete();
        assertThat(ada.direct().lastMessage().text()).isEqualTo("hi");
    }
}
