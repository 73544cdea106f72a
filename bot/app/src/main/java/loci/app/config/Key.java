package loci.app.config;

import static loci.app.config.Kinds.address;
import static loci.app.config.Kinds.choice;
import static loci.app.config.Kinds.command;
import static loci.app.config.Kinds.decimal;
import static loci.app.config.Kinds.discordId;
import static loci.app.config.Kinds.dollars;
import static loci.app.config.Kinds.duration;
import static loci.app.config.Kinds.line;
import static loci.app.config.Kinds.models;
import static loci.app.config.Kinds.onOff;
import static loci.app.config.Kinds.or;
import static loci.app.config.Kinds.place;
import static loci.app.config.Kinds.share;
import static loci.app.config.Kinds.slackChannel;
import static loci.app.config.Kinds.socket;
import static loci.app.config.Kinds.spaces;
import static loci.app.config.Kinds.whole;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import loci.command.ChannelRules.Listening;
import loci.command.ChannelRules.Retention;
import loci.command.ChannelRules.Threads;
import loci.command.Permissions;
import loci.engine.Admission.Listed;
import loci.prompt.NoteRole;

/**
 * A key of the configuration. {@link #ALL} is the one table from which the checks, the variables' names, {@code loci config} and
 * the README's list are made; the defaults stand in the packaged {@code loci.yaml} and nowhere else.
 *
 * @param path the segments joined with dots
 * @param kind the values it takes
 * @param meaning the one comment line of the key, without a full stop
 * @param <T> what a value becomes
 */
record Key<T>(String path, Kind<T> kind, String meaning) {

    static final Key<Optional<String>> DATA = new Key<>(
            "data",
            or(
                    "",
                    "the system's own place (~/.local/share/loci, on a Mac ~/Library/Application Support/loci)",
                    place()),
            "Directory of the conversations and the database's key");

    static final Key<String> BOT_NAME =
            new Key<>("botName", line(32), "The bot's name, as it calls itself and as the terminal shows it");
    static final Key<Optional<String>> PERSONA = new Key<>(
            "persona",
            or("", "the built-in persona", place()),
            "Text file with the instructions that stand above every prompt");

    static final Key<Optional<String>> PERSONAS = new Key<>(
            "personas",
            or("", "none", place()),
            "Directory of further personas that a channel can choose with /persona, one NAME.md each");

    static final Key<ProviderChoice> MODEL_PROVIDER = new Key<>(
            "model.provider",
            choice(ProviderChoice.class),
            "Who answers; auto is openai with a key or a baseUrl, and otherwise the offline stand-in");
    static final Key<String> MODEL_NAME =
            new Key<>("model.name", line(200), "The model, by its provider's name for it");
    static final Key<Optional<URI>> MODEL_BASE_URL = new Key<>(
            "model.baseUrl",
            or("", "OpenAI's own", address()),
            "Address of an API that speaks OpenAI's Chat Completions (also: OPENAI_BASE_URL)");
    static final Key<Duration> MODEL_CONNECT_TIMEOUT = new Key<>(
            "model.connectTimeout",
            duration(Duration.ofMillis(10), Duration.ofMinutes(5)),
            "Longest wait for a connection");
    static final Key<Duration> MODEL_READ_TIMEOUT = new Key<>(
            "model.readTimeout",
            duration(Duration.ofMillis(10), Duration.ofHours(1)),
            "Longest silence before an answer or in the middle of it");
    static final Key<Duration> MODEL_DEADLINE = new Key<>(
            "model.deadline",
            duration(Duration.ofMillis(10), Duration.ofHours(2)),
            "Longest time for one answer, with all further attempts and the waits between them");
    static final Key<Integer> MODEL_MAX_RETRIES = new Key<>(
            "model.maxRetries", whole(0, 10), "Further attempts after overload, a lost connection or silence");
    static final Key<Optional<Double>> MODEL_TEMPERATURE = new Key<>(
            "model.temperature",
            or("", "the provider's default", decimal(0, 2)),
            "How freely the model chooses its words");
    static final Key<Integer> MODEL_MAX_REPLY_TOKENS = new Key<>(
            "model.maxReplyTokens",
            whole(16, 200_000),
            "Tokens kept free in the context window for the reply, reasoning included");
    static final Key<Optional<Integer>> MODEL_CONTEXT_WINDOW = new Key<>(
            "model.contextWindow",
            or("", "what models.yaml says", whole(512, 10_000_000)),
            "The model's limit for prompt and reply together, in tokens");
    static final Key<Optional<Encoding>> MODEL_ENCODING = new Key<>(
            "model.encoding",
            or("", "what models.yaml says", choice(Encoding.class)),
            "The tokeniser the model counts with");
    static final Key<Optional<String>> MODEL_CATALOG = new Key<>(
            "model.catalog",
            or("", "the packaged models.yaml alone", place()),
            "File that describes models in the form of models.yaml, and wins over it for those it names");

