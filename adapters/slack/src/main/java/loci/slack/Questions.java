package loci.slack;

import com.slack.api.methods.response.chat.ChatGetPermalinkResponse;
import com.slack.api.methods.response.chat.ChatPostMessageResponse;
import com.slack.api.model.Message;
import com.slack.api.model.view.View;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import loci.chat.Author;
import loci.chat.ChatEvent.MessagePosted;
import loci.chat.ChatEvent.Quoted;
import loci.chat.Inbox.Acceptance;
import loci.command.QuestionForm;
import loci.slack.SlackEvents.Place;
import loci.slack.Web.Done;
import loci.slack.Web.Refused;
import loci.slack.Web.Tried;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Questions about a message that somebody picked, and questions that nobody else is to see: a form asks for the words, and a message of ours
 * says who asks what, in the picked message's thread, or in the direct messages. That message is the question, as if its asker had written
 * it. Where the bot is not in the channel, it is asked in the direct messages instead. Thread-safe.
 */
final class Questions {

    private static final Logger LOG = LoggerFactory.getLogger(Questions.class);
    private static final int MOST = 1_000;
    private static final int SHOWN = 300;
    private static final Set<String> NOT_THERE = Set.of("not_in_channel", "channel_not_found");
    private static final String NOT_KNOWN = "⚠️ I do not know which message that was any more. Please pick it again.";
    private static final String NOT_TAKEN = "⚠️ I could not take this up. Please ask again.";

    private final Entrance entrance;
    private final Parts parts;
    private final Function<Locale, QuestionForm> form;
    /**
     * What was picked while a form is being filled in, by {@code CHANNEL/TS}; after a restart it is known by its name alone, which is good for
     * those who are in the channel.
     */
    private final Recent<String, Picked> picked = new Recent<>(MOST);

    /** What questions are asked with. */
    record Parts(
            Web web,
            Hearing hearing,
            Threads threads,
            Drafts drafts,
            Thinking thinking,
            Callers callers,
            Invocations invocations,
            Membership membership,
            ModalScreen screen,
            InstantSource clock) {}

    /**
     * A message that was picked.
     *
     * @param by the people who did
     */
    private record Picked(Place place, Message message, Set<String> by) {}

    /** A question before it is posted. */
    private record Asking(
            Owed from,
            Caller caller,
            String words,
            @Nullable Quoted about,
            @Nullable String link) {}

    /** Where a question stands. */
    private record Stands(Place place, String ts) {}

    /** Who asks, and the workspace they belong to. */
    private record Caller(Author author, String team) {}

    Questions(Entrance entrance, Parts parts, Function<Locale, QuestionForm> form) {
        this.entrance = entrance;
        this.parts = parts;
        this.form = form;
    }

    /** A message reads differently now, or is gone: it is not as it was when it was picked. By {@code CHANNEL/TS}. */
    void changed(String message) {
        picked.remove(message);
    }

    /** Shows the form for a question about a message. */
    void picked(Owed owed, Message message, String trigger) {
        Place place = parts.hearing().place(owed.channel(), message);
        String about = place.channel() + "/" + message.getTs();
        picked.computeIfAbsent(about, made -> new Picked(place, message, ConcurrentHashMap.newKeySet()))
                .by()
                .add(owed.user());
        QuestionForm shown = form.apply(parts.callers().locale(owed.user()));
        String thread = place.thread() == null ? "" : place.thread();
        if (parts.screen().open(trigger, Modals.question(Modals.ASK, shown, true, about + "/" + thread)) == null) {
            parts.invocations().say(owed, "⚠️ Slack did not show the form. Please try again.");
        }
    }

    /** Shows the form for a question that nobody else sees. */
    void privately(String user, String trigger) {
        QuestionForm shown = form.apply(parts.callers().locale(user));
        QuestionForm alone = new QuestionForm("Ask privately", shown.question(), "");
        if (parts.screen().open(trigger, Modals.question(Modals.PRIVATE, alone, false, "")) == null) {
            parts.invocations()
                    .say(Owed.of(user, user, null, null), "⚠️ Slack did not show the form. Please try again.");
        }
    }

    /**
     * Posts the question of a form that was filled in, and hands it in.
     *
     * @param team the workspace that whoever asks belongs to
     */
    void submitted(String user, String team, View view) {
        Caller caller = new Caller(parts.callers().of(user, user).author(), team);
        String words = Modals.question(view);
        String[] about = view.getPrivateMetadata() == null
                ? new String[0]
                : view.getPrivateMetadata().split("/", 3);
        if (about.length < 3) {
            Owed alone = Owed.of(user, user, null, null);
            directly(new Asking(alone, caller, words, null, null));
            return;
        }
        Picked known = picked.get(about[0] + "/" + about[1]);
        Place place = known == null
                ? Place.of(parts.hearing().team(), about[0], about[1], about[2].isEmpty() ? null : about[2])
                : known.place();
        boolean did = known != null && known.by().contains(user);
        if (!did && !parts.membership().isIn(user, place.channel())) {
            parts.invocations().say(Owed.of(user, user, null, null), NOT_KNOWN);
            return;
        }
        String asked =
                words.isEmpty() ? form.apply(parts.callers().locale(user)).otherwise() : words;
        about(Owed.of(user, place.channel(), place.thread(), null), caller, asked, place, about[1]);
    }

