package loci.discord;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import loci.command.CommandDescription;
import loci.command.CommandDescription.Blank;
import loci.command.CommandDescription.Form;
import loci.command.CommandDescription.Kind;
import loci.command.MessageCommand;
import loci.command.QuestionForm;
import net.dv8tion.jda.api.Permission;
import net.dv8tion.jda.api.interactions.DiscordLocale;
import net.dv8tion.jda.api.interactions.InteractionContextType;
import net.dv8tion.jda.api.interactions.commands.DefaultMemberPermissions;
import net.dv8tion.jda.api.interactions.commands.OptionType;
import net.dv8tion.jda.api.interactions.commands.build.CommandData;
import net.dv8tion.jda.api.interactions.commands.build.Commands;
import net.dv8tion.jda.api.interactions.commands.build.OptionData;
import net.dv8tion.jda.api.interactions.commands.build.SlashCommandData;
import net.dv8tion.jda.api.interactions.commands.build.SubcommandData;
import org.jspecify.annotations.Nullable;

/**
 * Loci's commands as Discord's slash commands, and an invocation of one back as the words of a line. Each form of a command is a
 * subcommand with its blanks as options; a command of a single form has its options itself. Pure; immutable.
 */
final class CommandForms {

    private static final int LONGEST_DESCRIPTION = 100;
    private static final int LONGEST_CHOICE = 100;
    private static final int MOST_CHOICES = 25;
    private static final int LONGEST_TEXT = 1_500;
    private static final int LARGEST_NUMBER = 1_000_000;

    private final Offer offer;
    private final List<CommandDescription> offered;
    private final Choices choices;

    /** What can go into a blank of a command. */
    @FunctionalInterface
    interface Choices {

        /**
         * Returns the names to choose from.
         *
         * @param filled what went into the form's other blanks so far, by their names
         */
        List<String> of(String command, String blank, Map<String, String> filled);
    }

    /** A command line, taken apart. */
    record Line(String name, String arguments) {}

    CommandForms(Offer offer, Choices choices) {
        this.offer = offer;
        this.offered = offer.commands();
        this.choices = choices;
    }

    /** What Discord is to offer. */
    List<CommandData> registered() {
        List<CommandData> all = new ArrayList<>(commands());
        offer.picks().forEach(pick -> all.add(registered(pick)));
        return all;
    }

    List<SlashCommandData> commands() {
        return IntStream.range(0, offered.size()).mapToObj(this::registered).toList();
    }

    private static CommandData registered(Offer.Pick pick) {
        // Open to everybody: whose message somebody may do this with is not Discord's to say.
        return Commands.message(pick.name())
                .setNameLocalizations(pick.translated())
                .setContexts(InteractionContextType.GUILD, InteractionContextType.BOT_DM)
                .setDefaultPermissions(DefaultMemberPermissions.ENABLED);
    }

    private SlashCommandData registered(int number) {
        CommandDescription command = offered.get(number);
        SlashCommandData slash = Commands.slash(command.name(), description(command.text()))
                .setDescriptionLocalizations(in(number, described -> description(described.text())))
                .setContexts(InteractionContextType.GUILD, InteractionContextType.BOT_DM)
                .setDefaultPermissions(
                        command.forAdmins()
                                ? DefaultMemberPermissions.enabledFor(Permission.MANAGE_SERVER)
                                : DefaultMemberPermissions.ENABLED);
        if (command.forms().size() == 1) {
            return slash.addOptions(options(number, 0));
        }
        for (int i = 0; i < command.forms().size(); i++) {
            int which = i;
            Form form = command.forms().get(i);
            slash.addSubcommands(new SubcommandData(form.name(), description(form.text()))
                    .setDescriptionLocalizations(in(
                            number,
                            described ->
                                    description(described.forms().get(which).text())))
                    .addOptions(options(number, i)));
        }
        return slash;
    }

    /** What a translation says of a command, by language. */
    private Map<DiscordLocale, String> in(int number, Function<CommandDescription, String> what) {
        Map<DiscordLocale, String> texts = new EnumMap<>(DiscordLocale.class);
        offer.translated().forEach((language, commands) -> texts.put(language, what.apply(commands.get(number))));
        return texts;
    }

    private List<OptionData> options(int number, int form) {
        CommandDescription command = offered.get(number);
        List<Blank> blanks = command.forms().get(form).blanks();
        return IntStream.range(0, blanks.size())
                .mapToObj(i -> option(command, blanks.get(i), i == 0)
                        .setDescriptionLocalizations(in(
                                number,
                                described -> description(described
                                        .forms()
                                        .get(form)
                                        .blanks()
                                        .get(i)
                                        .text()))))
                .toList();
    }

