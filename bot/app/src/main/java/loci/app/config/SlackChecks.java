package loci.app.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import loci.app.config.LociConfig.HeldSecret;

/**
 * Checks what of Slack can be seen without asking it: that each secret is of the kind its variable is for, and that no command has
 * two meanings. Pure.
 *
 * @see <a href="https://docs.slack.dev/authentication/tokens">Slack's tokens and what they begin with</a>
 */
final class SlackChecks {

    private static final String BOT = "xoxb-";
    private static final String APP = "xapp-";

    private SlackChecks() {}

    static void check(Values values, Secrets secrets, List<Problem> problems) {
        HeldSecret bot = secrets.held().get(SecretName.SLACK_BOT_TOKEN.name());
        if (bot != null && !bot.secret().reveal().startsWith(BOT)) {
            problems.add(new Problem(
                    bot.variable(),
                    "the bot's token on Slack begins with xoxb-, but this is " + kind(bot),
                    "Copy the Bot User OAuth Token, under Install App in the app's settings."));
        }
        HeldSecret app = secrets.held().get(SecretName.SLACK_APP_TOKEN.name());
        if (app != null && !app.secret().reveal().startsWith(APP)) {
            problems.add(new Problem(
                    app.variable(),
                    "an app-level token of Slack begins with xapp-, but this is " + kind(app),
                    "Generate one with the scope connections:write, under Basic Information in the app's settings."));
        }
        HeldSecret signing = secrets.held().get(SecretName.SLACK_SIGNING_SECRET.name());
        if (signing != null && isToken(signing)) {
            problems.add(new Problem(
                    signing.variable(),
                    "Slack's signing secret is no token, but this is " + kind(signing),
                    "Copy the Signing Secret, under Basic Information in the app's settings."));
        }
        commands(values, problems);
    }

    private static boolean isToken(HeldSecret held) {
        String text = held.secret().reveal();
        return text.startsWith("xox") || text.startsWith(APP);
    }

    private static String kind(HeldSecret held) {
        String text = held.secret().reveal();
        if (text.startsWith("xoxe")) {
            return "one that expires: switch token rotation off";
        }
        return text.startsWith(BOT)
                ? "the bot's token (SLACK_BOT_TOKEN)"
                : text.startsWith(APP)
                        ? "an app-level token (SLACK_APP_TOKEN)"
                        : text.startsWith("xoxp-") ? "a person's token" : "another text";
    }

    private static void commands(Values values, List<Problem> problems) {
        Map<String, Key<String>> taken = new LinkedHashMap<>();
        for (Key<String> key : List.of(Key.SLACK_FORGET_COMMAND, Key.SLACK_SUMMARY_COMMAND, Key.SLACK_LOCI_COMMAND)) {
            values.find(key).ifPresent(name -> {
                Key<String> other = taken.putIfAbsent(name, key);
                if (other != null) {
                    Key<?> set = values.origin(key) instanceof Origin.Default ? other : key;
                    problems.add(new Problem(
                            values.origin(set).place(),
                            other.path() + " and " + key.path() + " are both " + name,
                            "Give one of them another name, here and in the app's settings."));
                }
            });
        }
    }
}
