package loci.app;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import loci.app.config.LociConfig;
import loci.app.config.Packaged;

/**
 * The manifest of Loci's app on Slack as the configuration would have it: the packaged one, line by line, so that its comments stay. Pure.
 *
 * @see <a href="https://docs.slack.dev/reference/app-manifest">Slack's app manifest</a>
 */
final class SlackManifest {

    /** Where on Loci's address Slack sends everything. */
    static final String PATH = "/slack/events";

    private static final Pattern COMMAND = Pattern.compile("(\\s+- command: )(/\\S+)");
    private static final String EVENTS = "  event_subscriptions:";
    private static final String INTERACTIVITY = "  interactivity:";
    private static final String SOCKET_MODE = "  socket_mode_enabled: true";

    private SlackManifest() {}

    /**
     * Returns it.
     *
     * @param address where Slack is to send its requests, or empty for Socket Mode
     */
    static String text(LociConfig.Slack slack, Optional<URI> address) {
        StringBuilder text = new StringBuilder();
        Optional<String> url = address.map(SlackManifest::requests);
        Packaged.slackManifest().lines().forEach(line -> {
            var command = COMMAND.matcher(line);
            if (command.matches()) {
                text.append(command.group(1))
                        .append(named(command.group(2), slack))
                        .append('\n');
                url.ifPresent(at -> text.append("      url: ").append(at).append('\n'));
            } else if (url.isPresent() && line.equals(SOCKET_MODE)) {
                text.append("  socket_mode_enabled: false\n");
            } else {
                text.append(line).append('\n');
                if (url.isPresent() && List.of(EVENTS, INTERACTIVITY).contains(line)) {
                    text.append("    request_url: ").append(url.get()).append('\n');
                }
            }
        });
        return text.toString();
    }

    /** Where Slack sends its requests. */
    static String requests(URI address) {
        String text = address.toString();
        return (text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + PATH;
    }

    private static String named(String packaged, LociConfig.Slack slack) {
        return switch (packaged) {
            case "/forget" -> slack.forgetCommand();
            case "/summary" -> slack.summaryCommand();
            case "/loci" -> slack.lociCommand();
            default -> throw new IllegalStateException("the packaged manifest has a command " + packaged);
        };
    }
}