    static final Key<List<NamedModel>> MODEL_FALLBACKS =
            new Key<>("model.fallbacks", models(), "Models that are asked, in this order, where the model fails");
    static final Key<List<NamedModel>> MODEL_CHOICES =
            new Key<>("model.choices", models(), "Models that a channel can choose instead, with /model");

    static final Key<StrategyName> MEMORY_STRATEGY =
            new Key<>("memory.strategy", choice(StrategyName.class), "What of a conversation the model is shown");
    static final Key<Optional<Integer>> MEMORY_WINDOW_TURNS = new Key<>(
            "memory.windowTurns",
            or("auto", "24 or compactAfterTurns, and 10 under window", whole(1, 10_000)),
            "Newest turns that are shown word for word, at most");
    static final Key<Optional<Integer>> MEMORY_COMPACT_AFTER_TURNS = new Key<>(
            "memory.compactAfterTurns",
            or("auto", "windowTurns, or 24", whole(1, 10_000)),
            "Turns in the window at which the older ones are condensed into the note");
    static final Key<Optional<Integer>> MEMORY_KEEP_TURNS = new Key<>(
            "memory.keepTurns",
            or("auto", "half of compactAfterTurns", whole(0, 9_999)),
            "Turns that condensing leaves in the window word for word");
    static final Key<Integer> MEMORY_DIGEST_TOKENS =
            new Key<>("memory.digestTokens", whole(20, 4_000), "Longest digest of a stretch of turns, in tokens");
    static final Key<Integer> MEMORY_FANOUT =
            new Key<>("memory.fanout", whole(2, 64), "Digests of one level that fold into one of the next");
    static final Key<Optional<Integer>> MEMORY_PROMPT_TOKENS = new Key<>(
            "memory.promptTokens",
            or("auto", "the smaller of 8,000 and 80 % of the context window", whole(200, 10_000_000)),
            "Largest prompt, in tokens");
    static final Key<NoteRole> MEMORY_NOTE_ROLE = new Key<>(
            "memory.noteRole", choice(NoteRole.class), "The role under which the model is shown the running note");

    static final Key<Listening> MEMORY_LISTEN = new Key<>(
            "memory.listen",
            choice(Listening.class),
            "What is remembered: messages that address the bot, or all that it can see");
    static final Key<Threads> MEMORY_THREADS = new Key<>(
            "memory.threads",
            choice(Threads.class),
            "Whether public threads share their channel's memory or each have their own");
    static final Key<Retention> MEMORY_RETENTION = new Key<>(
            "memory.retention",
            Kinds.retention(),
            "How long messages are kept that nobody pinned; a channel can choose less");

    static final Key<Optional<String>> SUMMARY_MODEL = new Key<>(
            "summary.model",
            or("", "the model that answers", line(200)),
            "The model that writes the note; a cheaper one will do");
    static final Key<Optional<URI>> SUMMARY_BASE_URL = new Key<>(
            "summary.baseUrl",
            or("", "the answering model's", address()),
            "Address of that model; its key is LOCI_SUMMARY_API_KEY");
    static final Key<Optional<Integer>> SUMMARY_CONTEXT_WINDOW = new Key<>(
            "summary.contextWindow",
            or("", "what models.yaml says", whole(512, 10_000_000)),
            "That model's limit for prompt and reply together, in tokens");

    static final Key<Permissions.Allowed> PERMISSIONS_READ = new Key<>(
            "permissions.read",
            choice(Permissions.Allowed.class),
            "Who may read what is remembered in a channel (/summary, /memory, /settings)");
    static final Key<Permissions.Allowed> PERMISSIONS_FORGET = new Key<>(
            "permissions.forget",
            choice(Permissions.Allowed.class),
            "Who may have others' messages forgotten; one's own may be forgotten by anybody");
    static final Key<Permissions.Allowed> PERMISSIONS_REMEMBER = new Key<>(
            "permissions.remember",
            choice(Permissions.Allowed.class),
            "Who may change what is always kept in mind (/remember, /pin, /memory unpin)");
    static final Key<Permissions.Allowed> PERMISSIONS_SETTINGS = new Key<>(
            "permissions.settings",
            choice(Permissions.Allowed.class),
            "Who may change what holds for a channel (/settings, /pause, /resume)");
    static final Key<Permissions.Allowed> PERMISSIONS_EXPORT = new Key<>(
            "permissions.export",
            choice(Permissions.Allowed.class),
            "Who may export what others said; one's own words may be exported by anybody");

