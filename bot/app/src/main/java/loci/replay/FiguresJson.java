package loci.replay;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import loci.model.ModelProfile;
import loci.replay.Bill.Cost;
import loci.replay.Facts.Found;

/** The figures of a replay for programs. */
public final class FiguresJson {

    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private FiguresJson() {}

    /** Returns the figures as JSON, ending with a line break; an amount of money that is not known is null. */
    public static String of(String transcript, ModelProfile model, List<Figures> figures) throws IOException {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("loci-replay", 1).put("transcript", transcript).put("model", model.name());
        root.put("encoding", model.encoding()).put("contextWindow", model.contextWindow());
        var strategies = root.putArray("strategies");
        for (Figures one : figures) {
            ObjectNode node = strategies.addObject();
            node.put("strategy", one.strategy()).put("budget", one.budget());
            node.put("prompts", one.prompts()).put("refused", one.refused());
            node.put("largestPrompt", one.largest()).put("largestPromptAt", one.largestAt());
            node.put("trimmed", one.trimmed());
            node.put("summaryCalls", one.summaryCalls()).put("summaryFailures", one.failures());
            cost(node.putObject("replies"), one.replies());
            cost(node.putObject("summaries"), one.summaries());
            cost(node.putObject("total"), one.total());
            ObjectNode facts = node.putObject("facts");
            facts.put("questions", one.questions()).put("answerable", one.answerable());
            for (Found what : Found.values()) {
                facts.put(what.name().toLowerCase(Locale.ROOT), one.found(what));
            }
        }
        return MAPPER.writeValueAsString(root) + "\n";
    }

    private static void cost(ObjectNode node, Cost cost) {
        node.put("tokensRead", cost.read()).put("tokensCached", cost.cached()).put("tokensWritten", cost.written());
        money(node, "dollarsUncached", cost.uncached());
        money(node, "dollarsCached", cost.withCache());
    }

    private static void money(ObjectNode node, String name, Optional<BigDecimal> dollars) {
        dollars.ifPresentOrElse(amount -> node.put(name, amount), () -> node.putNull(name));
    }
}
