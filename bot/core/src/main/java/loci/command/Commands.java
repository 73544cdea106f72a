package loci.command;

import java.time.InstantSource;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.function.Supplier;
import loci.chat.Author;
import loci.chat.Caller;
import loci.chat.ChatEvent.CommandInvoked;
import loci.chat.ChatEvent.ConfirmationGiven;
import loci.chat.ChatEvent.RegenerateRequested;
import loci.chat.ChatPlatform.Shown;
import loci.chat.CommandAnswer;
import loci.chat.ConversationId;
import loci.chat.Standing;
import loci.memory.AuditRow;
import loci.memory.ConversationStore;
import loci.memory.Ledger;
import loci.memory.Turn;
import loci.prompt.Personas;
import loci.prompt.Strategies;
import loci.sanitize.Redactor;

/** All of Loci's commands, by name: who may run them, the row that each leaves in the audit, and what the bot says of itself. Thread-safe. */
public final class Commands {

    /** What Slack takes; Discord takes 32. */
    static final int LONGEST_PICK = 24;

    private final SequencedMap<String, Command> byName = new LinkedHashMap<>();
    private final Parts parts;
    private final Confirmations confirmations;
    private final Help help;

    /**
     * What the commands are made of.
     *
     * @param refresher remakes a running note on demand
     * @param recap tells what was said
     * @param pinRoom whether there is room for more that is always kept in mind
     * @param personaRoom whether a persona leaves room for the conversation
     * @param exporter writes files
     * @param strategies what a channel can choose from
     * @param pace how often a model may be asked
     * @param ledger what was spent
     * @param budgets what may be spent in a month
     * @param rules what holds where a channel chose nothing
     * @param shown what a conversation's platform shows of it
     * @param receivers which models at which addresses are sent what is said, for people to read
     * @param longestFact the most characters of a fact that is always kept in mind
     * @param tokens makes the secret tokens of confirmations
     */
    public record Parts(
            ConversationStore store,
            Ledger ledger,
            NoteRefresher refresher,
            Recap recap,
            PinRoom pinRoom,
            PersonaRoom personaRoom,
            Exporter exporter,
            Redactor redactor,
            Strategies strategies,
            Personas personas,
            ModelOffer models,
            ChannelRules rules,
            Function<ConversationId, Shown> shown,
            Permissions permissions,
            Pace pace,
            String botName,
            Ledger.Budgets budgets,
            String receivers,
            int longestFact,
            InstantSource clock,
            Supplier<String> tokens) {}

    public Commands(Parts parts) {
        this.parts = parts;
        ConversationStore store = parts.store();
        this.confirmations = new Confirmations(parts.clock(), parts.tokens());
        Earshot earshot = new Earshot(store, parts.rules(), parts.shown());
        this.help = new Help(parts.botName(), earshot, () -> List.copyOf(byName.values()));
        Forget forget = new Forget(store, confirmations, parts.clock());
        add(forget);
        add(new Summary(store, parts.refresher(), parts.recap(), parts.strategies(), earshot, parts.clock()));
        add(new Memory(store, forget));
        add(new Remember(store, parts.redactor(), parts.pinRoom(), parts.longestFact()));
        add(new Pin(store, parts.pinRoom()));
        add(new Settings(parts));
        add(new Persona(store, parts.personas(), parts.personaRoom(), parts.redactor()));
        add(new Model(store, parts.models()));
        add(new Usage(parts.ledger(), parts.budgets(), parts.clock()));
        add(Pause.pause(store));
        add(Pause.resume(store));
        add(new Privacy(store, parts.rules(), earshot, parts.receivers()));
        add(new Export(store, parts.exporter()));
        add(help);
    }