    static final Key<Optional<BigDecimal>> BUDGET_TOTAL = new Key<>(
            "budget.total", or("", "no limit", dollars()), "Most US dollars that all model calls of a month may cost");
    static final Key<Optional<BigDecimal>> BUDGET_CHANNEL =
            new Key<>("budget.channel", or("", "no limit", dollars()), "Most that those of one channel may cost");
    static final Key<Optional<BigDecimal>> BUDGET_USER =
            new Key<>("budget.user", or("", "no limit", dollars()), "Most that answers to one person may cost");

    static final Key<Optional<Integer>> LIMITS_USER = new Key<>(
            "limits.userPerMinute",
            or("auto", "20, and no limit in the terminal", whole(1, 100_000)),
            "Most questions of one person within a minute");
    static final Key<Optional<Integer>> LIMITS_CHANNEL = new Key<>(
            "limits.channelPerMinute",
            or("auto", "60, and no limit in the terminal", whole(1, 100_000)),
            "Most questions in one channel within a minute");

    static final Key<Optional<Set<Listed>>> ADMISSION_SPACES =
            new Key<>("admission.spaces", or("all", "every one that invites the bot", spaces()), "Whom the bot serves");

    static final Key<MessageContent> DISCORD_MESSAGE_CONTENT = new Key<>(
            "discord.messageContent",
            choice(MessageContent.class),
            "Whether messages can be read that do not mention the bot, which takes Discord's Message Content intent;"
                    + " auto is on where memory.listen is all");
    static final Key<Optional<String>> DISCORD_COMMANDS_GUILD = new Key<>(
            "discord.commandsGuild",
            or("", "all servers", discordId()),
            "Id of the only server whose people are offered the commands, for trying them out");
    static final Key<Optional<String>> DISCORD_ADMIN_CHANNEL = new Key<>(
            "discord.adminChannel",
            or("", "none", discordId()),
            "Id of the channel in which operators are told of budgets that end and of failures");
    static final Key<Optional<Share>> DISCORD_SHARDS = new Key<>(
            "discord.shards",
            or("auto", "all, as many as Discord recommends", share()),
            "Which of the bot's shards this process serves, where several processes do");
    static final Key<Duration> DISCORD_ANSWER_MISSED = new Key<>(
            "discord.answerMissed",
            duration(Duration.ZERO, Duration.ofDays(7)),
            "How old a message may be that came while the bot was away and is still answered; older ones are"
                    + " remembered");
    static final Key<Optional<URI>> DISCORD_API_URL = new Key<>(
            "discord.apiUrl",
            or("", "Discord's own", address()),
            "Address of the REST API with its version, for a proxy; discord.gatewayUrl goes with it");
    static final Key<Optional<URI>> DISCORD_GATEWAY_URL = new Key<>(
            "discord.gatewayUrl",
            or("", "Discord's own", socket()),
            "Address of the gateway, for a proxy; discord.apiUrl goes with it");

    static final Key<SlackMode> SLACK_MODE = new Key<>(
            "slack.mode",
            choice(SlackMode.class),
            "How Slack reaches Loci: over a socket that Loci opens, or by signed HTTP requests to an address of yours");
    static final Key<String> SLACK_HTTP_ADDRESS = new Key<>(
            "slack.httpAddress",
            line(200),
            "Where to listen for these requests, under http: an address of this machine");
    static final Key<Integer> SLACK_HTTP_PORT =
            new Key<>("slack.httpPort", whole(1, 65_535), "The port to listen at, under http");
    static final Key<Boolean> SLACK_REPLY_IN_THREAD = new Key<>(
            "slack.replyInThread",
            onOff(),
            "Whether the answer to a question in a channel begins a thread under it; in a thread it always goes there");
    static final Key<Optional<String>> SLACK_ADMIN_CHANNEL = new Key<>(
            "slack.adminChannel",
            or("", "none", slackChannel()),
            "Id of the channel in which operators are told of budgets that end and of failures");
    static final Key<Duration> SLACK_ANSWER_MISSED = new Key<>(
            "slack.answerMissed",
            duration(Duration.ZERO, Duration.ofDays(7)),
            "How old a message may be that came while the bot was away and is still answered; older ones are"
                    + " remembered");
    static final Key<String> SLACK_FORGET_COMMAND = new Key<>(
            "slack.forgetCommand",
            command(),
            "The slash command that forgets; another name where another app has this one");
    static final Key<String> SLACK_SUMMARY_COMMAND =
            new Key<>("slack.summaryCommand", command(), "The slash command that tells what was said");
    static final Key<String> SLACK_LOCI_COMMAND =
            new Key<>("slack.lociCommand", command(), "The slash command that all others are written behind");
    static final Key<Optional<URI>> SLACK_API_URL = new Key<>(
            "slack.apiUrl",
            or("", "Slack's own", address()),
            "Address of the Web API, for GovSlack (https://slack-gov.com/api) or a proxy");

