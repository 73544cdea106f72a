package loci.discord.standin;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;

/** An account inside a guild. */
final class Member {
    private final Account account;
    private final Instant joined;
    private final Set<Long> roles = new LinkedHashSet<>();

    Member(Account account, Instant joined) {
        this.account = account;
        this.joined = joined;
    }

    Account account() {
        return account;
    }

    Instant joined() {
        return joined;
    }

    Set<Long> roles() {
        return roles;
    }
}