    private OptionData option(CommandDescription command, Blank blank, boolean first) {
        OptionType type = blank.kind() == Kind.NUMBER ? OptionType.INTEGER : OptionType.STRING;
        OptionData option = new OptionData(type, blank.name(), description(blank.text()), blank.required());
        switch (blank.kind()) {
            case TEXT -> option.setRequiredLength(1, LONGEST_TEXT);
            case NUMBER -> option.setRequiredRange(1, LARGEST_NUMBER);
            case CHOICE -> {
                // What can go into a later blank may depend on an earlier one, which Discord's fixed choices cannot.
                List<String> fixed = first ? choices.of(command.name(), blank.name(), Map.of()) : List.of();
                if (fixed.isEmpty()
                        || fixed.size() > MOST_CHOICES
                        || fixed.stream().anyMatch(CommandForms::isLong)) {
                    option.setAutoComplete(true);
                } else {
                    fixed.forEach(choice -> option.addChoice(choice, choice));
                }
            }
        }
        return option;
    }

    private static boolean isLong(String choice) {
        return choice.length() > LONGEST_CHOICE;
    }

    private static String description(String text) {
        String line = text.replace("`", "").replace("**", "").strip();
        if (line.codePointCount(0, line.length()) <= LONGEST_DESCRIPTION) {
            return line.isEmpty() ? "…" : line;
        }
        return line.substring(0, line.offsetByCodePoints(0, LONGEST_DESCRIPTION - 1)) + "…";
    }

    /** What somebody picked on a message, by the name under which it is registered; null where it is not offered any more. */
    @Nullable
    MessageCommand picked(String name) {
        return offer.picks().stream()
                .filter(pick -> pick.name().equals(name))
                .map(Offer.Pick::command)
                .findFirst()
                .orElse(null);
    }

    QuestionForm questionForm(Locale locale) {
        return offer.questionForm().apply(locale);
    }

    /**
     * What somebody invoked, as a line. Of a command that is not offered any more, the words that Discord sent.
     *
     * @param value gives what was filled into an option, or null
     */
    Line line(String command, @Nullable String subcommand, Function<String, @Nullable String> value) {
        Form form = form(command, subcommand);
        if (form == null) {
            return new Line(command, subcommand == null ? "" : subcommand.replace('-', ' '));
        }
        List<String> words = new ArrayList<>(form.words());
        for (Blank blank : form.blanks()) {
            String filled = value.apply(blank.name());
            if (filled != null) {
                words.add(filled.strip());
            }
        }
        return new Line(command, String.join(" ", words));
    }

    private @Nullable Form form(String command, @Nullable String subcommand) {
        return offered.stream()
                .filter(known -> known.name().equals(command))
                .flatMap(known -> known.forms().stream())
                .filter(form -> subcommand == null || form.name().equals(subcommand))
                .findFirst()
                .orElse(null);
    }

    /** What can be filled into an option that begins so, as many as Discord shows. */
    List<String> completions(
            String command,
            @Nullable String subcommand,
            String option,
            String begun,
            Function<String, @Nullable String> value) {
        Form form = form(command, subcommand);
        if (form == null) {
            return List.of();
        }
        Map<String, String> filled = new HashMap<>();
        for (Blank blank : form.blanks()) {
            String other = blank.name().equals(option) ? null : value.apply(blank.name());
            if (other != null) {
                filled.put(blank.name(), other);
            }
        }
        String wanted = begun.toLowerCase(Locale.ROOT);
        return choices.of(command, option, filled).stream()
                .filter(choice -> choice.toLowerCase(Locale.ROOT).contains(wanted) && !isLong(choice))
                .limit(MOST_CHOICES)
                .toList();
    }

    /** Something that is the same for two commands exactly where Discord would show them the same. */
    static Object comparable(Object json) {
        if (json instanceof Map<?, ?> map) {
            Map<String, Object> sorted = new TreeMap<>();
            map.forEach((key, value) -> {
                if (!isNothing(value)) {
                    sorted.put(String.valueOf(key), comparable(value));
                }
            });
            return sorted;
        }
        if (json instanceof List<?> list) {
            List<Object> all = new ArrayList<>();
            list.forEach(each -> all.add(comparable(each)));
            boolean plain = all.stream().noneMatch(each -> each instanceof Map);
            return plain ? all.stream().map(String::valueOf).sorted().toList() : all;
        }
        return String.valueOf(json);
    }

    private static boolean isNothing(@Nullable Object value) {
        return value == null
                || value.equals(false)
                || (value instanceof Map<?, ?> map && map.isEmpty())
                || (value instanceof List<?> list && list.isEmpty());
    }
}
