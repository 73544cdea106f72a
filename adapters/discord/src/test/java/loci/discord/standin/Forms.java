package loci.discord.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Forms (modals), filled in. */
final class Forms {
    private static final int ROW = 1;
    private static final int TEXT_INPUT = 4;
    private static final int LABEL = 18;

    private Forms() {}

    /** The data of a submitted form: this text in each of its text inputs. */
    static ObjectNode filled(ObjectNode form, String text) {
        ObjectNode data = JsonNodeFactory.instance
                .objectNode()
                .put("custom_id", form.path("custom_id").asText());
        data.set("components", filled(form.path("components"), text));
        data.putObject("resolved");
        return data;
    }

    private static ArrayNode filled(JsonNode components, String text) {
        ArrayNode answers = JsonNodeFactory.instance.arrayNode();
        for (JsonNode component : components) {
            int type = component.path("type").asInt();
            ObjectNode answer =
                    JsonNodeFactory.instance.objectNode().put("type", type).put("id", answers.size() + 1);
            if (type == TEXT_INPUT) {
                answers.add(answer.put("custom_id", component.path("custom_id").asText())
                        .put("value", text));
            } else if (type == ROW) {
                answer.set("components", filled(component.path("components"), text));
                answers.add(answer);
            } else if (type == LABEL) {
                ArrayNode one = JsonNodeFactory.instance.arrayNode().add(component.path("component"));
                answer.set("component", filled(one, text).path(0));
                answers.add(answer);
            }
        }
        return answers;
    }
}
