package loci.openai;

import loci.model.ModelProfile;

/**
 * A model by its name, with everything the catalogue tells of it.
 *
 * @param profile what prompts are built by
 * @param listed false where the catalogue has no such model, so that the profile is a cautious guess
 */
public record KnownModel(ModelProfile profile, boolean listed) {}
