package loci.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import loci.chat.CommandAnswer;
import loci.memory.ConversationStore;
import loci.prompt.Strategies;
import loci.prompt.Strategy;

/** {@code /settings}: what holds for this channel, and where it differs from the operator's configuration. */
final class Settings implements Command {

    private static final String DEFAULT = "default";

    private final ConversationStore store;
    private final List<Setting> settings;

    /**
     * Something that can be set for a channel.
     *
     * @param values what it can be
     * @param current what it is, where these things were set
     */
    private record Setting(String name, List<String> values, Function<Map<String, String>, String> current) {}

    Settings(ConversationStore store, Strategies strategies, Permissions permissions) {
        this.store = store;
        List<Setting> all = new ArrayList<>();
        all.add(new Setting(
                Strategies.SETTING,
                strategies.all().stream().map(Strategy::name).toList(),
                chosen -> strategies.chosen(chosen).name()));
        for (Action action : Action.values()) {
            if (action != Action.OWN) {
                all.add(new Setting(
                        Permissions.SETTING + action.key(),
                        // A channel in which nobody may change anything could never be changed back.
                        Arrays.stream(Permissions.Allowed.values())
                                .filter(who -> action != Action.SETTINGS || who != Permissions.Allowed.NOBODY)
                                .filter(who -> who.compareTo(permissions.who(action, Map.of())) >= 0)
                                .map(Permissions.Allowed::key)
                                .toList(),
                        chosen -> permissions.who(action, chosen).key()));
            }
        }
        this.settings = List.copyOf(all);
    }

    @Override
    public String name() {
        return "settings";
    }

    @Override
    public List<Form> forms() {
        return List.of(new Form("", "settings.show"), new Form("strategy window", "settings.set"));
    }

    @Override
    public Action action(String arguments) {
        return arguments.isBlank() ? Action.READ : Action.SETTINGS;
    }

    @Override
    public CommandAnswer run(Invocation invocation) {
        List<String> words =
                List.of(invocation.arguments().toLowerCase(Locale.ROOT).split("\\s+", -1));
        if (words.equals(List.of(""))) {
            return CommandAnswer.of(settings.stream()
                    .map(setting -> describe(setting, invocation))
                    .collect(Collectors.joining("\n")));
        }
        Optional<Setting> named = settings.stream()
                .filter(setting -> setting.name().equals(words.getFirst()))
                .findFirst();
        if (named.isEmpty()) {
            return invocation.answer(
                    "settings.unknown",
                    quoted(settings.stream().map(Setting::name).toList()));
        }
        Setting setting = named.get();
        if (words.size() == 1) {
            return CommandAnswer.of(describe(setting, invocation));
        }
        String value = words.get(1);
        boolean back = value.equals(DEFAULT);
        if (words.size() > 2 || (!back && !setting.values().contains(value))) {
            return invocation.answer("settings.badValue", setting.name(), quoted(setting.values()));
        }
        store.set(invocation.conversation(), setting.name(), back ? Optional.empty() : Optional.of(value));
        return invocation.answer("settings.done", describe(setting, invocation));
    }

    private String describe(Setting setting, Invocation invocation) {
        Map<String, String> chosen = store.settings(invocation.conversation());
        String line = invocation.text(
                "settings.line", setting.name(), setting.current().apply(chosen));
        return invocation.text(chosen.containsKey(setting.name()) ? "settings.here" : "settings.operator", line);
    }

    private static String quoted(List<String> names) {
        return names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    }
}
