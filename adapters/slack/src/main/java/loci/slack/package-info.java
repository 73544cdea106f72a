/**
 * Slack: events, commands and interactions become {@link loci.chat.ChatEvent}s, replies become messages, by slack-bolt.
 */
@NullMarked
package loci.slack;

import org.jspecify.annotations.NullMarked;