    /** Runs a command for somebody who may; an unknown name is answered with what there is. */
    public CommandAnswer run(CommandInvoked event) {
        Invocation invocation = Invocation.of(event);
        Command command = byName.get(event.name());
        if (command == null) {
            return help.unknown(invocation);
        }
        Optional<Permissions.Allowed> denied = denied(command, invocation, event.caller());
        audit(invocation, event.author().id(), denied.isEmpty() ? "allowed" : "denied");
        if (denied.isPresent()) {
            return invocation.answer("denied." + denied.get().key());
        }
        Optional<String> refusal = command.records(invocation.arguments())
                ? refusal(event.conversation(), event.author())
                : Optional.empty();
        Optional<CommandAnswer> refused = refusal.map(CommandAnswer::of)
                .or(() -> command.asks(invocation.arguments()) ? tooOften(invocation) : Optional.empty());
        return refused.orElseGet(() -> command.run(invocation));
    }

    private Optional<CommandAnswer> tooOften(Invocation invocation) {
        return parts.pace()
                .take(invocation.conversation(), invocation.author().id())
                .map(many -> CommandAnswer.of(tooOften(invocation.texts(), many)));
    }

    private static String tooOften(Texts texts, Pace.TooMany many) {
        return texts.get(
                many.byPerson() ? "limit.commandPerson" : "limit.commandChannel",
                texts.get("times", many.most()),
                many.seconds());
    }

    /** Who alone may do this, where the caller is not among them. */
    private Optional<Permissions.Allowed> denied(Command command, Invocation invocation, Caller caller) {
        Map<String, String> settings = parts.store().inForce(invocation.conversation());
        Action own = command.action(invocation);
        List<Action> actions = command.shows() ? List.of(own, Action.READ) : List.of(own);
        boolean admitted = invocation.event().admitted() && isForAdmins(command);
        return actions.stream()
                .filter(action -> !parts.permissions().may(caller, action, settings))
                .filter(action -> !admitted || parts.permissions().who(action, settings) != Permissions.Allowed.ADMINS)
                .findFirst()
                .map(action -> parts.permissions().who(action, settings));
    }

    private void audit(Invocation invocation, String by, String outcome) {
        Command command = Objects.requireNonNull(byName.get(invocation.event().name()));
        String what = command.name() + ", " + command.action(invocation).key();
        parts.store()
                .audit(invocation.conversation(), new AuditRow(parts.clock().instant(), by, what, outcome));
    }

    /** Carries out what was confirmed, where the token is still good for this person and the person still may. */
    public CommandAnswer confirm(ConfirmationGiven given) {
        return confirmations.confirm(given, asked -> {
            Command command = Objects.requireNonNull(byName.get(asked.event().name()));
            boolean may = denied(command, asked, given.caller()).isEmpty();
            audit(asked, given.author().id(), may ? "confirmed" : "denied");
            return may;
        });
    }

    /** Why what somebody says may not be stored, and so not be answered; empty where it may. */
    public Optional<String> refusal(ConversationId place, Author author) {
        Texts texts = Texts.in(Locale.ROOT);
        if (parts.store().optedOut(place.platform(), place.space(), author.id())) {
            return Optional.of(texts.get("privacy.notice"));
        }
        return Pause.isPaused(parts.store().inForce(place)) ? Optional.of(texts.get("pause.notice")) : Optional.empty();
    }

    /** Why somebody may not have a question answered anew; empty where that may be done now, which counts as a question. */
    public Optional<CommandAnswer> regenerating(RegenerateRequested again) {
        Texts texts = Texts.in(again.caller().locale());
        String authorId = again.author().id();
        Turn asked = parts.store()
                .find(again.conversation(), again.question())
                .filter(Turn::opensExchange)
                .orElse(null);
        if (asked == null) {
            return Optional.of(CommandAnswer.of(texts.get("regenerate.forgotten")));
        }
        if (!asked.author().id().equals(authorId) && again.caller().standing() != Standing.ADMIN) {
            return Optional.of(CommandAnswer.of(texts.get("regenerate.notTheirs")));
        }
        return refusal(again.conversation(), again.author())
                .or(() -> parts.pace().take(again.conversation(), authorId).map(many -> tooOften(texts, many)))
                .map(CommandAnswer::of);
    }

