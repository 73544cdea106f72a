package loci.discord.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** A request as it came in: the path without {@code /api/v10}, header names in lower case, of a multipart body the JSON and the files. */
public record Request(
        String method,
        String path,
        Map<String, String> query,
        Map<String, List<String>> headers,
        JsonNode body,
        List<Attachment> files) {

    /** Whether it is one of these: a star stands for one segment of the path. */
    public boolean is(String wantedMethod, String pattern) {
        String regex = Pattern.quote(pattern).replace("*", "\\E[^/]+\\Q");
        return method.equals(wantedMethod) && path.matches(regex);
    }

    /** The first value of a header; empty where it was not sent. */
    public String header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of("")).getFirst();
    }

    @Override
    public String toString() {
        return method + " " + path + (query.isEmpty() ? "" : query) + (body.isMissingNode() ? "" : " " + body)
                + (files.isEmpty() ? "" : " " + files);
    }
}
