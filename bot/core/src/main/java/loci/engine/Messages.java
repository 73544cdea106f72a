package loci.engine;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import loci.chat.Attachments;
import loci.chat.Author;
import loci.chat.ChatEvent;
import loci.chat.ChatEvent.MessageDeleted;
import loci.chat.ChatEvent.MessageEdited;
import loci.chat.ChatEvent.MessagePosted;
import loci.chat.ChatEvent.Quoted;
import loci.chat.ChatEvent.RegenerateRequested;
import loci.chat.CommandAnswer;
import loci.chat.ConversationId;
import loci.chat.EventId;
import loci.chat.Inbox.Acceptance;
import loci.command.ChannelRules;
import loci.command.ChannelRules.Listening;
import loci.command.Commands;
import loci.command.Pace;
import loci.engine.Admission.Listed;
import loci.memory.ConversationStore;
import loci.memory.Forgetting;
import loci.memory.Forgetting.Scope;
import loci.memory.Recorded;
import loci.memory.Role;
import loci.memory.Turn;
import loci.sanitize.Redactor;

/**
 * What people say, change and take back on its way into the log: who is admitted, what is heard, what may be stored, and in which form.
 * Thread-safe.
 */
final class Messages {

    /** No platform carries longer messages; more is cut, visibly, before it is stored. */
    private static final int MOST_CHARS = 100_000;

    private final Parts parts;
    private final Then then;

    /** @param recent the events that were answered at once, lately */
    record Parts(
            ConversationStore store,
            Redactor redactor,
            Forgetting forgetting,
            ChannelRules rules,
            RateLimiter limiter,
            Commands commands,
            Doorkeeper door,
            Remembered remembered,
            RecentEvents recent) {}

    /** What follows, on other threads. */
    interface Then {

        /** Whoever gave an event is told something. */
        void answerLater(ChatEvent event, CommandAnswer answer);

        /** What would have to be listed for somebody to be answered. */
        Listed wanted(ConversationId place, Author author);

        /** A question was stored. */
        void asked(ConversationId conversation);

        /** Something else was stored. */
        void said(ConversationId conversation);

        /** Something was forgotten or reads differently now. */
        void memoryChanged(ConversationId conversation);
    }

    Messages(Parts parts, Then then) {
        this.parts = parts;
        this.then = then;
    }

    /** Whether what is not said to the bot is listened to there. */
    boolean hearsAll(ConversationId conversation) {
        return parts.rules().in(parts.store().inForce(conversation)).listening() == Listening.ALL;
    }

    /** @param toUs whether it was said to the bot, which an answer need not be owed for any more */
    Acceptance posted(MessagePosted posted, boolean toUs) {
        if (!parts.door().admits(posted.conversation(), posted.author())) {
            return notAdmitted(posted);
        }
        boolean heard = toUs || hearsAll(posted.conversation());
        if (!heard) {
            return Acceptance.IGNORED;
        }
        Optional<String> refusal = parts.commands().refusal(posted.conversation(), posted.author());
        if (refusal.isPresent()) {
            if (!posted.addressed() || !parts.recent().isNew(posted)) {
                return Acceptance.IGNORED;
            }
            then.answerLater(posted, CommandAnswer.of(refusal.get()));
            return Acceptance.REFUSED;
        }
        Optional<Pace.TooMany> tooMany = counts(posted)
                ? parts.limiter().take(posted.conversation(), posted.author().id())
                : Optional.empty();
        if (tooMany.isEmpty()) {
            keepQuoted(posted);
        }
        MessagePosted safe = posted.saying(storable(posted.text())).addressed(posted.addressed() && tooMany.isEmpty());
        Recorded recorded = parts.store().record(safe);
        if (tooMany.isPresent() && !recorded.repeated()) {
            then.answerLater(posted, CommandAnswer.of(parts.commands().tooMany(tooMany.get())));
            return Acceptance.REFUSED;
        }
        // A repeated event too: it comes again where the store took it and failed before we could say so.
        if (posted.addressed()) {
            then.asked(posted.conversation());
        } else {
            then.said(posted.conversation());
        }
        return recorded.repeated() ? Acceptance.REPEATED : Acceptance.ACCEPTED;
    }

    /** Nothing is kept of what is said by whom the operator did not list; they are told once what he can do about that. */
    private Acceptance notAdmitted(MessagePosted posted) {
        Listed wanted = then.wanted(posted.conversation(), posted.author());
        if (!posted.addressed() || !parts.door().isToBeTold(posted.conversation(), wanted)) {
            return Acceptance.IGNORED;
        }
        String words = parts.commands().notAdmitted(wanted.toString(), Locale.ROOT);
        then.answerLater(posted, CommandAnswer.of(words));
        return Acceptance.REFUSED;
    }

