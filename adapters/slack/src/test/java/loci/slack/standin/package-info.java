/**
 * A stand-in of Slack for tests: a local server that speaks the Web API, Socket Mode and signed HTTP requests truthfully enough that
 * the real bolt and the real client run against it unchanged. One lock guards the whole world, so events leave in the order in which
 * things happened; its clock stands still until a test moves it.
 *
 * <ul>
 *   <li>{@link loci.slack.standin.SlackServer} is the door: {@code apiUrl()}, {@code botToken()}, {@code appToken()}, {@code bot()},
 *       {@code workspace(name)}, {@code socket()}, {@code deliversTo(url, secret)}, {@code faults()}, {@code calls(method)},
 *       {@code violations()}, {@code withoutScopes(...)}, {@code refusesTokens(error)}, {@code uninstallsApp()}, {@code advance(...)},
 *       {@code awaits(...)}, {@code statuses(thread)}.
 *   <li>{@link loci.slack.standin.Workspace}: {@code channel(name)}, {@code privateChannel(...)}, {@code group(...)},
 *       {@code member(name)}, {@code admin}, {@code guest}, {@code stranger}, {@code otherBot}.
 *   <li>{@link loci.slack.standin.Person}: {@code says}, {@code repliesInThread}, {@code whispers}, {@code uploads}, {@code edits},
 *       {@code deletes}, {@code runs(channel, "/command text")}, {@code presses(button)}, {@code submits(values)},
 *       {@code usesShortcut}, {@code opensHome}, {@code assistant().opens(channel)}, {@code in(channel).archives()}; and what they see:
 *       {@code sees}, {@code awaits}, {@code awaitsReplyTo}, {@code whisperedTo}, {@code home}, {@code modal}.
 *   <li>{@link loci.slack.standin.Message}, {@link loci.slack.standin.Interaction}, {@link loci.slack.standin.View}: what came of it.
 *   <li>{@link loci.slack.standin.SocketMode}: {@code drops}, {@code closes}, {@code asksToReconnect}, {@code warns},
 *       {@code disablesLink}, {@code redeliversUnacknowledged}, {@code redeliversAcknowledged}.
 *   <li>{@link loci.slack.standin.Faults}: {@code next(n, "chat.postMessage").answers(429, wait)}, {@code fails}, {@code isCutBefore},
 *       {@code isCutAfter}, {@code hangs}; {@code "files"} and {@code "response_url"} stand for what is no method.
 * </ul>
 *
 * In a typed text {@code @loci}, {@code @ada}, {@code @here} and {@code #general} become Slack's mentions. A mention of the bot arrives
 * as {@code message} and as {@code app_mention}. Events come where the bot is a member and has the scope for them. Inside,
 * {@code *Methods} answer calls, {@code *Shapes} write objects, and {@link loci.slack.standin.World} holds what is so.
 */
@NullMarked
package loci.slack.standin;

import org.jspecify.annotations.NullMarked;
