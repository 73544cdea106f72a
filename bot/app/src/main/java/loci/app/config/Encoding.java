package loci.app.config;

/** A tokeniser. */
public enum Encoding {
    O200K_BASE,
    CL100K_BASE;

    /** Returns the name that {@code models.yaml} and tiktoken use. */
    public String tiktokenName() {
        return Kinds.lower(this);
    }
}
