package loci.command;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import loci.chat.CommandAnswer;
import loci.chat.ConversationId;
import loci.memory.ConversationStore;
import loci.memory.Exchanges;
import loci.memory.Forgetting;
import loci.memory.Role;
import loci.memory.Turn;

/** {@code /export}: what somebody said in a channel, or all that was said in it, as a file. */
final class Export implements Command {

    private final ConversationStore store;
    private final Exporter exporter;

    Export(ConversationStore store, Exporter exporter) {
        this.store = store;
        this.exporter = exporter;
    }

    @Override
    public String name() {
        return "export";
    }

    @Override
    public List<Form> forms() {
        return List.of(Form.of("mine", "export.mine"), Form.of("channel", "export.channel"));
    }

    @Override
    public Action action(String arguments) {
        return arguments.strip().equalsIgnoreCase("mine") ? Action.OWN : Action.EXPORT;
    }

    @Override
    public CommandAnswer run(Invocation invocation) {
        String wanted = invocation.arguments().toLowerCase(Locale.ROOT);
        if (!wanted.equals("mine") && !wanted.equals("channel")) {
            return misunderstood(invocation);
        }
        ConversationId conversation = invocation.conversation();
        String own = invocation.author().id();
        List<Turn> turns = new ArrayList<>();
        long newest = store.newestExchange(conversation);
        if (newest > 0) {
            new Forgetting(store).each(conversation, new Exchanges(1, newest), turn -> {
                boolean mine = turn.role() == Role.PERSON && turn.author().id().equals(own);
                if (mine || wanted.equals("channel")) {
                    turns.add(turn);
                }
            });
        }
        if (turns.isEmpty()) {
            return invocation.answer("export.nothing");
        }
        Set<Long> pinned = store.pinned(conversation);
        String day =
                LocalDate.ofInstant(invocation.at(), invocation.caller().zone()).toString();
        String file = "loci-" + wanted + "-" + conversation.channel().replaceAll("[^\\p{L}\\p{N}_-]", "_") + "-" + day
                + ".json";
        String said = invocation.text("export.done", invocation.text("messages", turns.size()), file);
        return new CommandAnswer(
                said, null, new CommandAnswer.Attachment(file, exporter.write(conversation.channel(), turns, pinned)));
    }
}
