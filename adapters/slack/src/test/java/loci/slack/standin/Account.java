package loci.slack.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An account of a workspace, as Slack knows it: a person's, or a bot's. */
public final class Account {
    private final String id;
    private final String name;
    private final @Nullable String botId;
    private String displayName;
    private String realName;
    private String team = "";
    private String locale = "en-US";
    private boolean admin;
    private boolean guest;
    private boolean stranger;
    private boolean deactivated;

    Account(String id, String name, @Nullable String botId) {
        this.id = id;
        this.name = name;
        this.botId = botId;
        this.displayName = name;
        this.realName = name;
    }

    public String id() {
        return id;
    }

    /** The handle, by which a test types {@code @name}. */
    public String name() {
        return name;
    }

    public String displayName() {
        return displayName;
    }

    public boolean isBot() {
        return botId != null;
    }

    /** How a message names this account so that it is mentioned. */
    public String mention() {
        return "<@" + id + ">";
    }

    // ---- for the stand-in itself, under the world's lock

    /** The B… id of a bot. */
    String botId() {
        return Objects.requireNonNull(botId, "not a bot");
    }

    String team() {
        return team;
    }

    boolean stranger() {
        return stranger;
    }

    void joinedTeam(String newTeam) {
        team = newTeam;
    }

    void named(String newDisplayName, String newRealName) {
        displayName = newDisplayName;
        realName = newRealName;
    }

    void speaks(String newLocale) {
        locale = newLocale;
    }

    String locale() {
        return locale;
    }

    void markAdmin() {
        admin = true;
    }

    void markGuest() {
        guest = true;
    }

    void markStranger() {
        stranger = true;
    }

    void markDeactivated() {
        deactivated = true;
    }

    /** The user object. */
    ObjectNode shape() {
        ObjectNode user = World.json()
                .put("id", id)
                .put("team_id", team)
                .put("name", name)
                .put("deleted", deactivated)
                .put("real_name", realName)
                .put("tz", "Europe/Berlin")
                .put("tz_offset", 3600)
                .put("is_admin", admin)
                .put("is_owner", false)
                .put("is_restricted", guest)
                .put("is_ultra_restricted", false)
                .put("is_bot", isBot())
                .put("is_app_user", false)
                .put("is_stranger", stranger)
                .put("updated", 1_700_000_000);
        ObjectNode profile = user.putObject("profile")
                .put("display_name", displayName)
                .put("display_name_normalized", displayName)
                .put("real_name", realName)
                .put("real_name_normalized", realName)
                .put("team", team);
        if (botId != null) {
            profile.put("bot_id", botId).put("api_app_id", World.APP_ID);
        }
        return user;
    }

    @Override
    public String toString() {
        return name;
    }
}