    /** What is said to somebody whose question is one too many. */
    public String tooMany(Pace.TooMany many) {
        Texts texts = Texts.in(Locale.ROOT);
        return texts.get(
                many.byPerson() ? "limit.person" : "limit.channel", texts.get("times", many.most()), many.seconds());
    }

    /** What is said to somebody who told whether an answer was of use. */
    public String feedback(boolean good, Locale locale) {
        return Texts.in(locale).get(good ? "feedback.good" : "feedback.bad");
    }

    /** What is said to somebody who would stop the answer to another's question. */
    public String notTheirs(Locale locale) {
        return Texts.in(locale).get("stop.notTheirs");
    }

    /** What is said to somebody whose command failed for a reason of ours. */
    public static CommandAnswer failure(Locale locale) {
        return CommandAnswer.of(Texts.in(locale).get("failed"));
    }

    /** What a mention without words is answered with. */
    public String greeting() {
        return help.text(Texts.in(Locale.ROOT));
    }

    /** What the bot says where it has been invited. */
    public String welcome() {
        return Texts.in(Locale.ROOT).get("welcome", parts.botName());
    }

    /**
     * What the bot says where its operator did not list those who speak to it.
     *
     * @param wanted what would have to be listed
     */
    public String notAdmitted(String wanted, Locale locale) {
        return Texts.in(locale).get("admission.notice", wanted);
    }

    /** The commands' names and how each is written, for completion and registration. */
    public Map<String, String> usages() {
        Texts texts = Texts.in(Locale.ROOT);
        Map<String, String> usages = new LinkedHashMap<>();
        byName.forEach((name, command) -> usages.put(name, command.usage(texts)));
        return usages;
    }

    /** What a platform needs to know of each command to offer it, in a person's language. */
    public List<CommandDescription> descriptions(Locale locale) {
        Texts texts = Texts.in(locale);
        return byName.values().stream()
                .map(command -> description(command, texts))
                .toList();
    }

    private CommandDescription description(Command command, Texts texts) {
        List<CommandDescription.Form> forms =
                command.forms().stream().map(form -> form.described(texts)).toList();
        return new CommandDescription(
                command.name(), texts.get("about." + command.name()), isForAdmins(command), forms);
    }

    /** Whether nothing of it is open to everybody as configured, so that platforms are asked to keep it from them. */
    private boolean isForAdmins(Command command) {
        return command.forms().stream()
                .map(form -> command.action(form.syntax()))
                .noneMatch(action -> parts.permissions().who(action, Map.of()) == Permissions.Allowed.EVERYONE);
    }

    /** What a choice on a message is called, in a person's language; at most {@value #LONGEST_PICK} characters. */
    public String name(MessageCommand command, Locale locale) {
        Texts texts = Texts.in(locale);
        String name = texts.get("pick." + command.key(), parts.botName());
        return name.length() <= LONGEST_PICK ? name : texts.get("pick.askMe");
    }

    /** What a person is shown who is to write a question about a message. */
    public QuestionForm questionForm(Locale locale) {
        Texts texts = Texts.in(locale);
        return new QuestionForm(
                name(MessageCommand.ASK, locale), texts.get("pick.question"), texts.get("pick.meaning"));
    }

    /**
     * Returns what can go into a blank of a command, where that is one of several names; nothing where there is no such blank.
     *
     * @param filled what went into the form's other blanks so far, by their names
     */
    public List<String> choices(String command, String blank, Map<String, String> filled) {
        Command named = byName.get(command);
        return named == null ? List.of() : named.choices(blank, filled);
    }

    /**
     * Whether somebody who typed this as a message meant the command, and not a sentence that begins with the same word: the name alone, or
     * exactly one of its forms, but none in which anything at all may be written.
     *
     * @param zone the time zone in which times are meant
     */
    public boolean isWritten(String name, String arguments, ZoneId zone) {
        Command named = byName.get(name);
        return named != null && new Written(named, parts.clock().instant(), zone).is(arguments);
    }

    private void add(Command command) {
        byName.put(command.name(), command);
    }
}