    private void about(Owed from, Caller caller, String words, Place place, String ts) {
        there(new Asking(from, caller, words, quoted(place, ts), link(place, ts)), place, ts);
    }

    private Quoted quoted(Place place, String ts) {
        Picked known = picked.get(place.channel() + "/" + ts);
        return known == null
                ? new Quoted(place.message(ts), Optional.empty(), "", SlackEvents.at(ts))
                : parts.hearing().quotes(known.place(), known.message());
    }

    /** A link to what is asked about, where it does not stand above the thread anyway. */
    private @Nullable String link(Place place, String ts) {
        if (place.thread() == null && !place.isDirect()) {
            return null;
        }
        return parts.web()
                                .tried(
                                        "chat.getPermalink",
                                        client -> client.chatGetPermalink(request ->
                                                request.channel(place.channel()).messageTs(ts)))
                        instanceof Done<ChatGetPermalinkResponse>(ChatGetPermalinkResponse found)
                ? found.getPermalink()
                : null;
    }

    private void there(Asking asking, Place place, String ts) {
        String opened = place.isDirect() ? null : ts;
        String thread = place.thread() == null ? opened : place.thread();
        String about = asking.link() == null ? "this" : "[a message](" + asking.link() + ")";
        String shown = "**" + Sharing.plain(asking.caller().author().name()) + "** asks about " + about + ":\n"
                + quote(asking.words());
        switch (posted(place.channel(), thread, shown)) {
            case Done<ChatPostMessageResponse>(ChatPostMessageResponse done) -> {
                if (thread != null) {
                    parts.threads().calledInto(place.channel(), thread);
                }
                ask(asking, new Stands(new Place(place.team(), place.channel(), thread), done.getTs()));
            }
            case Refused<ChatPostMessageResponse>(String error, String needed) -> {
                if (NOT_THERE.contains(error)) {
                    directly(asking);
                } else {
                    parts.invocations()
                            .say(asking.from(), "I cannot ask that there: " + Errors.why(error, needed) + ".");
                }
            }
            default -> parts.invocations().say(asking.from(), NOT_TAKEN);
        }
    }

    private void directly(Asking asking) {
        Quoted about = asking.about();
        String shown = about == null || about.text().isBlank()
                ? "You ask:\n" + quote(asking.words())
                : "You ask:\n" + quote(asking.words()) + "\n\nabout:\n" + quote(Modals.cut(about.text(), SHOWN));
        Tried<ChatPostMessageResponse> posted = posted(asking.from().user(), null, shown);
        if (posted instanceof Done<ChatPostMessageResponse>(ChatPostMessageResponse done)) {
            ask(asking, new Stands(new Place(parts.hearing().team(), done.getChannel(), null), done.getTs()));
        } else {
            parts.invocations().say(asking.from(), NOT_TAKEN);
        }
    }

    private static String quote(String words) {
        return words.lines().map(line -> "> " + line).collect(Collectors.joining("\n"));
    }

    private Tried<ChatPostMessageResponse> posted(String channel, @Nullable String thread, String markdown) {
        String text = SlackParts.cut(markdown).messages().getFirst();
        return parts.web()
                .tried(
                        "chat.postMessage " + channel,
                        client -> client.chatPostMessage(request -> request.channel(channel)
                                .threadTs(thread)
                                .text(text)
                                .unfurlLinks(false)
                                .unfurlMedia(false)));
    }

    /** Hands in a question that stands where it was posted. */
    private void ask(Asking asking, Stands at) {
        Author asker = asking.caller().author();
        MessagePosted question = new MessagePosted(
                SlackEvents.posting(at.ts()),
                at.place().conversation(entrance::inThread),
                at.place().message(at.ts()),
                asker,
                asking.words(),
                parts.clock().instant(),
                true,
                asking.about());
        parts.drafts()
                .heard(question.message(), new Asker(asker.id(), asking.caller().team()), true);
        parts.thinking().expect(question.message());
        boolean accepted = false;
        try {
            accepted = entrance.hand(question) == Acceptance.ACCEPTED;
        } catch (RuntimeException | Error notStored) {
            LOG.error("{}: a question could not be taken up", question.conversation(), notStored);
            parts.invocations().say(asking.from(), NOT_TAKEN);
        }
        if (accepted) {
            parts.thinking().start(question.conversation(), question.message());
        } else {
            parts.thinking().stop(question.conversation(), question.message());
        }
    }
}
