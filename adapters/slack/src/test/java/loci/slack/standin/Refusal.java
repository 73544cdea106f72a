package loci.slack.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Slack's refusal of a call: {@code "ok": false}, an error's name, and what else is said of it. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ObjectNode body;

    Refusal(String error) {
        super(error, null, false, false);
        body = World.json().put("ok", false).put("error", error);
    }

    Refusal with(String field, String value) {
        body.put(field, value);
        return this;
    }

    /** A refusal that says in a sentence what is wrong. */
    Refusal saying(String sentence) {
        body.putObject("response_metadata").putArray("messages").add("[ERROR] " + sentence);
        return this;
    }

    ObjectNode body() {
        return body;
    }
}
