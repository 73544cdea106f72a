package loci.discord;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import loci.command.CommandDescription;
import loci.command.Commands;
import loci.command.MessageCommand;
import loci.command.QuestionForm;
import net.dv8tion.jda.api.interactions.DiscordLocale;

/**
 * What Discord is to offer people, in English and in the languages that Discord knows and we do. Immutable.
 *
 * @param commands in English
 * @param translated the same commands, in the same order, by language
 * @param picks what can be done with a message
 * @param questionForm what somebody is shown who is to write a question about a message, by their language
 */
record Offer(
        List<CommandDescription> commands,
        Map<DiscordLocale, List<CommandDescription>> translated,
        List<Pick> picks,
        Function<Locale, QuestionForm> questionForm) {

    private static final Map<DiscordLocale, Locale> LANGUAGES = Map.of(DiscordLocale.GERMAN, Locale.GERMAN);

    Offer {
        commands = List.copyOf(commands);
        translated = Map.copyOf(translated);
        picks = List.copyOf(picks);
    }

    /**
     * Something that can be done with a message.
     *
     * @param name in English
     * @param translated its name in other languages
     */
    record Pick(MessageCommand command, String name, Map<DiscordLocale, String> translated) {

        Pick {
            translated = Map.copyOf(translated);
        }
    }

    /** All that there is. */
    static Offer of(Commands commands) {
        Map<DiscordLocale, List<CommandDescription>> translated = new EnumMap<>(DiscordLocale.class);
        LANGUAGES.forEach((discord, locale) -> translated.put(discord, commands.descriptions(locale)));
        List<Pick> picks = new ArrayList<>();
        for (MessageCommand command : MessageCommand.values()) {
            Map<DiscordLocale, String> names = new EnumMap<>(DiscordLocale.class);
            LANGUAGES.forEach((discord, locale) -> names.put(discord, commands.name(command, locale)));
            picks.add(new Pick(command, commands.name(command, Locale.ROOT), names));
        }
        return new Offer(commands.descriptions(Locale.ROOT), translated, picks, commands::questionForm);
    }

    /** These commands in English, and nothing else. */
    static Offer of(List<CommandDescription> commands) {
        return new Offer(commands, Map.of(), List.of(), locale -> new QuestionForm("", "", ""));
    }
}
