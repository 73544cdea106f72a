package loci.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import loci.app.config.LociConfig;
import loci.app.config.Packaged;
import loci.app.config.Secret;
import loci.model.LanguageModel;
import loci.model.ModelProfile;
import loci.offline.OfflineModel;
import loci.openai.JtokkitCounters;
import loci.openai.ModelCatalog;
import loci.openai.ModelCatalogFile;
import loci.openai.OpenAiModel;
import loci.openai.OpenAiSettings;

/** Makes language models as the configuration describes them. Thread-safe. */
final class Models {

    private static final List<ModelCatalog.Entry> PACKAGED = packaged();

    /** By what operators describe: one for all, so that what is not known is warned of once. */
    private static final Map<List<ModelCatalog.Entry>, ModelCatalog> CATALOGS = new ConcurrentHashMap<>();

    private Models() {}

    /** The model that a part of the configuration names. */
    static LanguageModel of(LociConfig.Model wanted) {
        return switch (wanted.provider()) {
            case OFFLINE -> new OfflineModel(JtokkitCounters.forEncoding("o200k_base"));
            case OPENAI -> new OpenAiModel(profile(wanted), settings(wanted));
        };
    }

    /** Which models at which addresses are sent what is said, for people to read. */
    static String receivers(LociConfig config) {
        String answering = receiver(config.model());
        String summarising = receiver(config.summary());
        String others = Stream.concat(config.choices().stream(), config.fallbacks().stream())
                .map(Models::receiver)
                .distinct()
                .filter(other -> !other.equals(answering))
                .collect(Collectors.joining(", "));
        return answering
                + (others.isEmpty() ? "" : ", or where it fails or another was chosen " + others)
                + (answering.equals(summarising) ? "" : ", and for the notes " + summarising);
    }

    static String receiver(LociConfig.Model model) {
        return switch (model.provider()) {
            case OFFLINE -> "none: a stand-in on the bot's own machine answers";
            case OPENAI ->
                model.name() + " at "
                        + (model.baseUrl() == null
                                ? "api.openai.com"
                                : model.baseUrl().getAuthority());
        };
    }

    /** What is known of a model: from the operator's catalogue, else from the packaged one. */
    private static ModelProfile known(LociConfig.Model wanted) {
        return CATALOGS.computeIfAbsent(wanted.described(), own -> new ModelCatalog(PACKAGED, own))
                .find(wanted.name())
                .profile();
    }

    /** What is known of the model by name, overridden by what the configuration says of it. */
    static ModelProfile profile(LociConfig.Model wanted) {
        ModelProfile profile = known(wanted);
        if (wanted.encoding() != null) {
            profile = profile.withEncoding(wanted.encoding().tiktokenName());
        }
        return wanted.contextWindow() == null ? profile : profile.withContextWindow(wanted.contextWindow());
    }

    private static OpenAiSettings settings(LociConfig.Model wanted) {
        Secret key = wanted.apiKey();
        return new OpenAiSettings(
                wanted.baseUrl() == null ? null : wanted.baseUrl().toString(),
                key == null ? null : key.reveal(),
                null,
                null,
                wanted.connectTimeout(),
                wanted.readTimeout(),
                wanted.deadline(),
                wanted.maxRetries(),
                wanted.temperature() == null ? OptionalDouble.empty() : OptionalDouble.of(wanted.temperature()));
    }

    private static List<ModelCatalog.Entry> packaged() {
        try {
            return ModelCatalogFile.entries(new YAMLMapper().readTree(Packaged.models()));
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("the packaged models.yaml is broken, which a test excludes", broken);
        }
    }
}
