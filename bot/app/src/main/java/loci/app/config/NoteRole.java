package loci.app.config;

/** The role under which the model is shown the running note; {@code USER} leaves it without privilege. */
public enum NoteRole {
    SYSTEM,
    USER
}
