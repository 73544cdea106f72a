package loci.discord.standin;

import java.util.List;

/** The bot itself, other accounts, and direct conversations. */
final class UserRoutes {
    private final World world;

    UserRoutes(World world) {
        this.world = world;
    }

    void addTo(Routes routes) {
        routes.on("GET", "/users/@me", (request, none) -> Answer.ok(Shapes.self(world.bot())))
                .on("GET", "/users/*", this::user)
                .on("POST", "/users/@me/channels", this::openDirect)
                .on("DELETE", "/users/@me/guilds/*", this::leaveGuild)
                .on("GET", "/applications/@me", (request, none) -> application())
                .on("GET", "/oauth2/applications/@me", (request, none) -> application());
    }

    private Answer application() {
        return Answer.ok(Shapes.application(world.bot(), world.person("maker").account()));
    }

    private Answer user(Request request, List<String> at) {
        Account account = world.accounts().get(Places.id(at.get(0)));
        if (account == null) {
            throw new ApiError(404, 10013, "Unknown User");
        }
        return Answer.ok(Shapes.user(account));
    }

    private Answer openDirect(Request request, List<String> none) {
        Account with = world.accounts().get(request.body().path("recipient_id").asLong());
        if (with == null) {
            throw ApiError.form("recipient_id", "INVALID_RECIPIENT", "Invalid Recipient(s)");
        }
        if (with.bot()) {
            throw new ApiError(400, 50007, "Cannot send messages to this user");
        }
        return Answer.ok(ChannelShapes.channel(world.places().direct(with)));
    }

    private Answer leaveGuild(Request request, List<String> at) {
        new Places(world).guild(at.get(0)).removesBot();
        return Answer.NOTHING;
    }
}
