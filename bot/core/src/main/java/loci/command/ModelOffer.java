package loci.command;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import loci.model.ModelProfile;

/**
 * The models that a channel can choose from. Immutable.
 *
 * @param profiles what is known of each, the operator's own choice first; each name once
 */
public record ModelOffer(List<ModelProfile> profiles) {

    /** The name under which a channel's own choice is kept. */
    public static final String SETTING = "model";

    public ModelOffer {
        profiles = List.copyOf(profiles);
    }

    List<String> names() {
        return profiles.stream().map(ModelProfile::name).toList();
    }

    Optional<ModelProfile> named(String name) {
        return profiles.stream()
                .filter(profile -> profile.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /** The name of the model that holds under these settings; the operator's choice too where another is no longer on offer. */
    public String chosen(Map<String, String> settings) {
        return named(settings.getOrDefault(SETTING, ""))
                .map(ModelProfile::name)
                .orElseGet(() -> profiles.getFirst().name());
    }
}
