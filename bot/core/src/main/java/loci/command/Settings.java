package loci.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import loci.chat.CommandAnswer;
import loci.memory.ConversationStore;
import loci.prompt.Personas;
import loci.prompt.Strategies;
import loci.prompt.Strategy;

/** {@code /settings}: what holds for this channel, and where it differs from the operator's configuration. */
final class Settings implements Command {

    /** What stands for the operator's choice. */
    static final String DEFAULT = "default";

    private final ConversationStore store;
    private final List<Setting> settings;

    Settings(Commands.Parts parts) {
        this.store = parts.store();
        List<Setting> all = new ArrayList<>();
        Strategies strategies = parts.strategies();
        all.add(new Setting(
                Strategies.SETTING,
                strategies.all().stream().map(Strategy::name).toList(),
                chosen -> strategies.chosen(chosen).name()));
        all.add(new Setting(
                Personas.SETTING,
                parts.personas().names(),
                chosen -> parts.personas().chosen(chosen),
                (conversation, name) -> Persona.obstacle(parts.personas(), parts.personaRoom(), conversation, name)));
        all.add(new Setting(
                ModelOffer.SETTING,
                parts.models().names(),
                chosen -> parts.models().chosen(chosen)));
        all.addAll(parts.rules().settings());
        for (Action action : Action.values()) {
            if (action != Action.OWN) {
                all.add(may(action, parts.permissions()));
            }
        }
        this.settings = List.copyOf(all);
    }

    private static Setting may(Action action, Permissions permissions) {
        return new Setting(
                Permissions.SETTING + action.key(),
                // A channel in which nobody may change anything could never be changed back.
                Arrays.stream(Permissions.Allowed.values())
                        .filter(who -> action != Action.SETTINGS || who != Permissions.Allowed.NOBODY)
                        .filter(who -> who.compareTo(permissions.who(action, Map.of())) >= 0)
                        .map(Permissions.Allowed::key)
                        .toList(),
                chosen -> permissions.who(action, chosen).key());
    }

    @Override
    public String name() {
        return "settings";
    }

    @Override
    public List<Form> forms() {
        return List.of(
                Form.bare("show", "settings.show"),
                Form.bare("set", "settings.set", Blank.choice("name", "strategy"), Blank.choice("value", "window")));
    }

    @Override
    public List<String> choices(String blank, Map<String, String> filled) {
        if (blank.equals("name")) {
            return settings.stream().map(Setting::name).toList();
        }
        List<String> values = new ArrayList<>(
                named(filled.getOrDefault("name", "")).map(Setting::values).orElse(List.of()));
        values.add(DEFAULT);
        return values;
    }

    private Optional<Setting> named(String name) {
        return settings.stream()
                .filter(setting -> setting.name().equalsIgnoreCase(name))
                .findFirst();
    }

    @Override
    public Action action(String arguments) {
        return arguments.isBlank() ? Action.READ : Action.SETTINGS;
    }

    @Override
    public CommandAnswer run(Invocation invocation) {
        List<String> words = List.of(invocation.arguments().split("\\s+", -1));
        if (words.equals(List.of(""))) {
            return CommandAnswer.of(settings.stream()
                    .map(setting -> describe(setting, invocation))
                    .collect(Collectors.joining("\n")));
        }
        Optional<Setting> named = named(words.getFirst());
        if (named.isEmpty()) {
            return invocation.answer(
                    "settings.unknown",
                    quoted(settings.stream().map(Setting::name).toList()));
        }
        Setting setting = named.get();
        if (words.size() == 1) {
            return CommandAnswer.of(describe(setting, invocation));
        }
        boolean back = words.get(1).equalsIgnoreCase(DEFAULT);
        Optional<String> value = setting.values().stream()
                .filter(one -> one.equalsIgnoreCase(words.get(1)))
                .findFirst();
        if (words.size() > 2 || (!back && value.isEmpty())) {
            return invocation.answer("settings.badValue", setting.name(), quoted(setting.values()));
        }
        Optional<String> obstacle = value.flatMap(one -> setting.obstacle().apply(invocation.conversation(), one));
        if (obstacle.isPresent()) {
            return invocation.answer(obstacle.get());
        }
        store.set(invocation.conversation(), setting.name(), back ? Optional.empty() : value);
        return invocation.answer("settings.done", describe(setting, invocation));
    }

    private String describe(Setting setting, Invocation invocation) {
        Map<String, String> chosen = store.inForce(invocation.conversation());
        String line = invocation.text(
                "settings.line", setting.name(), setting.current().apply(chosen));
        return invocation.text(chosen.containsKey(setting.name()) ? "settings.here" : "settings.operator", line);
    }

    private static String quoted(List<String> names) {
        return names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    }
}
