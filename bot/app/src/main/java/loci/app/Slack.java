package loci.app;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import loci.app.cli.CheckRunner.Finding;
import loci.app.cli.CheckRunner.State;
import loci.app.cli.ServeRunner;
import loci.app.cli.SetupRunner.Guide;
import loci.app.config.LociConfig;
import loci.app.config.LociConfig.Slack.Http;
import loci.app.config.Secret;
import loci.app.config.SecretName;
import loci.command.Commands;
import loci.slack.SlackConnection.Connected;
import loci.slack.SlackConnection.Refused;
import loci.slack.SlackConnection.Unreachable;
import loci.slack.SlackNeeds;
import loci.slack.SlackPlatform;
import loci.slack.SlackSettings;
import loci.slack.SlackSettings.Pace;
import loci.slack.SlackTrial;
import loci.slack.SlackTrial.Found;

/** Slack as the configuration describes it. */
final class Slack {

    private static final String APPS = "https://api.slack.com/apps";
    private static final int CHANNELS_SHOWN = 10;

    private Slack() {}

    /** Whether any of Slack's secrets is set: then the bot is meant to be there. */
    static boolean isWanted(LociConfig config) {
        return config.secret(SecretName.SLACK_BOT_TOKEN) != null || config.secret(SecretName.SLACK_APP_TOKEN) != null;
    }

    /** How to be there, where the bot is meant to be. */
    static Optional<Entry> entry(LociConfig config) {
        return isWanted(config) ? Optional.of(commands -> enter(config, commands)) : Optional.empty();
    }

    private static Entry.Outcome enter(LociConfig config, Commands commands) {
        Optional<String> lacking = lacking(config);
        if (lacking.isPresent()) {
            return new Entry.Out("Slack: " + lacking.get() + "; loci setup slack explains it");
        }
        return switch (SlackPlatform.connect(settings(config), commands, InstantSource.system())) {
            case Connected(SlackPlatform platform) ->
                new Entry.In(platform, new ServeRunner.Place("Slack", serving(platform, config), platform::awaitEnd));
            case Refused(String reason) -> new Entry.Out(reason);
            case Unreachable(String reason) -> new Entry.Out(reason);
        };
    }

    private static SlackSettings settings(LociConfig config) {
        LociConfig.Slack slack = config.slack();
        Http http = slack.http();
        return new SlackSettings(
                revealed(config, SecretName.SLACK_BOT_TOKEN),
                http == null ? revealed(config, SecretName.SLACK_APP_TOKEN) : null,
                http == null ? null : revealed(config, SecretName.SLACK_SIGNING_SECRET),
                apiUrl(slack),
                http == null ? null : new SlackSettings.Http(http.address(), http.port()),
                slack.replyInThread(),
                slack.answerMissed(),
                Pace.DEFAULT,
                new SlackSettings.Slashes(slack.forgetCommand(), slack.summaryCommand(), slack.lociCommand()),
                slack.adminChannel());
    }

    private static List<String> serving(SlackPlatform platform, LociConfig config) {
        Http http = config.slack().http();
        return List.of("serving Slack as " + platform.bot() + " in the workspace " + platform.workspace()
                + (http == null
                        ? ""
                        : ", by requests to " + SlackManifest.PATH + " at " + http.address() + ":" + http.port())
                + "; take it into a channel with /invite @" + platform.bot());
    }

    /** What is missing before Slack can be asked at all, in one sentence; empty where nothing is. */
    static Optional<String> lacking(LociConfig config) {
        boolean isHttp = config.slack().http() != null;
        if (config.secret(SecretName.SLACK_BOT_TOKEN) == null) {
            return Optional.of(
                    "SLACK_BOT_TOKEN is not set; it is the Bot User OAuth Token (xoxb-…), under Install App");
        }
        if (!isHttp && config.secret(SecretName.SLACK_APP_TOKEN) == null) {
            return Optional.of("SLACK_APP_TOKEN is not set; it is an app-level token (xapp-…) with the scope "
                    + SlackNeeds.APP_SCOPE + ", under Basic Information");
        }
        if (isHttp && config.secret(SecretName.SLACK_SIGNING_SECRET) == null) {
            return Optional.of(
                    "SLACK_SIGNING_SECRET is not set, and slack.mode is http; it is the Signing Secret, under"
                            + " Basic Information");
        }
        return Optional.empty();
    }

