package loci.discord.standin;

import java.util.List;

/** Whom a message notifies. */
public record Pings(List<Account> accounts, List<Role> roles, boolean everyone) {
    static final Pings NONE = new Pings(List.of(), List.of(), false);

    /** Whether it notifies nobody. */
    public boolean none() {
        return accounts.isEmpty() && roles.isEmpty() && !everyone;
    }

    boolean names(Account account) {
        return accounts.contains(account);
    }
}
