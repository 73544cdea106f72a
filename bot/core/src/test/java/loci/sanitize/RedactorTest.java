package loci.sanitize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What leaves text before it is stored, and (as important) what stays. All keys here are made up. */
class RedactorTest {
    private static final Redactor REDACTOR = new Redactor(Set.of());

    private static final String A20 = "a1B2c3D4e5F6g7H8i9J0";
    private static final String A36 = A20 + "k1L2m3N4o5P6q7R8";
    private static final String A48 = A36 + "s9T0u1V2w3X4";
    private static final String HEX32 = "0123456789abcdef0123456789abcdef";

    /** kind | secret */
    static List<String[]> keys() {
        return List.of(
                key("OpenAI key", "sk-" + A48),
                key("OpenAI key", "sk-proj-" + A48 + "_-" + A36),
                key("OpenAI key", "sk-svcacct-" + A48),
                key("OpenAI key", "sk-abcdefghijklmnopqrstuvwx"),
                key("Anthropic key", "sk-ant-api03-" + A48 + "-AA"),
                key("OpenRouter key", "sk-or-v1-" + HEX32 + HEX32),
                key("GitHub token", "ghp_" + A36),
                key("GitHub token", "gho_" + A36),
                key("GitHub token", "ghs_" + A36),
                key("GitHub token", "github_pat_11ABCDEFG0" + A36 + "_" + A36),
                key("GitLab token", "glpat-" + A20),
                key("GitLab token", "glpat-" + A36 + ".01.a1b2c3d4e"),
                key("Slack token", "xoxb-123456789012-1234567890123-" + A20),
                key("Slack token", "xoxp-123456789012-123456789012-" + A20),
                key("Slack token", "xoxe.xoxp-1-" + A48),
                key("Slack token", "xapp-1-A0123456789-1234567890123-" + HEX32),
                key("Slack webhook", "https://hooks.slack.com/services/T00000000/B00000000/" + A20 + "wxyz"),
                key("Discord webhook", "https://discord.com/api/webhooks/123456789012345678/" + A48 + "_-" + A20),
                key("Discord webhook", "https://canary.discord.com/api/v10/webhooks/123456789012345678/" + A48),
                key("Discord token", "MTIzNDU2Nzg5MDEyMzQ1Njc4.GhIjKl.abcdefghijklmnopqrstuvwxyzABCDEFGHIJ"),
                key("Discord token", "NzkyNzE1NDU0MTk2MDg4ODQy.X-hvzA.Ovy4MCQywSkoMRRclStW4xAYK7I"),
                key("AWS key", "AKIAIOSFODNN7EXAMPLE"),
                key("AWS key", "ASIAIOSFODNN7EXAMPLE"),
                key("Google key", "AIzaSyA1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q"),
                key("Google token", "ya29.a0Af" + A36),
                key("Stripe key", "sk_live_" + A20 + "wxyz"),
                key("Stripe key", "rk_live_" + A20 + "wxyz"),
                key("Twilio key", "SK" + HEX32),
                key("SendGrid key", "SG." + A20 + "ab." + A36 + "abcdefg"),
                key("npm token", "npm_" + A36),
                key("PyPI token", "pypi-AgEIcHlwaS5vcmc" + A48),
                key("Hugging Face token", "hf_" + "abcdefghijKLMNOPQRSTuvwxyzABCDEFGH"),
                key("Telegram token", "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"),
                key(
                        "JSON web token",
                        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U"),
                key("JSON web token", "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxMjM0NTY3ODkwIn0"),
                key("card number", "4111111111111111"),
                key("card number", "4111 1111 1111 1111"),
                key("card number", "4111-1111-1111-1111"),
                key("card number", "3782 822463 10005"),
                key("card number", "5555555555554444"),
                key("card number", "6011000990139424"),
                key("card number", "4222222222222"),
                key("IBAN", "DE89370400440532013000"),
                key("IBAN", "DE89 3704 0044 0532 0130 00"),
                key("IBAN", "GB82 WEST 1234 5698 7654 32"));
    }

    private static String[] key(String kind, String secret) {
        return new String[] {kind, secret};
    }

    @ParameterizedTest
    @MethodSource("keys")
    void removesEachKindOfKeyWhereverItStands(String kind, String secret) {
        String removed = "[redacted: " + kind + "]";
        for (String around : List.of(
                "%s", "use %s please", "it is %s.", "(%s)", "`%s`", "\n%s\n", "<%s>", "„%s“", "a,%s,b", "x=\"%s\"")) {
            Redaction result = REDACTOR.redact(around.replace("%s", secret));
            assertThat(result.text()).isEqualTo(around.replace("%s", removed));
            assertThat(result.kinds()).containsExactly(kind);
        }
    }

    @ParameterizedTest
    @MethodSource("keys")
    void findsAKeySplitByInvisibleCharactersOrWrittenFullWidth(String kind, String secret) {
        String split = secret.substring(0, 9) + "\u200b" + secret.substring(9, 11) + "\u00ad" + secret.substring(11);
        StringBuilder wide = new StringBuilder();
        secret.chars().forEach(c -> wide.append(c > ' ' ? (char) (c + 0xFEE0) : (char) c));
        assertThat(REDACTOR.redact("x " + split + " y").text()).isEqualTo("x [redacted: " + kind + "] y");
        assertThat(REDACTOR.redact("x " + wide + " y").text()).isEqualTo("x [redacted: " + kind + "] y");
    }

    /** before → after, for values whose name or form gives them away */
    static List<String[]> assignments() {
        return List.of(
                pair("password=hunter2", "password=[redacted: password]"),
                pair("password: hunter2", "password: [redacted: password]"),
                pair("Password : hunter2.", "Password : [redacted: password]."),
                pair("PASSWORD=letmein", "PASSWORD=[redacted: password]"),
                pair("password = letmein", "password = [redacted: password]"),
                pair("password: letmein", "password: [redacted: password]"),
                pair("user ada, password: s3cr3t, port 22", "user ada, password: [redacted: password], port 22"),
                pair("DB_PASSWORD=pa$$w0rd!", "DB_PASSWORD=[redacted: password]"),
                pair(
                        "{\"user\":\"ada\",\"password\":\"open sesame\"}",
                        "{\"user\":\"ada\",\"password\":\"[redacted: password]\"}"),
                pair("{\\\"password\\\": \\\"hunter2\\\"}", "{\\\"password\\\": \\\"[redacted: password]\\\"}"),
                pair("password = 'it\\'s me'", "password = '[redacted: password]'"),
                pair("**Password:** hunter2", "**Password:** [redacted: password]"),
                pair(
                        "Server=db;User=sa;Password=Pa;ss1;Timeout=3",
                        "Server=db;User=sa;Password=[redacted: password];Timeout=3"),
                pair(
                        "https://x.example/login?user=a&password=hunter2&next=/",
                        "https://x.example/login?user=a&password=[redacted: password]&next=/"),
                pair("my password is hunter2", "my password is [redacted: password]"),
                pair("my password's hunter2", "my password's [redacted: password]"),
                pair("Password:\nhunter2\nok", "Password:\n[redacted: password]\nok"),
                pair("pw: hunter2", "pw: [redacted: password]"),
                pair("the wifi password is \"letmein\" ok?", "the wifi password is \"[redacted: password]\" ok?"),
                pair("my password is now Tr0ub4dor&3!", "my password is now [redacted: password]!"),
                pair("the password was 12345678.", "the password was [redacted: password]."),
                pair("mysql --password hunter2 -h db", "mysql --password [redacted: password] -h db"),
                pair("mysql --password=hunter2 -h db", "mysql --password=[redacted: password] -h db"),
                pair("<password>hunter2</password>", "<password>[redacted: password]</password>"),
                pair("Passwort: Geheim123", "Passwort: [redacted: password]"),
                pair("пароль: qwerty123", "пароль: [redacted: password]"),
                pair("密码：qwerty123", "密码：[redacted: password]"),
                pair("api_key = 9f8e7d6c5b4a3210", "api_key = [redacted: API key]"),
                pair("api_key: \"9f8e7d6c5b4a3210\"", "api_key: \"[redacted: API key]\""),
                pair("API key: 9f8e7d6c5b4a3210", "API key: [redacted: API key]"),
                pair("X-Api-Key: 9f8e7d6c5b4a3210", "X-Api-Key: [redacted: API key]"),
                pair("client_secret=9f8e-7d6c-5b4a", "client_secret=[redacted: API key]"),
                pair(
                        "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
                        "aws_secret_access_key = [redacted: API key]"),
                pair("export AUTH_TOKEN=abc123def456", "export AUTH_TOKEN=[redacted: token]"),
                pair("\"access_token\": \"abc123def456\"", "\"access_token\": \"[redacted: token]\""),
                pair("Authorization: Bearer abc123.def-456", "Authorization: Bearer [redacted: authorization]"),
                pair(
                        "curl -H 'Authorization: Bearer abc123def456'",
                        "curl -H 'Authorization: Bearer [redacted: authorization]'"),
                pair(
                        "{\"Authorization\": \"Basic YWRhOmxvdmVsYWNl\"}",
                        "{\"Authorization\": \"Basic [redacted: authorization]\"}"),
                pair("Bearer abcdefghij0123456789", "Bearer [redacted: bearer token]"),
                pair("postgres://ada:hunter2@db:5432/x", "postgres://ada:[redacted: URL password]@db:5432/x"),
                pair("https://ada:p@ss/word@example.com/a", "https://ada:[redacted: URL password]@example.com/a"),
                pair("redis://:hunter2@cache", "redis://:[redacted: URL password]@cache"),
                pair("password: str = \"hunter2\"", "password: str = \"[redacted: password]\""));
    }

    private static String[] pair(String before, String after) {
        return new String[] {before, after};
    }

    @ParameterizedTest
    @MethodSource("assignments")
    void removesTheValueAndKeepsItsName(String before, String after) {
        assertThat(REDACTOR.redact(before).text()).isEqualTo(after);
        assertThat(REDACTOR.redact(after).text()).isEqualTo(after);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "the password is on the wiki",
                "password: see the wiki",
                "Password:\nforgotten, as ever",
                "the password's case matters",
                "Password: required",
                "the password: it is on the wiki, ask Bob",
                "is the password correct? the password is wrong",
                "the password is case-sensitive",
                "the password is base64-encoded",
                "the password is 8 characters long",
                "password: 12-16 characters",
                "password: at least 8 characters",
                "the token is 2048 tokens long",
                "the token is valid for 3600 seconds",
                "Token: the smallest unit of text",
                "secret: I love pizza",
                "the secret is to whisk it 3 times",
                "she was the bearer of bad news",
                "Authorization: required",
                "max_tokens=4096, next_page_token: null",
                "password = getPassword()",
                "password = os.environ[\"DB_PASSWORD\"]",
                "api_key=os.getenv(\"OPENAI_API_KEY\")",
                "String password = request.getParameter(\"p\");",
                "this.password = password;",
                "login(user=user, password=pw)",
                "const token = await fetchToken();",
                "token = token.trim()",
                "password: string;",
                "password VARCHAR(255) NOT NULL",
                "password=${DB_PASSWORD}",
                "password: {{ secrets.DB_PASSWORD }}",
                "password=$PASSWORD",
                "password=<your password>",
                "api_key = \"YOUR_API_KEY\"",
                "password: ********",
                "if (password == null) return;",
                "\"password\": \"Enter your password\"",
                "key: value, primary_key = id2345678",
                "550e8400-e29b-41d4-a716-446655440000",
                "12345678-4111-1111-1111-111111111111",
                "commit 9fceb02d0ae598e95dc970b74767f19372d61af8",
                "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                "call +49 151 12345678 or (555) 123-4567, fax 0049 30 901820",
                "ISBN 978-3-16-148410-0, 9780306406157",
                "snowflake 456789012345678901 and <@123456789012345678>",
                "at 1700000000000 ms, 2024-01-15 2024-02-15 12:30",
                "order 4111111111111112",
                "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16",
                "192.168.0.1:8080 and 10.0.0.1",
                "https://example.com/a/very/long/path?with=many&query=parameters&id=1234567890abcdef#frag",
                "https://example.com:8080/path@2x.png",
                "ssh git@github.com:ada/loci.git; mailto:ada@example.com",
                "class sk-folding-cube-animation-wrapper { }",
                "pip install pypi-publish-helper; npm_config_registry=https://registry.example",
                "hf_hub_download(repo_id='x')",
                "NotificationManager.create.somethingWithAVeryLongMethodName()",
                "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
                "the file starts with -----BEGIN RSA PRIVATE KEY----- and so on",
                "I speak DE and FR; DE12 is a road, GB82 WEST side",
            })
    void keepsProseCodeAndNumbers(String text) {
        assertThat(REDACTOR.redact(text)).isEqualTo(new Redaction(text, List.of()));
    }

