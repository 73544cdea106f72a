package loci.openai;

import java.util.List;
import java.util.Optional;
import loci.model.ModelProfile;
import loci.model.PromptMessage;
import loci.prompt.MessageForm;

/**
 * Which optional parts a server's requests have. Learned: a form that a server refuses is replaced by one without the refused part, and
 * the model keeps that form from then on.
 *
 * @param asksForUsage whether {@code stream_options.include_usage} is sent
 * @param outputLimitField the field that limits the output
 * @param temperature whether a temperature may be sent
 * @param roles how far the messages' roles are simplified
 */
record RequestForm(boolean asksForUsage, String outputLimitField, boolean temperature, Roles roles) {

    /** What the model's chat template takes, loosest first. */
    enum Roles {
        AS_PROFILED,
        ALTERNATING,
        WITHOUT_SYSTEM
    }

    private static final String NEW_LIMIT = "max_completion_tokens";
    private static final String OLD_LIMIT = "max_tokens";

    /** How chat templates complain (vLLM issue 6862, opencode issue 5034, conversations issue 197), some with status 500. */
    private static final List<String> NO_SYSTEM_ROLE =
            List.of("system role not supported", "tool roles are supported", "assistant roles are supported");

    private static final List<String> STRICT_ORDER = List.of("roles must alternate", "must be at the beginning");

    /**
     * The first form to try. Usage is asked for, since OpenAI, vLLM, llama.cpp, Ollama and LM Studio all take the option and some send no
     * usage in a stream without it; those that refuse unknown fields (older Azure API versions, Databricks) teach us otherwise.
     */
    static RequestForm first(ModelProfile profile) {
        return new RequestForm(true, profile.outputLimitField(), profile.takesTemperature(), Roles.AS_PROFILED);
    }

    /** Whether a refusal complains of the messages' roles: the same messages would be refused again. */
    static boolean concernsRoles(ServerError error) {
        return says(error, NO_SYSTEM_ROLE) || says(error, STRICT_ORDER);
    }

    /** The profile as the server has shown it to be, for the prompts to come: they are then counted in the form they are sent in. */
    ModelProfile learned(ModelProfile profile) {
        return roles == Roles.AS_PROFILED ? profile : profile.withStrictRoles();
    }

    /**
     * The messages in this form. They come in the form that {@link #learned} asks for, and are sent as they are; only those of a prompt
     * made before the server refused must still be brought into it, and where there is no system role, its text moves.
     */
    List<PromptMessage> render(List<PromptMessage> messages, ModelProfile profile) {
        return switch (roles) {
            case AS_PROFILED -> messages;
            case ALTERNATING -> MessageForm.of(messages, learned(profile));
            case WITHOUT_SYSTEM -> MessageForm.withoutSystemRole(messages);
        };
    }

    /** The form to try after a refusal, or empty where the refusal is not about an optional part of this one. */
    Optional<RequestForm> after(ServerError error) {
        if (error.status() != 400 && error.status() != 422 && error.status() != 500) {
            return Optional.empty();
        }
        if (asksForUsage && error.names("stream_options")) {
            return Optional.of(new RequestForm(false, outputLimitField, temperature, roles));
        }
        if (outputLimitField.equals(OLD_LIMIT) && error.refusesParameter(OLD_LIMIT)) {
            return Optional.of(new RequestForm(asksForUsage, NEW_LIMIT, temperature, roles));
        }
        if (outputLimitField.equals(NEW_LIMIT) && error.refusesParameter(NEW_LIMIT)) {
            return Optional.of(new RequestForm(asksForUsage, OLD_LIMIT, temperature, roles));
        }
        if (temperature && error.refusesParameter("temperature")) {
            return Optional.of(new RequestForm(asksForUsage, outputLimitField, false, roles));
        }
        return stricterRoles(error).map(next -> new RequestForm(asksForUsage, outputLimitField, temperature, next));
    }

    private Optional<Roles> stricterRoles(ServerError error) {
        if (roles == Roles.WITHOUT_SYSTEM || !concernsRoles(error)) {
            return Optional.empty();
        }
        // A template without a system role may also say no more than that roles must alternate.
        boolean noSystem = says(error, NO_SYSTEM_ROLE) || roles == Roles.ALTERNATING;
        return Optional.of(noSystem ? Roles.WITHOUT_SYSTEM : Roles.ALTERNATING);
    }

    private static boolean says(ServerError error, List<String> wordings) {
        return wordings.stream().anyMatch(error::says);
    }
}
