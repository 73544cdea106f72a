package loci.app.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A name that is no key (any more) and what to write in its place, for names that no likeness of letters leads from one to the other.
 *
 * @param name its path; letter case, dashes and underscores do not count
 * @param now what is to be written, a key or more words
 * @param since the version in which it was renamed; null for a name that was never ours and is used for the same thing elsewhere
 */
record Renamed(String name, String now, @Nullable String since) {

    /** No key has been renamed so far: when one is, its old name stands here for good. */
    private static final List<Renamed> OURS = List.of();

    private static final List<Renamed> FOREIGN = List.of(
                    elsewhere("botName", "name", "nickname", "bot.nickname", "bot.username"),
                    elsewhere(
                            "persona",
                            "systemPrompt",
                            "prompt",
                            "instructions",
                            "model.systemPrompt",
                            "model.prompt",
                            "bot.prompt"),
                    elsewhere(
                            "data",
                            "dataDir",
                            "storage",
                            "storage.path",
                            "database.path",
                            "database.file",
                            "database.directory"),
                    elsewhere("model.provider", "provider", "model.type", "llm.provider"),
                    elsewhere("model.name", "model.id", "model.model", "llm.model", "openai.model", "ollama.model"),
                    elsewhere(
                            "model.baseUrl",
                            "model.url",
                            "model.endpoint",
                            "model.host",
                            "model.apiBase",
                            "openai.baseUrl",
                            "openai.apiBase",
                            "ollama.url",
                            "ollama.host"),
                    elsewhere("model.deadline", "model.timeout", "openai.timeout", "model.requestTimeout"),
                    elsewhere("model.maxReplyTokens", "model.maxTokens", "model.maxOutputTokens", "openai.maxTokens"),
                    elsewhere(
                            "model.contextWindow",
                            "model.window",
                            "model.contextLength",
                            "model.contextSize",
                            "model.numCtx",
                            "model.maxContext"),
                    elsewhere("model.encoding", "model.tokenizer", "model.tokeniser"),
                    elsewhere("memory.strategy", "memory.type", "memory.mode"),
                    elsewhere(
                            "memory.windowTurns",
                            "memory.maxTurns",
                            "memory.maxMessages",
                            "memory.window",
                            "memory.windowSize",
                            "memory.history",
                            "memory.historyLength",
                            "memory.limit",
                            "maxMessages",
                            "historyLength"),
                    elsewhere(
                            "memory.promptTokens",
                            "memory.maxTokens",
                            "memory.tokens",
                            "memory.budget",
                            "memory.tokenBudget"),
                    elsewhere("summary.model", "memory.summaryModel", "memory.summarizer", "summary.name"),
                    elsewhere("memory.digestTokens", "summary.maxTokens", "summary.tokens"),
                    elsewhere(
                            "permissions.forget and the keys beside it",
                            "admins",
                            "permissions.admins",
                            "discord.admins"),
                    elsewhere(
                            "discord.shards",
                            "discord.shards.total",
                            "discord.shards.mine",
                            "discord.shardCount",
                            "discord.shardId"),
                    elsewhere("slack.mode", "slack.socketMode", "slack.socket"),
                    elsewhere("slack.httpPort", "slack.port", "slack.http.port"),
                    elsewhere("slack.httpAddress", "slack.host", "slack.bind", "slack.http.address"),
                    elsewhere("slack.apiUrl", "slack.baseUrl", "slack.url"),
                    elsewhere("slack.replyInThread", "slack.thread", "slack.threads", "slack.threaded"),
                    elsewhere("log.level", "logLevel", "logging.level", "logging", "log.verbosity", "verbose", "debug"))
            .stream()
            .flatMap(List::stream)
            .toList();

    private static List<Renamed> elsewhere(String now, String... names) {
        return List.of(names).stream().map(name -> new Renamed(name, now, null)).toList();
    }

    /** Returns all names there are. */
    static List<Renamed> all() {
        return Stream.concat(OURS.stream(), FOREIGN.stream()).toList();
    }

    /** Returns what a name has become, from a path or from what of a variable follows LOCI_. */
    static Optional<Renamed> of(String written) {
        String bare = bare(written);
        return all().stream().filter(one -> bare(one.name()).equals(bare)).findFirst();
    }

    /**
     * Returns what is said where the name was found.
     *
     * @param shown the name as it stands there
     * @param spelled how a key's path is to be written there
     */
    Problem problem(String place, String shown, UnaryOperator<String> spelled) {
        String key = Key.of(now).isPresent() ? spelled.apply(now) : now;
        return since == null
                ? new Problem(place, shown, "Loci calls this " + key + ".")
                : new Problem(place, name + " was renamed " + now + " in " + since, "Write " + key + ".");
    }

    private static String bare(String name) {
        return name.replaceAll("[_.\\-]", "").toLowerCase(Locale.ROOT);
    }
}
