package loci.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import loci.chat.CommandAnswer;
import loci.chat.ConversationId;
import loci.memory.ConversationStore;
import loci.memory.Digest;
import loci.memory.Forgetting;
import loci.memory.Turn;
import loci.sanitize.OutboundSanitizer;

/** {@code /memory}: what is always kept in mind and the note, piece by piece, and the way to have a piece removed. */
final class Memory implements Command {

    private final ConversationStore store;
    private final Kept kept;
    private final Forget forget;

    Memory(ConversationStore store, Forget forget) {
        this.store = store;
        this.kept = new Kept(store);
        this.forget = forget;
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public List<Form> forms() {
        return List.of(
                Form.bare("show", "memory.show"),
                Form.of("unpin", "memory.unpin", Blank.number("number", "2")),
                Form.of("forget", "memory.forget", Blank.number("number", "2")),
                Form.of("forget note", "memory.forgetNote", Blank.number("number", "1")));
    }

    @Override
    public Action action(String arguments) {
        String first = arguments.strip().toLowerCase(Locale.ROOT);
        if (first.isEmpty()) {
            return Action.READ;
        }
        return first.startsWith("forget") ? Action.FORGET : Action.REMEMBER;
    }

    @Override
    public boolean shows() {
        return true;
    }

    @Override
    public CommandAnswer run(Invocation invocation) {
        List<String> words =
                List.of(invocation.arguments().toLowerCase(Locale.ROOT).split("\\s+", -1));
        if (words.equals(List.of(""))) {
            return CommandAnswer.of(describe(invocation));
        }
        Optional<Integer> number = number(words.getLast());
        if (number.isEmpty()) {
            return misunderstood(invocation);
        }
        List<String> what = words.subList(0, words.size() - 1);
        if (what.equals(List.of("unpin"))) {
            return pinned(invocation, number.get())
                    .map(turn -> unpin(invocation, turn))
                    .orElseGet(() -> invocation.answer("memory.noSuch"));
        }
        if (what.equals(List.of("forget"))) {
            return pinned(invocation, number.get())
                    .map(turn -> forget.ask(invocation, new TreeSet<>(List.of(turn.seq()))))
                    .orElseGet(() -> invocation.answer("memory.noSuch"));
        }
        if (what.equals(List.of("forget", "note"))) {
            return digest(invocation.conversation(), number.get())
                    .map(digest -> forget.ask(invocation, below(invocation.conversation(), digest)))
                    .orElseGet(() -> invocation.answer("memory.noSuch"));
        }
        return misunderstood(invocation);
    }

    private CommandAnswer unpin(Invocation invocation, Turn turn) {
        store.pin(invocation.conversation(), turn.exchange(), false);
        return invocation.answer("memory.unpinned", Kept.shown(turn));
    }

    private Optional<Turn> pinned(Invocation invocation, int number) {
        return kept.turns(invocation.conversation()).stream().skip(number - 1L).findFirst();
    }

    private Optional<Digest> digest(ConversationId conversation, int number) {
        return note(conversation).stream().skip(number - 1L).findFirst();
    }

    private List<Digest> note(ConversationId conversation) {
        return store.note(conversation).stream()
                .filter(digest -> !digest.text().isBlank())
                .toList();
    }

    /** The messages that a piece of the note was made from: to have it forgotten is to have them forgotten. */
    private SortedSet<Long> below(ConversationId conversation, Digest digest) {
        SortedSet<Long> turns = new TreeSet<>();
        new Forgetting(store).each(conversation, digest.covers(), turn -> turns.add(turn.seq()));
        return turns;
    }

    private String describe(Invocation invocation) {
        List<String> lines = new ArrayList<>();
        List<Turn> pinned = kept.turns(invocation.conversation());
        lines.add(invocation.text(pinned.isEmpty() ? "memory.nonePinned" : "memory.pinned"));
        for (int i = 0; i < pinned.size(); i++) {
            lines.add((i + 1) + ". " + Kept.shown(pinned.get(i)));
        }
        List<Digest> note = note(invocation.conversation());
        lines.add(invocation.text(note.isEmpty() ? "memory.noNote" : "memory.note"));
        for (int i = 0; i < note.size(); i++) {
            Digest digest = note.get(i);
            lines.add(invocation.text("memory.piece", i + 1, digest.turns()) + "\n"
                    + OutboundSanitizer.reply(digest.text(), ""));
        }
        return String.join("\n", lines);
    }

    private static Optional<Integer> number(String word) {
        return word.matches("[1-9][0-9]{0,3}") ? Optional.of(Integer.parseInt(word)) : Optional.empty();
    }
}
