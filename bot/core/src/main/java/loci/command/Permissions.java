package loci.command;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import loci.chat.Caller;
import loci.chat.Standing;

/**
 * Who may do what, where a platform lets them run the command at all. Immutable.
 *
 * @param allowed for each action who may do it; {@link Action#OWN} is everybody's
 */
public record Permissions(Map<Action, Allowed> allowed) {

    /** Who may. */
    public enum Allowed {
        EVERYONE,
        ADMINS,
        NOBODY;

        /** The name by which the configuration and {@code /settings} know it. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A channel's own choice is kept under this, followed by the action. */
    static final String SETTING = "may.";

    public Permissions {
        Map<Action, Allowed> all = new EnumMap<>(byDefault());
        all.putAll(allowed);
        all.put(Action.OWN, Allowed.EVERYONE);
        allowed = Map.copyOf(all);
    }

    public static Map<Action, Allowed> byDefault() {
        return Map.of(
                Action.READ, Allowed.EVERYONE,
                Action.OWN, Allowed.EVERYONE,
                Action.FORGET, Allowed.ADMINS,
                Action.REMEMBER, Allowed.EVERYONE,
                Action.SETTINGS, Allowed.ADMINS,
                Action.EXPORT, Allowed.ADMINS);
    }

    /**
     * Returns who may do something in a channel.
     *
     * @param settings what was set for the channel, which can only narrow what the configuration allows
     */
    Allowed who(Action action, Map<String, String> settings) {
        Allowed configured = allowed.getOrDefault(action, Allowed.NOBODY);
        String chosen = settings.getOrDefault(SETTING + action.key(), configured.key());
        for (Allowed here : Allowed.values()) {
            if (here.key().equals(chosen) && here.compareTo(configured) > 0 && action != Action.OWN) {
                return here;
            }
        }
        return configured;
    }

    boolean may(Caller caller, Action action, Map<String, String> settings) {
        return switch (who(action, settings)) {
            case EVERYONE -> true;
            case ADMINS -> caller.standing() == Standing.ADMIN;
            case NOBODY -> false;
        };
    }
}
