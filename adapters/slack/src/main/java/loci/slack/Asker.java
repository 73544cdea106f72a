package loci.slack;

/**
 * Who asked, as a stream has to be told.
 *
 * @param team the workspace that the person belongs to
 */
record Asker(String user, String team) {}
