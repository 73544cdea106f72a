/**
 * Chat on Discord through JDA: what arrives at the gateway becomes an event, a reply becomes messages, and a command an
 * interaction that is acknowledged within Discord's three seconds. Nothing of JDA's leaves this package.
 */
@NullMarked
package loci.discord;

import org.jspecify.annotations.NullMarked;
