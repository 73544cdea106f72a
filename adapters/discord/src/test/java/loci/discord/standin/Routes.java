package loci.discord.standin;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which handler answers which method and path. */
final class Routes {
    /** Answers one kind of request; the variables are the path's, in order. */
    interface Handler {
        Answer answer(Request request, List<String> variables);
    }

    private record Route(String method, List<String> segments, Handler handler) {
        @Nullable
        List<String> match(String wantedMethod, List<String> path) {
            if (!method.equals(wantedMethod) || path.size() != segments.size()) {
                return null;
            }
            List<String> variables = new ArrayList<>();
            for (int i = 0; i < path.size(); i++) {
                if ("*".equals(segments.get(i))) {
                    variables.add(RestServer.decode(path.get(i)));
                } else if (!segments.get(i).equals(path.get(i))) {
                    return null;
                }
            }
            return variables;
        }
    }

    private final List<Route> routes = new ArrayList<>();

    /** A star stands for one segment; of two that fit, the one added first answers. */
    Routes on(String method, String path, Handler handler) {
        routes.add(new Route(method, segments(path), handler));
        return this;
    }

    Answer answer(Request request) {
        List<String> path = segments(request.path());
        for (Route route : routes) {
            List<String> variables = route.match(request.method(), path);
            if (variables != null) {
                return route.handler().answer(request, variables);
            }
        }
        throw new ApiError(404, 0, "404: Not Found");
    }

    private static List<String> segments(String path) {
        return List.of(path.substring(1).split("/", -1));
    }
}
