/**
 * What platforms carry, in Loci's words: conversations, authors, events, replies, and the two ports between a platform and the
 * engine. A platform adapter turns what it receives into a {@link loci.chat.ChatEvent} for the {@link loci.chat.Inbox}; the
 * engine answers through {@link loci.chat.ChatPlatform}. Nothing here knows how anything is stored or thought about.
 */
@NullMarked
package loci.chat;

import org.jspecify.annotations.NullMarked;
