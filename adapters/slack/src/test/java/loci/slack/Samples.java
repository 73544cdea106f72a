package loci.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import loci.SharedData;

/** Texts that nobody here wrote, from {@code shared/data}, and hostile ones made by chance. */
final class Samples {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What Markdown, Slack and entities are made of. */
    private static final List<String> PIECES = List.of(
            "<!channel>",
            "<!here|x>",
            "<@U123>",
            "<#C1|a>",
            "<!subteam^S1>",
            "<!date^1^{date}|x>",
            "&lt;!here&gt;",
            "&#60;!channel&#62;",
            "&amp;lt;@U1&amp;gt;",
            "<",
            ">",
            "|",
            "!",
            "@",
            "#",
            "&",
            ";",
            "\\",
            "\u200B",
            "`",
            "``",
            "```",
            "\n",
            "\n\n",
            "\n```\n",
            "~~~\n",
            "*",
            "**",
            "_",
            "__",
            "~~",
            "~",
            " ",
            "a",
            "word ",
            "中文",
            "# ",
            "> ",
            "- ",
            "1. ",
            "    ",
            "@everyone",
            "@here",
            "@channel ",
            "@**here**",
            "[x](https://y.z)",
            "[",
            "](",
            ")",
            "![i](http://i.j/k.png)",
            "[<!here>](https://y.z)",
            "[a](<https://y.z/|<!here>>)",
            "[b](javascript:x)",
            "[good.com](https://evil.com)",
            "<https://q.w|label>",
            "<https://q.w>",
            "<b>",
            "<!-- x -->",
            "<br>",
            "https://e.r/a_b_c?d=1&e=2",
            "www.x.y",
            "\n| a | b |\n|---|---|\n| <!here> | x |\n",
            "[r]: https://r.s '<!here>'\n",
            "[r]",
            "- [ ] t\n",
            "\uD83D",
            "😀",
            "\uFDD0",
            "\uFDD8");

    private Samples() {}

    static List<JsonNode> lines(String file) throws IOException {
        List<JsonNode> nodes = new ArrayList<>();
        for (String line : Files.readAllLines(SharedData.require(file))) {
            if (!line.isBlank()) {
                nodes.add(JSON.readTree(line));
            }
        }
        return nodes;
    }

    static List<String> markdown() throws IOException {
        return lines("commonmark/examples.jsonl").stream()
                .map(example -> example.get("markdown").asText())
                .toList();
    }

    static List<String> hostile() throws IOException {
        List<String> texts = new ArrayList<>();
        JSON.readTree(Files.readString(SharedData.require("blns/blns.json"))).forEach(text -> texts.add(text.asText()));
        for (String file : List.of("hostile/invisible_text.jsonl", "hostile/prompt_injection.jsonl")) {
            lines(file)
                    .forEach(line -> line.forEach(value -> {
                        if (value.isTextual()) {
                            texts.add(value.asText());
                        }
                    }));
        }
        return texts;
    }

    static String mixture(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(1, 16); i > 0; i--) {
            String piece = PIECES.get(random.nextInt(PIECES.size()));
            text.append(random.nextInt(6) == 0 ? piece.substring(random.nextInt(piece.length())) : piece);
        }
        return text.toString();
    }
}
