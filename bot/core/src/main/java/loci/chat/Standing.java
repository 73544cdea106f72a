package loci.chat;

/** What a person is to a place, as its platform says. */
public enum Standing {
    /** Takes part. */
    MEMBER,
    /** May manage the place: a server's or workspace's administrator, a channel's manager, the person at one's own terminal. */
    ADMIN
}
