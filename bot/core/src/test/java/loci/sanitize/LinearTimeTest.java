package loci.sanitize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text made to be slow is not: four times the length costs far less than the sixteen times that quadratic work would. */
class LinearTimeTest {
    private static final int LENGTH = 64_000;
    private static final long NOISE_NANOS = 40_000_000;
    private static final String MARK = "k3f9q2";
    private static final Redactor REDACTOR = new Redactor(Set.of("aaaaaaaaaaaaaaab", "Zebra-Crossing-77"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "1",
                "4 ",
                "4111 ",
                " ",
                "\n",
                "\u0301",
                "\u200b",
                "👩‍",
                "🇩",
                "\ud83d",
                "sk-",
                "sk-a-",
                "eyJ",
                "-eyJ",
                "eyJ.",
                "AKIAIOSFODNN7EXAMPLE",
                "AC0",
                "a.",
                "M.",
                "://",
                "a://a:",
                "://:@",
                "a:a@",
                "@",
                "password ",
                "password=",
                "password is ",
                "key",
                "\"password\":\"",
                "Bearer ",
                "--token ",
                "-----BEGIN PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\nMIIB\n",
                "BEGIN ",
                "hooks.slack.com/",
                "/webhooks/1/",
                "[redacted: ",
                "[",
                "]",
                "](",
                "[a](",
                "[[a](b)",
                "![",
                "<",
                "<a:",
                "<|",
                "|>",
                "<s",
                "`",
                "``` ",
                "` `` ",
                "`a`",
                "<`a`",
                "[`a`",
                "```\n",
                "~~~\n",
                "k3f9q2",
                "k3f9q",
                "[k3f9q2 ",
                "@everyone",
                "<@1>",
                "javascript:",
                "data:",
                "GB82 WEST ",
                "\n[k",
                "> ",
                "&#",
                "a.b ",
                "(",
                "\\",
                "¦",
                "key-",
                "12:A",
                "e\u0301",
                "क्"
            })
    void hostileLengthCostsNoMoreThanItsShare(String unit) {
        String small = unit.repeat(LENGTH / 4 / unit.length());
        String large = unit.repeat(LENGTH / unit.length());
        for (Work work : Work.values()) {
            long few = Math.max(NOISE_NANOS, work.nanos(small));
            long many = work.nanos(large);
            for (int again = 0; again < 5 && many >= few * 12; again++) { // a busy machine is not quadratic work
                many = Math.min(many, work.nanos(large));
            }
            assertThat(many).as("%s over %s", work, Samples.escaped(unit)).isLessThan(few * 12);
        }
    }

    /** Everything that reads untrusted text. */
    private enum Work {
        REDACT {
            @Override
            void run(String text) {
                REDACTOR.redact(text);
            }
        },
        PROMPT {
            @Override
            void run(String text) {
                PromptSanitizer.text(text, MARK, text.length() / 2);
            }
        },
        NAME {
            @Override
            void run(String text) {
                PromptSanitizer.authorName(text);
            }
        },
        REPLY {
            @Override
            void run(String text) {
                OutboundSanitizer.reply(text, MARK);
            }
        },
        SHOWN {
            @Override
            void run(String text) {
                OutboundSanitizer.shown(text, MARK);
            }
        },
        SPLIT {
            @Override
            void run(String text) {
                ReplySplitter.split(text, 2_000);
            }
        };

        abstract void run(String text);

        long nanos(String text) {
            long start = System.nanoTime();
            run(text);
            return System.nanoTime() - start;
        }
    }
}