    @Test
    void removesPrivateKeyBlocksWholeOrCutOff() {
        String body = ("MIIEpAIBAAKCAQEA" + A48 + "\n").repeat(3);
        String block = "-----BEGIN RSA PRIVATE KEY-----\n" + body + "-----END RSA PRIVATE KEY-----";
        assertThat(REDACTOR.redact("here:\n" + block + "\nthanks").text())
                .isEqualTo("here:\n[redacted: private key]\nthanks");
        assertThat(REDACTOR.redact("-----BEGIN PRIVATE KEY-----\n" + body + "Qm\nthat is all of it")
                        .text())
                .isEqualTo("[redacted: private key]\nthat is all of it");
        assertThat(REDACTOR.redact("-----BEGIN OPENSSH PRIVATE KEY-----\n" + body.substring(0, 20))
                        .text())
                .isEqualTo("[redacted: private key]");
        assertThat(REDACTOR.redact("\"-----BEGIN PRIVATE KEY-----\\n" + body.replace("\n", "\\n") + "\"")
                        .text())
                .isEqualTo("\"[redacted: private key]\\n\"");
        assertThat(REDACTOR.redact("-----BEGIN PGP PRIVATE KEY BLOCK-----\nVersion: 1\n\n" + body)
                        .text())
                .startsWith("[redacted: private key]");
        assertThat(REDACTOR.redact("---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\nComment: \"x\"\n" + body)
                        .text())
                .startsWith("[redacted: private key]");
    }

