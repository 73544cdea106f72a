package loci.sanitize;

/** Makes a model's reply safe to send. First form; the rules are being widened. */
public final class OutboundSanitizer {
    private OutboundSanitizer() {}

    public static String reply(String modelText, String mark) {
        String out = Marks.neutralise(VisibleText.of(modelText), mark)
                .replaceAll("(?i)@(everyone|here)", "＠$1")
                .replaceAll("<@", "<＠")
                .replaceAll("<!", "<！");
        return VisibleText.isBlank(out) ? "" : out;
    }

    /** The longest prefix of the final reply that is safe to show now. */
    public static String shown(String partialModelText, String mark) {
        int line = partialModelText.lastIndexOf('\n');
        return reply(partialModelText.substring(0, line + 1), mark);
    }
}