    /**
     * What somebody points at when asking becomes a turn of its own before the question, where it was not heard: so it is condensed, edited
     * and forgotten like any other.
     */
    private void keepQuoted(MessagePosted posted) {
        Quoted quoted = posted.quoted();
        if (quoted == null
                || !posted.addressed()
                || quoted.text().isBlank()
                || quoted.author().isEmpty()) {
            return;
        }
        Author author = quoted.author().get();
        boolean may = parts.door().admits(posted.conversation(), author)
                && parts.commands().refusal(posted.conversation(), author).isEmpty()
                && quoted.at().isAfter(parts.remembered().keptNothingUntil(posted.conversation()));
        if (may) {
            parts.store()
                    .record(new MessagePosted(
                            new EventId("quoted-" + quoted.message().id()),
                            posted.conversation(),
                            quoted.message(),
                            author,
                            storable(quoted.text()),
                            quoted.at(),
                            false));
        }
    }

    /** Only who asked, or who manages the place, can have an answer written anew: it is paid for, and everybody sees it change. */
    Acceptance regenerate(RegenerateRequested again) {
        if (!parts.recent().isNew(again)) {
            return Acceptance.REPEATED;
        }
        try {
            return regenerateNew(again);
        } catch (RuntimeException notKnown) {
            parts.recent().notTaken(again);
            // The store may have taken it all the same, and perhaps nobody asks once more.
            then.memoryChanged(again.conversation());
            throw notKnown;
        }
    }

    private Acceptance regenerateNew(RegenerateRequested again) {
        if (!parts.door().admits(again.conversation(), again.author())) {
            return Acceptance.IGNORED;
        }
        Optional<CommandAnswer> refusal = parts.commands().regenerating(again);
        if (refusal.isPresent()) {
            then.answerLater(again, refusal.get());
            return Acceptance.REFUSED;
        }
        boolean taken = parts.store().again(again.conversation(), again.question());
        then.memoryChanged(again.conversation()); // Else too: it may be here again because this failed the first time.
        return taken ? Acceptance.ACCEPTED : Acceptance.IGNORED;
    }

    /** A message that is delivered again was counted the first time. */
    private boolean counts(MessagePosted posted) {
        return posted.addressed()
                && !parts.limiter().isOff()
                && parts.store().find(posted.conversation(), posted.message()).isEmpty();
    }

    Acceptance edited(MessageEdited edited) {
        Turn before =
                parts.store().find(edited.conversation(), edited.message()).orElse(null);
        String words = before == null ? edited.text() : Attachments.kept(before.text(), edited.text());
        MessageEdited safe = new MessageEdited(
                edited.event(), edited.conversation(), edited.message(), storable(words), edited.at());
        boolean ours = before != null && before.role() != Role.PERSON;
        if (before == null || ours || before.text().equals(safe.text())) {
            then.memoryChanged(edited.conversation()); // It may be here again because this failed the first time.
            return Acceptance.IGNORED;
        }
        if (!parts.door().admits(edited.conversation(), before.author())
                || parts.commands()
                        .refusal(edited.conversation(), before.author())
                        .isPresent()) {
            // The new words may not be stored, and the old ones are no longer what its author says.
            forget(before, edited.conversation());
            return Acceptance.IGNORED;
        }
        parts.forgetting().supersede(before, safe);
        then.memoryChanged(edited.conversation());
        return Acceptance.ACCEPTED;
    }

    Acceptance deleted(MessageDeleted deleted) {
        Turn gone =
                parts.store().find(deleted.conversation(), deleted.message()).orElse(null);
        if (gone == null) {
            then.memoryChanged(deleted.conversation()); // It may be here again because this failed the first time.
            return Acceptance.IGNORED;
        }
        forget(gone, deleted.conversation());
        return Acceptance.ACCEPTED;
    }

    private void forget(Turn turn, ConversationId conversation) {
        Scope scope = new Scope.Turns(new TreeSet<>(List.of(turn.seq())));
        parts.forgetting().carryOut(parts.forgetting().plan(conversation, scope));
        then.memoryChanged(conversation);
    }

    private String storable(String text) {
        if (text.length() <= MOST_CHARS) {
            return parts.redactor().redact(text).text();
        }
        int end = Character.isHighSurrogate(text.charAt(MOST_CHARS - 1)) ? MOST_CHARS - 1 : MOST_CHARS;
        String sign = " … [cut: the message had " + text.length() + " characters]";
        return parts.redactor().redact(text.substring(0, end)).text() + sign;
    }
}
