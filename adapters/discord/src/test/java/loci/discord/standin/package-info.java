/**
 * A stand-in of Discord for tests: a local server that speaks API v10, REST and gateway, truthfully enough that the real JDA runs
 * against it unchanged. {@link loci.discord.standin.DiscordServer} is the door; {@link loci.discord.standin.Person},
 * {@link loci.discord.standin.Guild} and {@link loci.discord.standin.Channel} are what a test drives, in words that read like chat;
 * {@link loci.discord.standin.World} holds what is so, {@code Rest*} and {@code *Routes} answer HTTP, {@code Gateway*} sends events.
 * One lock guards the whole world, so events leave in the order in which things happened.
 */
@NullMarked
package loci.discord.standin;

import org.jspecify.annotations.NullMarked;
