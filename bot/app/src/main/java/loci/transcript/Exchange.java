package loci.transcript;

import java.util.ArrayList;
import java.util.List;
import loci.chat.Author;
import loci.chat.ChatEvent.MessagePosted;
import loci.chat.ConversationId;
import loci.chat.EventId;
import loci.chat.MessageRef;
import loci.memory.PastExchange;
import loci.memory.PastExchange.PastTurn;
import loci.memory.Role;
import loci.model.ToolCall;
import loci.sanitize.Redactor;

/**
 * A person's message of a transcript with what the bot and its tools made of it.
 *
 * @param number the message's place in the transcript, from 1
 * @param opening the person's message
 * @param rest the entries after it, up to the next person's
 */
public record Exchange(int number, Entry opening, List<Entry> rest) {

    public Exchange {
        rest = List.copyOf(rest);
    }

    /** Returns the exchanges of a transcript; what the bot said before anybody spoke belongs to none and is left out. */
    public static List<Exchange> of(Transcript transcript) {
        List<Exchange> exchanges = new ArrayList<>();
        List<Entry> entries = transcript.entries();
        int index = 0;
        while (index < entries.size()) {
            int opening = index++;
            while (index < entries.size() && entries.get(index).role() != Role.PERSON) {
                index++;
            }
            if (entries.get(opening).role() == Role.PERSON) {
                exchanges.add(new Exchange(opening + 1, entries.get(opening), entries.subList(opening + 1, index)));
            }
        }
        return exchanges;
    }

    public boolean pinned() {
        return opening.pinned() || rest.stream().anyMatch(Entry::pinned);
    }

    /** Returns it as a conversation's log takes it, redacted; the entries' ids name events and messages. */
    public PastExchange past(ConversationId conversation, Redactor redactor) {
        MessagePosted posted = new MessagePosted(
                new EventId(opening.id()),
                conversation,
                new MessageRef(opening.id()),
                new Author(
                        opening.authorId(),
                        redactor.redact(opening.authorName()).text()),
                storable(opening.text(), redactor),
                opening.at(),
                opening.addressed());
        List<PastTurn> turns = rest.stream()
                .map(entry -> new PastTurn(
                        entry.role(),
                        storable(entry.text(), redactor),
                        entry.at(),
                        entry.role() == Role.BOT ? new MessageRef(entry.id()) : null,
                        entry.toolCalls().stream()
                                .map(call -> new ToolCall(call.id(), call.name(), storable(call.arguments(), redactor)))
                                .toList(),
                        entry.answersCall()))
                .toList();
        return new PastExchange(posted, turns);
    }

    /** What stands for a secret may be longer than the secret. */
    private static String storable(String text, Redactor redactor) {
        String redacted = redactor.redact(text).text();
        if (redacted.length() <= Limits.TEXT) {
            return redacted;
        }
        int end = Character.isHighSurrogate(redacted.charAt(Limits.TEXT - 1)) ? Limits.TEXT - 1 : Limits.TEXT;
        return redacted.substring(0, end);
    }
}