    static final Key<Boolean> DATABASE_ENCRYPTION =
            new Key<>("database.encryption", onOff(), "Whether the database file is encrypted");
    static final Key<Duration> DATABASE_CHECKPOINT_EVERY = new Key<>(
            "database.checkpointEvery",
            duration(Duration.ofMillis(50), Duration.ofHours(1)),
            "Longest time until what was saved is safe from a power cut too (a kill loses nothing anyway)");

    static final Key<Optional<LogLevel>> LOG_LEVEL = new Key<>(
            "log.level",
            or("auto", "info, and warn in the terminal chat", choice(LogLevel.class)),
            "How much is said on standard error");

    /** Every key, in the order of {@code loci.yaml}. */
    static final List<Key<?>> ALL = List.of(
            DATA,
            BOT_NAME,
            PERSONA,
            PERSONAS,
            MODEL_PROVIDER,
            MODEL_NAME,
            MODEL_BASE_URL,
            MODEL_CONNECT_TIMEOUT,
            MODEL_READ_TIMEOUT,
            MODEL_DEADLINE,
            MODEL_MAX_RETRIES,
            MODEL_TEMPERATURE,
            MODEL_MAX_REPLY_TOKENS,
            MODEL_CONTEXT_WINDOW,
            MODEL_ENCODING,
            MODEL_CATALOG,
            MODEL_FALLBACKS,
            MODEL_CHOICES,
            MEMORY_STRATEGY,
            MEMORY_WINDOW_TURNS,
            MEMORY_COMPACT_AFTER_TURNS,
            MEMORY_KEEP_TURNS,
            MEMORY_DIGEST_TOKENS,
            MEMORY_FANOUT,
            MEMORY_PROMPT_TOKENS,
            MEMORY_NOTE_ROLE,
            MEMORY_LISTEN,
            MEMORY_THREADS,
            MEMORY_RETENTION,
            SUMMARY_MODEL,
            SUMMARY_BASE_URL,
            SUMMARY_CONTEXT_WINDOW,
            PERMISSIONS_READ,
            PERMISSIONS_FORGET,
            PERMISSIONS_REMEMBER,
            PERMISSIONS_SETTINGS,
            PERMISSIONS_EXPORT,
            BUDGET_TOTAL,
            BUDGET_CHANNEL,
            BUDGET_USER,
            LIMITS_USER,
            LIMITS_CHANNEL,
            ADMISSION_SPACES,
            DISCORD_MESSAGE_CONTENT,
            DISCORD_COMMANDS_GUILD,
            DISCORD_ADMIN_CHANNEL,
            DISCORD_SHARDS,
            DISCORD_ANSWER_MISSED,
            DISCORD_API_URL,
            DISCORD_GATEWAY_URL,
            SLACK_MODE,
            SLACK_HTTP_ADDRESS,
            SLACK_HTTP_PORT,
            SLACK_REPLY_IN_THREAD,
            SLACK_ADMIN_CHANNEL,
            SLACK_ANSWER_MISSED,
            SLACK_FORGET_COMMAND,
            SLACK_SUMMARY_COMMAND,
            SLACK_LOCI_COMMAND,
            SLACK_API_URL,
            DATABASE_ENCRYPTION,
            DATABASE_CHECKPOINT_EVERY,
            LOG_LEVEL);

    /** Who is asked for answers; {@code auto} is settled by what else is configured. */
    enum ProviderChoice {
        AUTO,
        OFFLINE,
        OPENAI
    }

    /** Whether messages can be read that do not mention the bot. */
    enum MessageContent {
        AUTO,
        ON,
        OFF
    }

    /** How Slack reaches the bot. */
    enum SlackMode {
        SOCKET,
        HTTP
    }

    /** Returns the key of a path, if there is one. */
    static Optional<Key<?>> of(String path) {
        return ALL.stream().filter(key -> key.path().equals(path)).findFirst();
    }

    /** Returns the environment variable that sets this key. */
    String variable() {
        return "LOCI_" + path.replace('.', '_').toUpperCase(Locale.ROOT);
    }
}
