package loci.slack.standin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Who is who: {@code auth.test}, {@code users.info}, {@code team.info}, {@code bots.info}, {@code usergroups.list}. */
final class PeopleMethods {
    private final World world;
    private final Lookup lookup;

    PeopleMethods(World world, Lookup lookup) {
        this.world = world;
        this.lookup = lookup;
    }

    void register(Map<String, WebApi.Method> methods) {
        methods.put("auth.test", this::self);
        methods.put("users.info", this::user);
        methods.put("team.info", this::team);
        methods.put("bots.info", this::bot);
        methods.put("usergroups.list", this::groups);
    }

    private ObjectNode self(Call call) {
        if (call.token().equals(WebApi.APP_TOKEN)) {
            return World.json().put("app_name", "Loci").put("app_id", World.APP_ID);
        }
        Workspace home = world.home();
        return World.json()
                .put("url", world.base() + "/")
                .put("team", home.name())
                .put("user", world.bot().name())
                .put("team_id", home.id())
                .put("user_id", world.bot().id())
                .put("bot_id", world.bot().botId())
                .put("is_enterprise_install", world.grants().organisationWide());
    }

    private ObjectNode user(Call call) {
        world.grants().need("users:read");
        ObjectNode answer = World.json();
        Account who = lookup.account(call.required("user"));
        ObjectNode user = who.shape();
        if (call.flag("include_locale")) {
            user.put("locale", who.locale());
        }
        answer.set("user", user);
        return answer;
    }

    private ObjectNode team(Call call) {
        world.grants().need("team:read");
        String wanted = call.has("team") ? call.text("team") : world.home().id();
        Workspace found = world.workspaces().stream()
                .filter(one -> one.id().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new Refusal("team_not_found"));
        ObjectNode answer = World.json();
        answer.putObject("team")
                .put("id", found.id())
                .put("name", found.name())
                .put("domain", found.name().toLowerCase(java.util.Locale.ROOT))
                .put("url", world.base() + "/");
        return answer;
    }

    private ObjectNode bot(Call call) {
        world.grants().need("users:read");
        Account found = world.accounts().values().stream()
                .filter(one -> one.isBot() && one.botId().equals(call.text("bot")))
                .findFirst()
                .orElseThrow(() -> new Refusal("bot_not_found"));
        ObjectNode answer = World.json();
        answer.putObject("bot")
                .put("id", found.botId())
                .put("deleted", false)
                .put("name", found.name())
                .put(
                        "app_id",
                        found.equals(world.bot())
                                ? World.APP_ID
                                : "A" + found.botId().substring(1))
                .put("user_id", found.id());
        return answer;
    }

    private ObjectNode groups(Call call) {
        world.grants().need("usergroups:read");
        ObjectNode answer = World.json();
        ArrayNode groups = answer.putArray("usergroups");
        world.home()
                .groups()
                .forEach((handle, id) -> groups.addObject()
                        .put("id", id)
                        .put("team_id", world.home().id())
                        .put("is_usergroup", true)
                        .put("name", handle)
                        .put("handle", handle));
        return answer;
    }
}
