package loci.slack.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.List;

/** A button of a message. */
public record Button(Message message, String label, JsonNode element, String blockId) {

    /** What the app is told the button is. */
    public String actionId() {
        return element.path("action_id").asText();
    }

    /** What the app hung on it. */
    public String value() {
        return element.path("value").asText();
    }

    static List<Button> in(Message message, ArrayNode blocks) {
        List<Button> found = new ArrayList<>();
        for (JsonNode block : blocks) {
            String id = block.path("block_id").asText();
            List<JsonNode> elements = new ArrayList<>(World.each(block.path("elements")));
            elements.add(block.path("accessory"));
            elements.stream()
                    .filter(one -> one.path("type").asText().equals("button"))
                    .forEach(one ->
                            found.add(new Button(message, one.at("/text/text").asText(), one, id)));
        }
        return found;
    }

    @Override
    public String toString() {
        return "[" + label + "]";
    }
}
