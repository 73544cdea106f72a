package loci.app.config;

/** The secrets Loci knows; each is read from the environment variable of its name, or from the file {@code <NAME>_FILE} names. */
public enum SecretName {
    OPENAI_API_KEY("the key of the language model's provider"),
    LOCI_SUMMARY_API_KEY("the key of the provider at summary.baseUrl, where that is another"),
    DISCORD_TOKEN("the token of the Discord bot"),
    SLACK_BOT_TOKEN("the token of the Slack bot (xoxb-…)"),
    SLACK_APP_TOKEN("the app-level token for Slack's Socket Mode (xapp-…)"),
    SLACK_SIGNING_SECRET("what Slack signs its HTTP requests with"),
    LOCI_DATABASE_PASSWORD("the key of the encrypted database; without it one is made on first start");

    static final String FILE = "_FILE";

    private final String meaning;

    SecretName(String meaning) {
        this.meaning = meaning;
    }

    /** Returns what the secret is for, in a few words. */
    public String meaning() {
        return meaning;
    }

    /** Returns the variable that names a file holding the secret. */
    public String fileVariable() {
        return fileVariable(name());
    }

    /** Returns the variable that names a file holding what a variable would hold. */
    static String fileVariable(String variable) {
        return variable + FILE;
    }
}
