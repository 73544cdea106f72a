package loci.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.slack.api.model.Attachment;
import com.slack.api.model.Message;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.util.json.GsonFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a message from Slack reads like. */
class ReadableTest {

    private static final Names NAMES = new Names() {
        private final Map<String, String> known =
                Map.of("U1", "Loci", "U2", "Ada", "S20", "helpers", "C30", "lab", "U9", "a\nb", "U8", "&lt;!here&gt;");

        @Override
        public Optional<String> user(String id) {
            return Optional.ofNullable(known.get(id));
        }

        @Override
        public Optional<String> group(String id) {
            return Optional.ofNullable(known.get(id));
        }

        @Override
        public Optional<String> channel(String id) {
            return Optional.ofNullable(known.get(id));
        }

        @Override
        public boolean isBot(String id) {
            return id.equals("U1");
        }
    };

    private static String in(String text) {
        return SlackMarkup.readable(text, NAMES);
    }

    /** A message as Slack's JSON has it, read by Slack's own library. */
    private static String message(String json) {
        Message message = GsonFactory.createSnakeCase().fromJson(json.replace('\'', '"'), Message.class);
        return SlackMarkup.readable(message.getText(), message.getBlocks(), message.getAttachments(), NAMES);
    }

    private static String rich(String elements) {
        return message("{'text':'','blocks':[{'type':'rich_text','elements':[" + elements + "]}]}");
    }

