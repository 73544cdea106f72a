package loci.slack;

import static com.slack.api.model.block.composition.BlockCompositions.plainText;
import static com.slack.api.model.block.element.BlockElements.button;

import com.slack.api.model.block.ActionsBlock;
import com.slack.api.model.block.DividerBlock;
import com.slack.api.model.block.HeaderBlock;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.SectionBlock;
import com.slack.api.model.block.composition.MarkdownTextObject;
import com.slack.api.model.block.element.BlockElement;
import com.slack.api.model.view.View;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import loci.slack.CommandLines.Line;
import org.jspecify.annotations.Nullable;

/** The home of the app as one person sees it. Pure. */
final class HomeView {

    /** The buttons in it. */
    static final Pattern BUTTONS = Pattern.compile("loci_home_[a-z_]+");

    /** Each place takes two of the hundred blocks that a home holds. */
    static final int MOST_PLACES = 30;

    /** How many messages of a place are counted. */
    static final int MOST_COUNTED = 100;

    private static final String PREFIX = "loci_home_";

    private HomeView() {}

    /**
     * A place in which something is remembered, and the person is.
     *
     * @param messages how many messages of people are remembered, as far as they are counted
     */
    record Place(String channel, int messages) {}

    /**
     * What stands in it.
     *
     * @param direct the direct messages with the bot
     * @param places the one last spoken in first
     * @param more whether there are more places than these
     */
    static View of(String bot, CommandLines lines, String direct, List<Place> places, boolean more) {
        List<LayoutBlock> blocks = new ArrayList<>();
        blocks.add(header("How to use me"));
        blocks.add(
                section("Write @" + SlackMarkup.rendered(bot) + " in a channel that I am in, or write to me directly."
                        + " In a thread that I was called into I go on without being named. Commands: "
                        + SlackMarkup.rendered(lines.spoken("`/forget`, `/summary`, `/help`"))
                        + "; in threads, where Slack takes none, write @" + SlackMarkup.rendered(bot)
                        + " before the command, as in @"
                        + SlackMarkup.rendered(bot) + " forget last 2."));
        blocks.add(row(List.of(press("help", "Help", direct), press("privacy", "Privacy", direct))));
        blocks.add(DividerBlock.builder().build());
        blocks.add(header("What I remember, and where"));
        if (places.isEmpty()) {
            blocks.add(section("Nothing so far, in any place that you are in."));
        }
        for (Place place : places) {
            blocks.add(section(described(place)));
            blocks.add(row(List.of(
                    press("memory", "What is kept", place.channel()),
                    press("settings", "Settings", place.channel()),
                    press("forget_mine", "Forget what I said", place.channel()))));
        }
        blocks.add(section(
                more
                        ? "_There are more; these are the ones spoken in last. Only places that you are in are shown._"
                        : "_Only places that you are in are shown._"));
        return View.builder().type("home").blocks(blocks).build();
    }

    private static String described(Place place) {
        String where = SlackEvents.isDirect(place.channel()) ? "*Our direct messages*" : "*<#" + place.channel() + ">*";
        String count = place.messages() >= MOST_COUNTED
                ? MOST_COUNTED + " messages of people, or more"
                : place.messages() == 1 ? "1 message of people" : place.messages() + " messages of people";
        return where + ": " + count;
    }

    private static LayoutBlock header(String text) {
        return HeaderBlock.builder().text(plainText(text)).build();
    }

    private static LayoutBlock section(String mrkdwn) {
        return SectionBlock.builder()
                .text(MarkdownTextObject.builder().text(mrkdwn).verbatim(true).build())
                .build();
    }

    private static LayoutBlock row(List<BlockElement> buttons) {
        return ActionsBlock.builder().elements(buttons).build();
    }

    private static BlockElement press(String action, String label, String channel) {
        return button(
                one -> one.actionId(PREFIX + action).text(plainText(label)).value(channel));
    }

    /** The command that a button stands for; null where it is none of these. */
    static @Nullable Line pressed(String action) {
        return switch (action) {
            case PREFIX + "help" -> new Line("help", "");
            case PREFIX + "privacy" -> new Line("privacy", "");
            case PREFIX + "memory" -> new Line("memory", "");
            case PREFIX + "settings" -> new Line("settings", "");
            case PREFIX + "forget_mine" -> new Line("forget", "mine");
            default -> null;
        };
    }
}
