package loci.sanitize;

import java.util.Locale;
import java.util.Set;

/**
 * Breaks the control tokens of chat templates, so that text can name them and no tokenizer reads them as control. The
 * change is one broken bar: {@code <|im_start|>} becomes {@code <¦im_start¦>}, {@code [INST]} becomes {@code [¦INST]}.
 *
 * <p>Sources: the tokenizer configurations of the models of OpenAI, Meta Llama 2–4, Mistral, Google Gemma, Microsoft Phi,
 * Qwen, DeepSeek, Cohere and BERT/T5. Case is ignored, as are full-width forms. Linear time.
 */
final class ModelTokens {
    private static final char BROKEN = '¦';
    private static final int LONGEST = 64;

    private static final Set<String> ANGLE = Set.of(
            "s",
            "bos",
            "eos",
            "pad",
            "unk",
            "mask",
            "sep",
            "cls",
            "start_of_turn",
            "end_of_turn",
            "start_of_image",
            "end_of_image",
            "image_soft_token",
            "start_of_audio",
            "end_of_audio",
            "system",
            "assistant",
            "human",
            "bot",
            "think",
            "tool_call",
            "tool_calls",
            "tool_response",
            "tool_responses",
            "tool_result",
            "tools",
            "function_calls",
            "sys",
            "b_sys",
            "e_sys",
            "fim_prefix",
            "fim_middle",
            "fim_suffix",
            "fim_pad",
            "file_sep",
            "reponame",
            "endoftext",
            "im_start",
            "im_end",
            "end_of_text",
            "image",
            "turn",
            "eod",
            "eot",
            "eom",
            "sop",
            "eop",
            "gmask",
            "h");

    private static final Set<String> SQUARE = Set.of(
            "inst",
            "available_tools",
            "tool_calls",
            "tool_results",
            "tool_content",
            "system_prompt",
            "img",
            "img_break",
            "img_end",
            "audio",
            "begin_audio",
            "prefix",
            "middle",
            "suffix",
            "think",
            "args",
            "call_id",
            "model_settings",
            "cls",
            "sep",
            "mask",
            "pad",
            "unk",
            "bos",
            "eos",
            "gmask",
            "smask");

    private ModelTokens() {}

    static String neutralise(String text) {
        Folded folded = Folded.of(text);
        String seen = folded.lower();
        if (seen.indexOf('<') < 0 && seen.indexOf('[') < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 16);
        int done = 0;
        int closing = -1; // the bar of the "|>" that ends an opened "<|"
        for (int i = 0; i + 1 < seen.length(); i++) {
            char here = seen.charAt(i);
            if ((here == '|' && i == closing) || (here == '<' && seen.charAt(i + 1) == '|')) {
                int bar = here == '|' ? i : i + 1;
                closing = here == '|' ? -1 : closingBar(seen, bar + 1);
                out.append(text, done, folded.startOf(bar)).append(BROKEN);
                done = folded.endOf(bar);
                i = bar;
            } else if ((here == '<' && isToken(seen, i, '>', ANGLE))
                    || (here == '[' && isToken(seen, i, ']', SQUARE))) {
                out.append(text, done, folded.endOf(i)).append(BROKEN);
                done = folded.endOf(i);
            }
        }
        return out.append(text, done, text.length()).toString();
    }

    private static int closingBar(String seen, int from) {
        int end = Math.min(seen.length() - 1, from + LONGEST);
        for (int i = from; i < end && seen.charAt(i) != '\n'; i++) {
            if (seen.charAt(i) == '|' && seen.charAt(i + 1) == '>') {
                return i;
            }
        }
        return -1;
    }

    private static boolean isToken(String seen, int open, char close, Set<String> names) {
        int from = open + 1;
        if (from < seen.length() && seen.charAt(from) == '/') {
            from++;
        }
        int end = from;
        while (end < seen.length() && end - from < LONGEST && isNamePart(seen.charAt(end))) {
            end++;
        }
        if (end == from || end >= seen.length() || seen.charAt(end) != close) {
            return false;
        }
        String name = seen.substring(from, end).toLowerCase(Locale.ROOT);
        return names.contains(name) || isNumbered(name);
    }

    /** Byte tokens ({@code <0x0A>}) and reserved ones ({@code <unused7>}, {@code <extra_id_0>}, {@code [control_8]}). */
    private static boolean isNumbered(String name) {
        int digits = name.length();
        while (digits > 0 && Character.digit(name.charAt(digits - 1), 16) >= 0) {
            digits--;
        }
        String stem = name.substring(0, digits);
        return (digits < name.length()
                        && (stem.equals("0x")
                                || stem.equals("unus")
                                || stem.equals("extra_id_")
                                || stem.equals("control_")
                                || stem.equals("reserved_")))
                || name.startsWith("unused");
    }

    private static boolean isNamePart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    }
}