    @Test
    void idsBecomeTheNamesThatPeopleSee() {
        assertThat(in("ask <@U2>, <@U2|ada.l> or <!subteam^S20|@helpers> in <#C30|lab-old>"))
                .isEqualTo("ask @Ada, @Ada or @helpers in #lab");
        assertThat(in("<@U7|grace> <!subteam^S7|@team> <#C7|general> <#C7|>"))
                .as("where nothing is known, the label is")
                .isEqualTo("@grace @team #general #unknown");
        assertThat(in("<@U7> <!subteam^S7> <#C7>")).isEqualTo("@unknown @unknown #unknown");
        assertThat(in("hi <@U9>")).as("a name is one line").isEqualTo("hi @a b");
        assertThat(in("hi <@U8>")).as("a name is not read again").isEqualTo("hi @&lt;!here&gt;");
        assertThat(in("<!here> <!channel> <!everyone|everyone>")).isEqualTo("@here @channel @everyone");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "<https://a.b/c>~ https://a.b/c",
                "<https://a.b/c|https://a.b/c>~ https://a.b/c",
                "<http://example.com|example.com>~ example.com",
                "<https://a.b/?x=1&amp;y=2|the list>~ the list (https://a.b/?x=1&y=2)",
                "<mailto:ada@b.c|ada@b.c>~ ada@b.c",
                "<mailto:ada@b.c|write me>~ write me (mailto:ada@b.c)",
                "<!date^1772355600^{date_num} {time}|1 March>~ 1 March",
                "<!date^1772355600^{date_num}>~ 2026-03-01 09:00 UTC",
                "<!date^soon^{date_num}>~ (a date)",
                "<!unheard|of>~ of",
                "a &lt; b &amp;&amp; c &gt; d~ a < b && c > d",
                "&amp;lt;!here&amp;gt;~ &lt;!here&gt;",
                "&lt;@U2&gt;~ <@U2>",
                "a < b > c <> <~ a < b > c <> <",
            })
    void markupIsReadOnce(String markup, String read) {
        assertThat(in(markup)).isEqualTo(read);
    }

    @Test
    void theMentionThatAddressesTheBotGoesAndOneInTheMiddleStays() {
        assertThat(in("<@U1> hello")).isEqualTo("hello");
        assertThat(in("<@U1|loci>, <@U1>: hello")).isEqualTo("hello");
        assertThat(in("so <@U1>, what now?")).isEqualTo("so @Loci, what now?");
        assertThat(in("<@U2> <@U1> hi")).isEqualTo("@Ada @Loci hi");
        assertThat(in(" <@U1> ")).isEmpty();
        assertThat(rich("{'type':'rich_text_section','elements':[{'type':'user','user_id':'U1'},"
                        + "{'type':'text','text':' hello'}]}"))
                .isEqualTo("hello");
    }

    @Test
    void wellKnownEmojiAreShownExceptInCode() {
        assertThat(in("hi :wave::skin-tone-5: :tada::tada: :+1:")).isEqualTo("hi 👋🏾 🎉🎉 👍");
        assertThat(in(":flag-de: :our_parrot: :coffee::skin-tone-2:")).isEqualTo("🇩🇪 :our_parrot: ☕");
        assertThat(in("`:wave:` std:map:x 10:100:1")).isEqualTo("`:wave:` std:map:x 10:100:1");
        assertThat(in("```\n:wave:\n``` :wave:")).isEqualTo("```\n:wave:\n``` 👋");
        assertThat(in("an open ` :wave:\n` :wave:")).isEqualTo("an open ` 👋\n` 👋");
    }

    @Test
    void richTextIsReadAsItIsShown() {
        assertThat(rich("""
            {'type':'rich_text_section','elements':[
              {'type':'text','text':'All ','style':{'bold':true}},{'type':'text','text':'a<b & '},
              {'type':'text','text':'x()','style':{'code':true}},
              {'type':'text','text':' no ','style':{'strike':true,'italic':true}},
              {'type':'link','url':'https://a.b/?q=1&r=2','text':'here'},{'type':'text','text':' '},
              {'type':'link','url':'https://c.d'},{'type':'text','text':' '},
              {'type':'user','user_id':'U2'},{'type':'usergroup','usergroup_id':'S20'},
              {'type':'channel','channel_id':'C30'},{'type':'broadcast','range':'here'},
              {'type':'emoji','name':'wave','unicode':'1f44b-1f3fd','skin_tone':4},
              {'type':'emoji','name':'ladder','unicode':'1fa9c'},{'type':'emoji','name':'ours'},
              {'type':'color','value':'#F405B3'},{'type':'text','text':' '},
              {'type':'date','timestamp':1772355600,'format':'{date}','fallback':'1 March'},
              {'type':'from_the_future','text':'?'}]}\
            """))
                .isEqualTo("*All* a<b & `x()` _~no~_ here (https://a.b/?q=1&r=2) https://c.d"
                        + " @Ada@helpers#lab@here👋🏽🪜:ours:#F405B3 1 March");
    }

    @Test
    void listsQuotesAndCodeKeepTheirShape() {
        String section = "{'type':'rich_text_section','elements':[{'type':'text','text':'%s'}]}";
        String list = "{'type':'rich_text_list','style':'%s','indent':%d,'offset':%d,'elements':[" + section + ","
                + section + "]}";
        assertThat(rich(section.formatted("Do:\\n") + ","
                        + list.formatted("ordered", 0, 2, "a", "b") + ","
                        + list.formatted("bullet", 1, 0, "c", "d") + ","
                        + "{'type':'rich_text_quote','elements':[{'type':'text','text':'one\\ntwo'}]},"
                        + "{'type':'rich_text_preformatted','elements':[{'type':'text','text':'if a<b:\\n  :wave:'}]},"
                        + section.formatted("End")))
                .isEqualTo("""
                    Do:
                    3. a
                    4. b
                      - c
                      - d
                    > one
                    > two
                    ```
                    if a<b:
                      :wave:
                    ```
                    End\
                    """);
    }

    @Test
    void whatAppsLayOutIsReadWhereTheTextSaysLess() {
        String blocks = """
            'blocks':[{'type':'header','text':{'type':'plain_text','text':'Build <7> :x:'}},
              {'type':'section','text':{'type':'mrkdwn','text':'by <@U2> &amp; co'},
                'fields':[{'type':'mrkdwn','text':'*Branch*'},{'type':'plain_text','text':'main'}]},
              {'type':'divider'},{'type':'table','rows':[]},
              {'type':'context','elements':[{'type':'image','image_url':'http://x','alt_text':'?'},
                {'type':'mrkdwn','text':'took 3 s'}]},
              {'type':'markdown','text':'**done**'}]\
            """;
        String read = "Build <7> ❌\n\nby @Ada & co\n*Branch*\nmain\n\ntook 3 s\n\n**done**";
        assertThat(message("{'text':'New build'," + blocks + "}")).isEqualTo(read);
        assertThat(message("{" + blocks + "}")).isEqualTo(read);
        assertThat(message("{'text':'Build 7 by Ada and co: branch main, took 3 s, is done'," + blocks + "}"))
                .startsWith("Build 7 by Ada");
    }

    @Test
    void sharedMessagesAreQuotedAndPreviewsAreNot() {
        assertThat(message("""
            {'text':'look','attachments':[
              {'from_url':'https://news.x','title':'News','text':'preview','fallback':'News'},
              {'is_msg_unfurl':true,'author_name':'Grace','channel_id':'C1','ts':'1.2','text':'a &lt; b\\n<@U2>'},
              {'is_share':true,'author_id':'U2','channel_id':'C1','ts':'1.2','message_blocks':[{'message':{'blocks':[
                {'type':'section','text':{'type':'mrkdwn','text':'in blocks'}}]}}]}]}\
            """))
                .isEqualTo("look\n\n"
                        + "> Grace"
                        + " wrote:\n"
                        + "> a <"
                        + " b\n"
                        + "> @Ada\n\n"
                        + "> @Ada"
                        + " wrote:\n"
                        + "> in blocks");
        assertThat(message("{'attachments':[{'is_msg_unfurl':true,'text':'alone'}]}"))
                .isEqualTo("> Somebody wrote:\n> alone");
    }

    @Test
    void nothingIsReadFromNothing() {
        assertThat(SlackMarkup.readable(null, null, null, NAMES)).isEmpty();
        List<LayoutBlock> blocks = Arrays.asList((LayoutBlock) null);
        List<Attachment> attachments = Arrays.asList(null, new Attachment());
        assertThat(SlackMarkup.readable("", blocks, attachments, NAMES)).isEmpty();
        assertThat(message("""
            {'blocks':[{'type':'rich_text'},{'type':'section'},{'type':'header'},{'type':'context'},{'type':'markdown'},
              {'type':'rich_text','elements':[{'type':'rich_text_list'},{'type':'rich_text_quote'},
                {'type':'rich_text_preformatted'},{'type':'rich_text_section','elements':[{'type':'text'},{'type':'link'},
                {'type':'user'},{'type':'emoji'},{'type':'date'},{'type':'color'},{'type':'broadcast'}]}]}]}\
            """)).isNotNull();
    }

    @Test
    void whatIsTooLongIsCutBetweenCharacters() {
        String read = in("a" + "😀".repeat(30_000));
        assertThat(read).hasSizeLessThanOrEqualTo(SlackMarkup.LONGEST_HEARD).endsWith("😀 …");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anyMixtureIsRead(long seed) {
        String[] pieces = {
            "<",
            ">",
            "|",
            "<@U1>",
            "<@U",
            "<!",
            "<!date^",
            "99999999999999999999",
            "^",
            "&",
            "&lt;",
            "&amp;",
            "`",
            "```",
            "\n",
            ":",
            ":wave:",
            ":skin-tone-3:",
            "\uD83D",
            "a",
            " ",
            "<https://a|",
            "<mailto:",
            "\u0000"
        };
        Random random = new Random(seed);
        for (int n = 0; n < 20_000; n++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(1, 12); i > 0; i--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            assertThat(in(text.toString())).as("seed %d: %s", seed, text).isNotNull();
        }
    }

    @Test
    @Timeout(100)
    void hostileTextsTakeLinearTime() {
        for (String piece :
                List.of("<", "<@U1|", "<!date^", "<a:", "`", "`a", "```", "``a\n", ":a", ":", "<@U1>", "&", "<@U1 ")) {
            String text = piece.repeat(40_000 / piece.length());
            long start = System.nanoTime();
            in(text);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).as(piece).isLessThan(Duration.ofSeconds(5));
        }
    }
}
