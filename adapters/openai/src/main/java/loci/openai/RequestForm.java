package loci.openai;

import java.util.Optional;
import loci.model.ModelProfile;

/**
 * Which optional parts a server's requests have. Learned: a form that a server refuses is replaced by one without the refused part, and
 * the model keeps that form from then on.
 *
 * @param asksForUsage whether {@code stream_options.include_usage} is sent
 * @param outputLimitField the field that limits the output
 * @param temperature whether a temperature may be sent
 * @param systemRole whether the server has a system role
 */
record RequestForm(boolean asksForUsage, String outputLimitField, boolean temperature, boolean systemRole) {

    private static final String NEW_LIMIT = "max_completion_tokens";
    private static final String OLD_LIMIT = "max_tokens";

    /**
     * The first form to try. Usage is asked for, since OpenAI, vLLM, llama.cpp, Ollama and LM Studio all take the option and some send no
     * usage in a stream without it; those that refuse unknown fields (older Azure API versions, Databricks) teach us otherwise.
     */
    static RequestForm first(ModelProfile profile) {
        return new RequestForm(true, profile.outputLimitField(), profile.takesTemperature(), true);
    }

    /** The form to try after a refusal, or empty where the refusal is not about an optional part of this one. */
    Optional<RequestForm> after(ServerError error) {
        if (error.status() != 400 && error.status() != 422 && error.status() != 500) {
            return Optional.empty();
        }
        if (asksForUsage && error.names("stream_options")) {
            return Optional.of(new RequestForm(false, outputLimitField, temperature, systemRole));
        }
        if (outputLimitField.equals(OLD_LIMIT) && error.refusesParameter(OLD_LIMIT)) {
            return Optional.of(new RequestForm(asksForUsage, NEW_LIMIT, temperature, systemRole));
        }
        if (outputLimitField.equals(NEW_LIMIT) && error.refusesParameter(NEW_LIMIT)) {
            return Optional.of(new RequestForm(asksForUsage, OLD_LIMIT, temperature, systemRole));
        }
        if (temperature && error.refusesParameter("temperature")) {
            return Optional.of(new RequestForm(asksForUsage, outputLimitField, false, systemRole));
        }
        if (systemRole && error.says("system role not supported")) {
            return Optional.of(new RequestForm(asksForUsage, outputLimitField, temperature, false));
        }
        return Optional.empty();
    }
}
