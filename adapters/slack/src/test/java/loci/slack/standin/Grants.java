package loci.slack.standin;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the bot's tokens are good for. */
final class Grants {
    static final List<String> ALL = List.of(
            "app_mentions:read",
            "assistant:write",
            "channels:history",
            "channels:read",
            "chat:write",
            "commands",
            "files:read",
            "files:write",
            "groups:history",
            "groups:read",
            "im:history",
            "im:read",
            "im:write",
            "mpim:history",
            "mpim:read",
            "mpim:write",
            "reactions:read",
            "reactions:write",
            "team:read",
            "usergroups:read",
            "users:read");

    private final Set<String> scopes = new LinkedHashSet<>(ALL);
    private @Nullable String tokenTrouble;
    private boolean organisationWide;

    boolean has(String scope) {
        return scopes.contains(scope);
    }

    void narrow(List<String> taken) {
        scopes.removeAll(taken);
    }

    String all() {
        return String.join(",", scopes);
    }

    /** From now on the tokens are refused so; null: they are good. */
    void refuse(@Nullable String error) {
        tokenTrouble = error;
    }

    @Nullable
    String tokenTrouble() {
        return tokenTrouble;
    }

    void widen() {
        organisationWide = true;
    }

    boolean organisationWide() {
        return organisationWide;
    }

    /** Refuses a call that lacks a scope. */
    void need(String scope) {
        if (!has(scope)) {
            throw new Refusal("missing_scope").with("needed", scope).with("provided", all());
        }
    }
}
