package loci.transcript;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import loci.memory.ConversationStore;
import loci.memory.Role;
import loci.model.ToolCall;

/** What must hold of a transcript whatever form it came in. */
final class Checks {

    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("3000-01-01T00:00:00Z");

    private final Problems problems;
    private final Set<String> ids = new HashSet<>();
    private final Set<String> openCalls = new HashSet<>();
    private int pinned;
    private boolean countedHere;

    private Checks(Problems problems) {
        this.problems = problems;
    }

    static void check(Transcript transcript, Problems problems) {
        Checks checks = new Checks(problems);
        name("name", transcript.name(), problems);
        if (transcript.entries().stream().noneMatch(entry -> entry.role() == Role.PERSON)) {
            problems.add("", "no message of a person was found, and so there is nothing to do");
        }
        for (int index = 0; index < transcript.entries().size(); index++) {
            checks.entry(transcript.entries().get(index), "entries[" + index + "]");
        }
        if (checks.pinned > ConversationStore.MOST_PINNED) {
            problems.add(
                    "entries",
                    "at most " + ConversationStore.MOST_PINNED + " exchanges can be pinned, not " + checks.pinned);
        }
        Set<String> questions = new HashSet<>();
        for (int index = 0; index < transcript.questions().size(); index++) {
            checks.question(transcript.questions().get(index), "questions[" + index + "]", questions);
        }
    }

    private void entry(Entry entry, String place) {
        name(place + ".id", entry.id(), problems);
        name(place + ".authorId", entry.authorId(), problems);
        if (!ids.add(entry.id())) {
            problems.add(
                    place + ".id",
                    "each id once was expected, and " + Problems.quoted(entry.id()) + " was there before");
        }
        if (entry.at().isBefore(EARLIEST) || entry.at().isAfter(LATEST)) {
            problems.add(place + ".at", "a time from 1970 to 2999 was expected, and " + entry.at() + " was found");
        }
        if (entry.role() == Role.PERSON) {
            openCalls.clear();
            countedHere = false;
        }
        if (entry.pinned() && !countedHere) {
            pinned++;
            countedHere = true;
        }
        tools(entry, place);
    }

    /** A provider refuses a prompt in which calls and results do not meet. */
    private void tools(Entry entry, String place) {
        if (!entry.toolCalls().isEmpty() && entry.role() != Role.BOT) {
            problems.add(place + ".toolCalls", "only the bot calls tools");
        }
        List<ToolCall> calls = entry.role() == Role.BOT ? entry.toolCalls() : List.of();
        for (ToolCall call : calls) {
            if (call.id().isBlank() || call.name().isBlank() || !openCalls.add(call.id())) {
                problems.add(
                        place + ".toolCalls",
                        "a name, and an id of its own in the exchange, were expected for each call");
            }
        }
        String answers = entry.answersCall();
        if (entry.role() == Role.TOOL && (answers == null || !openCalls.remove(answers))) {
            problems.add(
                    place + ".answersCall",
                    "a tool's message must name an unanswered call that the bot made after the last person's message");
        } else if (entry.role() != Role.TOOL && answers != null) {
            problems.add(place + ".answersCall", "only a tool's message answers a call");
        }
    }

    private void question(Question question, String place, Set<String> seen) {
        if (!seen.add(question.id())) {
            problems.add(
                    place + ".id",
                    "each id once was expected, and " + Problems.quoted(question.id()) + " was there before");
        }
        if (question.text().isBlank()) {
            problems.add(place + ".text", "a question was expected, and it is blank");
        }
        String answer = question.answer();
        if (answer == null ? question.evidence().isEmpty() : answer.isBlank()) {
            problems.add(place, "an answer, or the ids of entries as evidence, were expected");
        }
        for (String id : question.evidence()) {
            if (!ids.contains(id)) {
                problems.add(
                        place + ".evidence", "an entry's id was expected, and " + Problems.quoted(id) + " is none");
            }
        }
    }

    private static void name(String place, String text, Problems problems) {
        boolean control = text.chars().anyMatch(Character::isISOControl);
        if (text.isBlank() || text.length() > Limits.NAME || control) {
            problems.add(
                    place,
                    "1 to " + Limits.NAME + " characters on one line were expected, and " + Problems.quoted(text)
                            + " was found");
        }
    }
}