    /** Whether Slack lets the bot in so, and to do what it does; a row for each thing that is wrong. */
    static List<Finding> check(LociConfig config) {
        String part = "slack";
        Optional<String> lacking = lacking(config);
        if (lacking.isPresent()) {
            return List.of(new Finding(part, State.FAILED, lacking.get() + "; loci setup slack explains it."));
        }
        Found found = tried(config);
        List<Finding> findings = new ArrayList<>();
        if (found.works()) {
            findings.add(new Finding(part, State.OK, "lets in " + found.bot() + ", workspace " + found.workspace()));
        }
        Stream.concat(found.problems().stream(), found.untold().stream())
                .map(problem -> new Finding(part, State.FAILED, problem + "."))
                .forEach(findings::add);
        return findings;
    }

    private static Found tried(LociConfig config) {
        return SlackTrial.of(
                apiUrl(config.slack()),
                revealed(config, SecretName.SLACK_BOT_TOKEN),
                config.slack().http() == null ? revealed(config, SecretName.SLACK_APP_TOKEN) : null,
                config.slack().adminChannel(),
                Pace.DEFAULT.patience());
    }

    private static String apiUrl(LociConfig.Slack slack) {
        String url =
                slack.apiUrl() == null ? SlackSettings.SLACK : slack.apiUrl().toString();
        return url.endsWith("/") ? url : url + "/";
    }

    private static String revealed(LociConfig config, SecretName name) {
        Secret secret = config.secret(name);
        if (secret == null) {
            throw new IllegalStateException(name + " is not set");
        }
        return secret.reveal();
    }

    /** What there is to do until the bot is on Slack. */
    static Guide guide(LociConfig config) {
        List<String> lines = new ArrayList<>(steps(config.slack()));
        Optional<String> lacking = lacking(config);
        if (lacking.isPresent()) {
            lines.add("Not yet: " + lacking.get() + ". With it, run this again: the tokens are tried.");
            return new Guide(lines, false);
        }
        Found found = tried(config);
        found.problems().forEach(problem -> lines.add("Not yet: " + problem + "."));
        if (found.works()) {
            lines.add("The tokens work, with all scopes: it is " + found.bot() + " in the workspace "
                    + found.workspace() + ".");
        }
        found.channels().map(in -> channels(found.bot(), in)).ifPresent(lines::add);
        found.untold().ifPresent(why -> lines.add("Not yet: " + why + "."));
        return new Guide(lines, found.works() && found.untold().isEmpty());
    }

    private static String channels(String bot, List<String> in) {
        if (in.isEmpty()) {
            return "It is in no channel yet: write /invite @" + bot + " where it is to hear and answer.";
        }
        return "It is in "
                + in.stream().limit(CHANNELS_SHOWN).map(name -> "#" + name).collect(Collectors.joining(", "))
                + (in.size() > CHANNELS_SHOWN ? " and more" : "") + "; /invite @" + bot + " takes it into others.";
    }

    private static List<String> steps(LociConfig.Slack slack) {
        List<String> lines = new ArrayList<>(List.of(
                "Slack, step by step",
                "",
                "1. Open " + APPS
                        + ", choose Create New App, From a manifest, and your workspace; paste what this"
                        + " prints:",
                slack.http() == null
                        ? "   loci setup slack --manifest"
                        : "   loci setup slack --http https://… (where Slack reaches "
                                + slack.http().address() + ":"
                                + slack.http().port() + ", through a proxy that has the certificate)",
                "2. Under Install App choose Install to Workspace, and copy the Bot User OAuth Token (xoxb-…)."
                        + " Set it where",
                "   Loci runs, and nowhere else: SLACK_BOT_TOKEN, or SLACK_BOT_TOKEN_FILE with the name of a"
                        + " file that holds it."));
        if (slack.http() == null) {
            lines.add("3. Under Basic Information, App-Level Tokens, choose Generate Token and Scopes, add the scope "
                    + SlackNeeds.APP_SCOPE + ",");
            lines.add("   and copy the token (xapp-…). Set it the same way: SLACK_APP_TOKEN, or SLACK_APP_TOKEN_FILE.");
        } else {
            lines.add("3. Under Basic Information, App Credentials, copy the Signing Secret. Set it the same way:");
            lines.add("   SLACK_SIGNING_SECRET, or SLACK_SIGNING_SECRET_FILE. Slack looks for Loci at the address when"
                    + " you save it");
            lines.add("   under Event Subscriptions: start Loci first.");
        }
        lines.add("4. Start it with loci run, and take it into a channel with /invite @loci.");
        lines.add("");
        return lines;
    }
}
