package loci.app.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import loci.command.ChannelRules;
import loci.command.Permissions;
import loci.engine.Admission;
import loci.memory.Ledger.Budgets;
import loci.openai.ModelCatalog;
import loci.prompt.NoteRole;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be configured, checked and settled: no {@code auto} is left but where only the model's profile can settle it.
 *
 * <p>Immutable and safe to print: secrets never show.
 *
 * @param data the absolute directory of conversations; may not exist yet
 * @param botName what the bot is called
 * @param persona the instructions above every prompt
 * @param personas further ones by name
 * @param model who answers
 * @param fallbacks who is asked, in this order, where that model fails
 * @param choices what a channel can choose instead
 * @param summary who writes the note; equal to {@code model} where nothing else is configured
 * @param rules what holds where a channel chose nothing
 * @param permissions who may do what
 * @param budgets what may be spent in a month
 * @param rates how much may be asked
 * @param admission whom it serves
 * @param discord how the bot is on Discord
 * @param slack how the bot is on Slack
 * @param logLevel or null for the mode's own: warn in the terminal chat, otherwise info
 * @param secrets the secrets that are set, by the variable of each: those of {@link SecretName} and keys of the operator's own naming
 * @param settings every key with its value as text and where it came from, in the order of {@code loci.yaml}
 */
public record LociConfig(
        Path data,
        String botName,
        Persona persona,
        SequencedMap<String, Persona> personas,
        Model model,
        List<Model> fallbacks,
        List<Model> choices,
        Model summary,
        Memory memory,
        ChannelRules rules,
        Permissions permissions,
        Budgets budgets,
        Rates rates,
        Admission admission,
        Discord discord,
        Slack slack,
        Database database,
        @Nullable LogLevel logLevel,
        Map<String, HeldSecret> secrets,
        List<Setting> settings) {

    public LociConfig {
        fallbacks = List.copyOf(fallbacks);
        choices = List.copyOf(choices);
        secrets = Map.copyOf(secrets);
        settings = List.copyOf(settings);
    }

    /** Returns a secret, or null where it is not set. */
    public @Nullable Secret secret(SecretName name) {
        HeldSecret held = secrets.get(name.name());
        return held == null ? null : held.secret();
    }

    /**
     * The persona.
     *
     * @param text not blank; {@code {botName}} is already replaced
     * @param source the file it came from, or {@code built-in}
     */
    public record Persona(String text, String source) {}

    /**
     * The language model.
     *
     * @param baseUrl null for OpenAI's own
     * @param apiKey null for servers that want none, and offline
     * @param readTimeout never longer than the deadline, as are connects
     * @param temperature 0 to 2, or null for the provider's default
     * @param contextWindow tokens, or null for what is known of the model
     * @param encoding or null for what is known of the model
     * @param described the models that the operator describes, which win over the packaged catalogue
     */
    public record Model(
            Provider provider,
            String name,
            @Nullable URI baseUrl,
            @Nullable Secret apiKey,
            Duration connectTimeout,
            Duration readTimeout,
            Duration deadline,
            int maxRetries,
            @Nullable Double temperature,
            int maxReplyTokens,
            @Nullable Integer contextWindow,
            @Nullable Encoding encoding,
            List<ModelCatalog.Entry> described) {

        public Model {
            described = List.copyOf(described);
        }
    }

    /**
     * What of a conversation the model is shown: {@code keepTurns < compactAfterTurns <= hybridTurns}.
     *
     * @param hybridTurns how many turns {@code hybrid} shows word for word at most
     * @param windowTurns how many turns {@code window} shows
     * @param promptTokens the largest prompt, or null for the smaller of 8,000 and 80 % of the context window
     */
    public record Memory(
            StrategyName strategy,
            int hybridTurns,
            int windowTurns,
            int compactAfterTurns,
            int keepTurns,
            int digestTokens,
            int fanout,
            @Nullable Integer promptTokens,
            NoteRole noteRole) {}

    /**
     * How much may be asked within a minute.
     *
     * @param user the most questions of one person, or null for what suits the platform
     * @param channel the most questions in one channel, or null for what suits the platform
     */
    public record Rates(@Nullable Integer user, @Nullable Integer channel) {}

    /**
     * How the bot is on Discord, where it has a token.
     *
     * @param messageContent whether messages can be read that do not mention it
     * @param commandsGuild the only server whose people are offered the commands, or null for all
     * @param adminChannel the channel in which operators are told what is in trouble, or null for none
     * @param shards which of the bot's shards this process serves, or null for all that Discord recommends
     * @param answerMissed how old a missed message may be and is still answered
     * @param apiUrl of the REST API, or null for Discord's own
     * @param gatewayUrl of the gateway, or null for Discord's own; either both addresses are null or none
     */
    public record Discord(
            boolean messageContent,
            @Nullable String commandsGuild,
            @Nullable String adminChannel,
            @Nullable Share shards,
            Duration answerMissed,
            @Nullable URI apiUrl,
            @Nullable URI gatewayUrl) {}

    /**
     * How the bot is on Slack, where it has a token.
     *
     * @param http where Slack's requests are listened for, or null where a socket is opened instead
     * @param replyInThread whether the answer to a question in a channel begins a thread
     * @param adminChannel the channel in which operators are told what is in trouble, or null for none
     * @param answerMissed how old a missed message may be and is still answered
     * @param forgetCommand the slash commands' names, with their slashes; no two are the same
     * @param apiUrl of the Web API, or null for Slack's own
     */
    public record Slack(
            @Nullable Http http,
            boolean replyInThread,
            @Nullable String adminChannel,
            Duration answerMissed,
            String forgetCommand,
            String summaryCommand,
            String lociCommand,
            @Nullable URI apiUrl) {

        /** An address of this machine and a port. */
        public record Http(String address, int port) {}
    }

    /**
     * The database.
     *
     * @param password the file's key, or null where one is made and kept in the directory
     */
    public record Database(boolean encryption, @Nullable Secret password, Duration checkpointEvery) {}

    /** A secret and the variable it came from. */
    public record HeldSecret(Secret secret, String variable) {}

    /**
     * A key's value as it was written, and where.
     *
     * @param settled what it amounts to, where that is not what was written
     */
    public record Setting(
            String path,
            String text,
            Origin origin,
            @Nullable String settled) {}
}