    @Test
    void removesTheSecretThatFollowsAnAwsKey() {
        String text = "AKIAIOSFODNN7EXAMPLE\n"
                + "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY and commit 9fceb02d0ae598e95dc970b74767f19372d61af8";
        assertThat(REDACTOR.redact(text).text())
                .isEqualTo("[redacted: AWS key]\n"
                        + "[redacted: AWS secret] and commit 9fceb02d0ae598e95dc970b74767f19372d61af8");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "the key is Zebra-Crossing-77 ok | the key is [redacted: own secret] ok",
                "zebra-crossing-77 | [redacted: own secret]",
                "xxZEBRA-CROSSING-77xx | xx[redacted: own secret]xx",
                "Ze\u200bbra\u2060-Cros\u00adsing-77 | [redacted: own secret]",
                "Zebra‑Crossing‑77 | [redacted: own secret]",
                "Zebra-Crossing-7 | Zebra-Crossing-7",
                "tiny is too short to look for | tiny is too short to look for",
            })
    void removesTheBotsOwnSecretsHoweverWritten(String before, String after) {
        Redactor redactor = new Redactor(Set.of("Zebra-Crossing-77", "tiny", ""));
        assertThat(redactor.redact(before).text()).isEqualTo(after);
    }

    @Test
    void anOwnSecretThatIsAWordOfTheRemovalSignStillSettles() {
        Redactor redactor = new Redactor(Set.of("own secret", "redacted", "redacted: own"));
        String once = redactor.redact("my own secret is redacted").text();
        assertThat(redactor.redact(once).text()).isEqualTo(once);
    }

    @Test
    void aWrittenRemovalSignHidesNoSecret() {
        Redactor redactor = new Redactor(Set.of("Zebra-Crossing-77"));
        assertThat(redactor.redact("[redacted: Zebra-Crossing-77]").text()).doesNotContain("Zebra");
        assertThat(redactor.redact("[redacted: ghp_" + A36 + "]").text()).doesNotContain(A36);
    }

    @Test
    void kindsAreReportedOncePerRemovalAndNeverTheSecret() {
        Redaction result = REDACTOR.redact("ghp_" + A36 + " and password=hunter2");
        assertThat(result.kinds()).containsExactly("GitHub token", "password");
        assertThat(result.toString()).doesNotContain(A36, "hunter2");
    }

    @Test
    void redactingTwiceIsRedactingOnce() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> pieces =
                new java.util.ArrayList<>(keys().stream().map(k -> k[1]).toList());
        pieces.addAll(assignments().stream().map(p -> p[0]).toList());
        pieces.addAll(List.of(
                "password",
                "is ",
                "=",
                ": ",
                "\"",
                "'",
                "\n",
                " ",
                "-",
                "_",
                ".",
                "://",
                "@",
                "[redacted: password]",
                "[redacted: ",
                "]",
                "Authorization",
                "Bearer ",
                "-----BEGIN PRIVATE KEY-----",
                "-----END PRIVATE KEY-----",
                "4111",
                "sk-",
                "token",
                "a",
                "1",
                "\u200b",
                "\\n",
                "<",
                ">"));
        Redactor redactor = new Redactor(Set.of("a1B2c3D4e5", "password: "));
        for (int round = 0; round < 8_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(12); i >= 0; i--) {
                String piece = pieces.get(random.nextInt(pieces.size()));
                text.append(random.nextInt(4) == 0 ? piece.substring(random.nextInt(piece.length())) : piece);
            }
            String once = redactor.redact(text.toString()).text();
            assertThat(redactor.redact(once).text())
                    .as("seed %d, text %s", seed, Samples.escaped(text.toString()))
                    .isEqualTo(once);
        }
    }
}
