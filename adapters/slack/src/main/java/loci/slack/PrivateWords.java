package loci.slack;

import com.slack.api.Slack;
import com.slack.api.app_backend.interactive_components.ActionResponseSender;
import com.slack.api.app_backend.interactive_components.response.ActionResponse;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.SlackFilesUploadV2Exception;
import com.slack.api.methods.response.chat.ChatPostMessageResponse;
import com.slack.api.methods.response.files.FilesUploadV2Response;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.view.View;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import loci.chat.CommandAnswer;
import loci.chat.CommandAnswer.Attachment;
import loci.chat.CommandAnswer.Confirmation;
import loci.slack.Owed.ResponseUrl;
import loci.slack.Web.Done;
import loci.slack.Web.Refused;
import loci.slack.Web.Tried;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what a command has to say to whoever gave it: in the form that waits for it, else by the response URL while that is good, else so
 * that only they see it, else in a direct message. Files go to the direct messages, since what only one person sees cannot hold any. Where
 * nothing works nothing is said, since others would read it. Thread-safe.
 */
final class PrivateWords {

    private static final Logger LOG = LoggerFactory.getLogger(PrivateWords.class);
    private static final int OK = 200;
    private static final String WHOLE = "answer.md";

    private final Web web;
    private final ActionResponseSender urls;
    private final ModalScreen screen;
    private final InstantSource clock;

    PrivateWords(Web web, Slack slack, ModalScreen screen, InstantSource clock) {
        this.web = web;
        this.urls = new ActionResponseSender(slack);
        this.screen = screen;
        this.clock = clock;
    }

    /**
     * Returns whether it could be said.
     *
     * @param share the name under which it can be shared; null where it cannot be
     */
    boolean say(Owed to, CommandAnswer answer, @Nullable String share) {
        Attachment attachment = answer.attachment();
        String text = attachment == null ? answer.text() : answer.text() + "\n\n" + handedOver(to, attachment);
        if (inForm(to, text, answer.confirmation(), share)) {
            return true;
        }
        SlackParts parts = SlackParts.of(text);
        String whole = parts.file();
        if (whole != null) {
            String where = handedOver(to, new Attachment(WHOLE, whole));
            parts = SlackParts.of(SlackParts.split(text, SlackParts.LONGEST / 2).getFirst() + "\n\n" + where);
        }
        boolean said = said(to, parts.messages(), under(to, answer.confirmation(), share));
        if (!said) {
            LOG.info("what was for one person alone reached nobody");
        }
        return said;
    }

    private boolean inForm(Owed to, String markdown, @Nullable Confirmation asked, @Nullable String share) {
        String text = SlackMarkup.rendered(markdown);
        if (to.view() == null || !Modals.holds(text)) {
            return false;
        }
        View view = asked != null
                ? Modals.asking(to.titled(), text, to.user(), asked)
                : share != null ? Modals.sharing(to.titled(), text, share) : Modals.saying(to.titled(), text);
        return screen.update(to.view(), view);
    }

    private static @Nullable LayoutBlock under(Owed to, @Nullable Confirmation asked, @Nullable String share) {
        return asked != null ? Modals.confirm(to.user(), asked) : share != null ? Modals.share(share) : null;
    }

    private boolean said(Owed to, List<String> texts, @Nullable LayoutBlock buttons) {
        boolean said = true;
        for (int i = 0; i < texts.size() && said; i++) {
            String text = texts.get(i);
            boolean isLast = i == texts.size() - 1;
            List<LayoutBlock> blocks = Outgoing.blocks(text, isLast ? buttons : null);
            said = byUrl(to, text, blocks) || onlyThere(to, text, blocks) || directly(to, text, blocks) != null;
        }
        return said;
    }

    private boolean byUrl(Owed to, String text, List<LayoutBlock> blocks) {
        ResponseUrl url = to.url();
        if (url == null || !url.take(clock.instant())) {
            return false;
        }
        ActionResponse response = ActionResponse.builder()
                .responseType("ephemeral")
                .replaceOriginal(url.isToReplace())
                .threadTs(to.thread())
                .text(text)
                .blocks(blocks)
                .build();
        try {
            return urls.send(url.url(), response).getCode() == OK;
        } catch (IOException | RuntimeException failed) {
            // Its text may quote the URL, which is a secret.
            LOG.debug("a response URL failed: {}", failed.getClass().getSimpleName());
            return false;
        }
    }

    private boolean onlyThere(Owed to, String text, List<LayoutBlock> blocks) {
        return web.courtesy(
                "chat.postEphemeral " + to.channel(),
                client -> client.chatPostEphemeral(request -> request.channel(to.channel())
                        .threadTs(to.thread())
                        .user(to.user())
                        .text(text)
                        .blocks(blocks)));
    }

    /** Returns the channel of the direct messages; null where the person takes none. */
    private @Nullable String directly(Owed to, String text, List<LayoutBlock> blocks) {
        Tried<ChatPostMessageResponse> posted = web.tried(
                "chat.postMessage " + to.user(),
                client -> client.chatPostMessage(request -> request.channel(to.user())
                        .text(text)
                        .blocks(blocks)
                        .unfurlLinks(false)
                        .unfurlMedia(false)));
        return posted instanceof Done<ChatPostMessageResponse>(ChatPostMessageResponse done) ? done.getChannel() : null;
    }

    /** Sends a file, and returns the sentence that says what became of it. */
    private String handedOver(Owed to, Attachment attachment) {
        String sentence = "Here is `" + attachment.name() + "`, which you asked for.";
        String direct = directly(to, sentence, Outgoing.blocks(sentence, null));
        if (direct == null) {
            return "⚠️ The file could not be handed over: I cannot write direct messages to you.";
        }
        Tried<FilesUploadV2Response> uploaded =
                web.tried("files.upload", client -> uploaded(client, direct, attachment));
        return switch (uploaded) {
            case Done<FilesUploadV2Response> _ -> "`" + attachment.name() + "` is in our direct messages.";
            case Refused<FilesUploadV2Response>(String error, String needed) ->
                "⚠️ The file could not be handed over: " + Errors.why(error, needed) + ".";
            default -> "⚠️ The file could not be handed over: Slack did not take it. Please try again.";
        };
    }

    /** What the client throws where a step of it is refused is an answer as any other. */
    private static FilesUploadV2Response uploaded(MethodsClient client, String channel, Attachment file)
            throws IOException, SlackApiException {
        try {
            return client.filesUploadV2(request -> request.channel(channel)
                    .filename(file.name())
                    .title(file.name())
                    .content(file.text()));
        } catch (SlackFilesUploadV2Exception refused) {
            FilesUploadV2Response answer = new FilesUploadV2Response();
            refused.getGetURLResponses().stream()
                    .filter(step -> !step.isOk())
                    .findFirst()
                    .ifPresent(step -> {
                        answer.setError(step.getError());
                        answer.setNeeded(step.getNeeded());
                    });
            if (refused.getCompleteResponse() != null && answer.getError() == null) {
                answer.setError(refused.getCompleteResponse().getError());
                answer.setNeeded(refused.getCompleteResponse().getNeeded());
            }
            return answer;
        }
    }
}
