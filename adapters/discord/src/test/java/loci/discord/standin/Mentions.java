package loci.discord.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns names into mentions as a client does, and finds whom a text notifies as Discord's server does. */
final class Mentions {
    private static final Pattern USER = Pattern.compile("<@!?(\\d+)>");
    private static final Pattern ROLE = Pattern.compile("<@&(\\d+)>");
    private static final Pattern EVERYONE = Pattern.compile("@(everyone|here)\\b");
    private static final Pattern NAME = Pattern.compile("(?<![\\w<])@([\\w-]+)");
    private static final Pattern CHANNEL_NAME = Pattern.compile("(?<![\\w<])#([\\w-]+)");

    private static final Pattern CODE = Pattern.compile("(`+)(?!`).*?(?<!`)\\1(?!`)", Pattern.DOTALL);

    private Mentions() {}

    /** What a client sends when a person types this: {@code @name} and {@code #channel} become mentions where such exist. */
    static String typed(Channel channel, String text) {
        String named = NAME.matcher(text)
                .replaceAll(at -> Matcher.quoteReplacement(mentionOf(channel, at.group(1), at.group())));
        Guild guild = channel.guildOrNull();
        if (guild == null) {
            return named;
        }
        return CHANNEL_NAME
                .matcher(named)
                .replaceAll(at -> Matcher.quoteReplacement(guild.channels().stream()
                        .filter(one -> one.name().equals(at.group(1)))
                        .findFirst()
                        .map(Channel::mention)
                        .orElse(at.group())));
    }

    private static String mentionOf(Channel channel, String name, String otherwise) {
        Guild guild = channel.guildOrNull();
        Stream<Account> reachable = guild == null
                ? channel.inside().stream()
                : guild.members().values().stream().map(Member::account);
        Stream<String> roles = guild == null
                ? Stream.of()
                : guild.roles().values().stream()
                        .filter(role -> role.name().equals(name) && role.id() != guild.id() && !role.managed())
                        .map(Role::mention);
        return Stream.concat(reachable.filter(one -> one.name().equals(name)).map(Account::mention), roles)
                .findFirst()
                .orElse(otherwise);
    }

    /** The text as a client shows it. */
    static String shown(World world, Message message) {
        String users = USER.matcher(message.text()).replaceAll(at -> {
            Account account = world.accounts().get(Long.parseLong(at.group(1)));
            return Matcher.quoteReplacement(account == null ? "@unknown-user" : "@" + account.name());
        });
        Guild guild = message.channel().guildOrNull();
        return ROLE.matcher(users).replaceAll(at -> {
            Role role = guild == null ? null : guild.roles().get(Long.parseLong(at.group(1)));
            return Matcher.quoteReplacement(role == null ? "@unknown-role" : "@" + role.name());
        });
    }

    /** Whom this text notifies, given what its sender allows; absent, everything is allowed, as at Discord. */
    static Pings pings(
            World world,
            Channel channel,
            Account author,
            String content,
            @Nullable JsonNode allowed,
            @Nullable Message to) {
        String text = CODE.matcher(content).replaceAll(" ");
        Set<Account> accounts = new LinkedHashSet<>();
        for (long id : ids(USER, text)) {
            Account account = world.accounts().get(id);
            if (account != null && allows(allowed, "users", id)) {
                accounts.add(account);
            }
        }
        boolean repliedUser = allowed == null || allowed.path("replied_user").asBoolean();
        if (to != null && repliedUser) {
            accounts.add(to.author());
        }
        Guild guild = channel.guildOrNull();
        if (guild == null) {
            return new Pings(List.copyOf(accounts), List.of(), false);
        }
        boolean all = Permission.MENTION_EVERYONE.in(Permission.of(author, channel));
        List<Role> roles = new ArrayList<>();
        for (long id : ids(ROLE, text)) {
            Role role = guild.roles().get(id);
            if (role != null && (all || role.mentionable()) && allows(allowed, "roles", id)) {
                roles.add(role);
            }
        }
        boolean everyone = all && EVERYONE.matcher(text).find() && parses(allowed, "everyone");
        return new Pings(List.copyOf(accounts), List.copyOf(roles), everyone);
    }

    private static Set<Long> ids(Pattern pattern, String text) {
        Set<Long> found = new LinkedHashSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find() && matcher.group(1).length() < 20) {
            found.add(Long.parseUnsignedLong(matcher.group(1)));
        }
        return found;
    }

    private static boolean allows(@Nullable JsonNode allowed, String kind, long id) {
        if (parses(allowed, kind)) {
            return true;
        }
        for (JsonNode one : allowed == null ? List.<JsonNode>of() : allowed.path(kind)) {
            if (one.asText().equals(Long.toString(id))) {
                return true;
            }
        }
        return false;
    }

    private static boolean parses(@Nullable JsonNode allowed, String kind) {
        if (allowed == null) {
            return true;
        }
        for (JsonNode one : allowed.path("parse")) {
            if (one.asText().equals(kind)) {
                return true;
            }
        }
        return false;
    }
}
