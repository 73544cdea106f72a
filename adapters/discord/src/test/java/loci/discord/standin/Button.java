package loci.discord.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** A button under a message. */
public record Button(Message message, String id, String label, boolean disabled) {
    private static final int COMPONENT = 2;

    static List<Button> in(Message message, JsonNode components) {
        List<Button> found = new ArrayList<>();
        for (JsonNode component : components) {
            if (component.path("type").asInt() == COMPONENT) {
                found.add(new Button(
                        message,
                        component.path("custom_id").asText(),
                        component.path("label").asText(),
                        component.path("disabled").asBoolean()));
            }
            found.addAll(in(message, component.path("components")));
        }
        return found;
    }

    @Override
    public String toString() {
        return "[" + label + "]" + (disabled ? " (disabled)" : "");
    }
}
