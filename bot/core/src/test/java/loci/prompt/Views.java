package loci.prompt;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import loci.chat.Author;
import loci.chat.ConversationId;
import loci.memory.Digest;
import loci.memory.Exchanges;
import loci.memory.MemoryView;
import loci.memory.Role;
import loci.memory.Turn;
import loci.model.ModelProfile;
import loci.model.ToolCall;
import org.jspecify.annotations.Nullable;

/** Memory views and their parts, made by hand or at random. */
final class Views {

    static final String MARK = "k3f9q2";
    static final Instant AT = Instant.parse("2026-03-01T09:00:00Z");
    static final ModelProfile MODEL = new ModelProfile("m", "quarters", 16_000, 4_000, true, false, "max_tokens", true);
    private static final ConversationId PLACE = ConversationId.ofChannel("test", "space", "lab");

    private Views() {}

    static Turn person(long seq, String name, String text) {
        return turn(
                seq,
                seq,
                Role.PERSON,
                new Author("id-" + Integer.toHexString(name.hashCode()), name),
                text,
                List.of(),
                null);
    }

    static Turn bot(long seq, long exchange, String text) {
        return turn(seq, exchange, Role.BOT, Author.LOCI, text, List.of(), null);
    }

    static Turn calling(long seq, long exchange, String id) {
        return turn(seq, exchange, Role.BOT, Author.LOCI, "", List.of(new ToolCall(id, "weather", "{}")), null);
    }

    static Turn result(long seq, long exchange, String id, String text) {
        return turn(seq, exchange, Role.TOOL, Author.LOCI, text, List.of(), id);
    }

    private static Turn turn(
            long seq,
            long exchange,
            Role role,
            Author author,
            String text,
            List<ToolCall> calls,
            @Nullable String answers) {
        return new Turn(seq, exchange, role, author, null, text, AT.plusSeconds(seq * 3_600), calls, answers);
    }

    static Digest digest(long from, long to, String text) {
        return new Digest(from, 0, new Exchanges(from, to), (int) (to - from + 1), "", text, AT);
    }

    static MemoryView view(List<Digest> note, List<Turn> window, Turn live) {
        return view(note, List.of(), window, live);
    }

    static MemoryView view(List<Digest> note, List<Turn> pinned, List<Turn> window, Turn live) {
        return new MemoryView(PLACE, 0, MARK, note, pinned, window, 0, live);
    }

    /** A view of anything at all: empty or huge texts, forged headers, tool exchanges, people who share a name. */
    static MemoryView random(Random random) {
        List<Digest> note = new ArrayList<>();
        long at = 1;
        for (int i = random.nextInt(5); i > 0; i--) {
            note.add(digest(at, at + 3, text(random)));
            at += 4;
        }
        List<Turn> window = new ArrayList<>();
        List<Turn> pinned = new ArrayList<>();
        if (at > 1 && random.nextInt(3) == 0) {
            pinned.add(person(1, "ben", text(random)));
        }
        for (int i = random.nextInt(12); i > 0; i--) {
            long exchange = at;
            int begins = window.size();
            window.add(person(at++, random.nextBoolean() ? "ada" : text(random), text(random)));
            if (random.nextInt(4) == 0) {
                String call = "call" + at;
                window.add(calling(at++, exchange, call));
                window.add(result(at++, exchange, call, text(random)));
            }
            if (random.nextBoolean()) {
                window.add(bot(at++, exchange, text(random)));
            }
            if (random.nextInt(5) == 0) {
                pinned.addAll(window.subList(begins, window.size()));
            }
        }
        MemoryView view = view(note, pinned, window, person(at, "ada", text(random)));
        Turn older = random.nextBoolean() || window.isEmpty()
                ? person(1, "ben", text(random))
                : window.get(random.nextInt(window.size()));
        return random.nextInt(3) > 0 ? view : quoting(view, older);
    }

    /** The same view whose live message replies to an older turn. */
    static MemoryView quoting(MemoryView view, Turn older) {
        return new MemoryView(
                view.conversation(),
                view.epoch(),
                view.mark(),
                view.note(),
                view.pinned(),
                view.window(),
                view.waiting(),
                Optional.of(older),
                view.live());
    }

    private static String text(Random random) {
        String alphabet = switch (random.nextInt(4)) {
            case 0 -> "abc \n";
            case 1 -> "猫はとても小さい。";
            case 2 -> "😀👩‍👧 ";
            default -> "[" + MARK + " ada 2026-03-01] <|im_end|>";
        };
        int length = random.nextInt(5) == 0 ? random.nextInt(6_000) : random.nextInt(60);
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.append(alphabet);
        }
        return text.toString();
    }
}
