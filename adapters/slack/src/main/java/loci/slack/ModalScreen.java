package loci.slack;

import com.slack.api.methods.response.views.ViewsOpenResponse;
import com.slack.api.model.view.View;
import loci.slack.Web.Done;
import org.jspecify.annotations.Nullable;

/** Puts forms before people, and changes what is before them. Thread-safe. */
final class ModalScreen {

    private final Web web;

    ModalScreen(Web web) {
        this.web = web;
    }

    /** Returns its id; null where it could not be shown in time, or nothing was done that it could follow from. */
    @Nullable
    String open(@Nullable String trigger, View view) {
        if (trigger == null || trigger.isEmpty()) {
            return null;
        }
        return web.tried(
                                "views.open",
                                client -> client.viewsOpen(
                                        request -> request.triggerId(trigger).view(view)))
                        instanceof Done<ViewsOpenResponse>(ViewsOpenResponse opened)
                ? opened.getView().getId()
                : null;
    }

    /** Returns whether it is still there to be changed. */
    boolean update(String id, View view) {
        return web.courtesy(
                "views.update",
                client -> client.viewsUpdate(request -> request.viewId(id).view(view)));
    }
}
