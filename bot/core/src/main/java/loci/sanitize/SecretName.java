package loci.sanitize;

import java.util.List;
import java.util.Set;

/** What a name says about the value that follows it. The weaker the name, the more the value itself must look secret. */
enum SecretName {
    /** A name that only ever holds a secret, and one that people choose: short and wordlike values count. */
    PASSWORD("password"),
    /** A name of machine-made secrets, which are long and random. */
    KEY("API key"),
    TOKEN("token"),
    AUTHORIZATION("authorization"),
    NONE("");

    private static final List<String> PASSWORDS = List.of(
            "password",
            "passwd",
            "passphrase",
            "passcode",
            "pwd",
            "passwort",
            "kennwort",
            "contraseña",
            "contrasena",
            "senha",
            "пароль",
            "密码",
            "密碼",
            "パスワード");

    private static final List<String> KEYS = List.of(
            "apikey",
            "secretkey",
            "accesskey",
            "privatekey",
            "encryptionkey",
            "signingkey",
            "authkey",
            "masterkey",
            "accountkey",
            "sharedkey",
            "sharedaccesskey",
            "apisecret",
            "clientsecret",
            "appsecret",
            "secretaccesskey",
            "servicekey",
            "licensekey",
            "deploykey",
            "sessionkey");

    private static final List<String> TOKENS =
            List.of("token", "secret", "credential", "credentials", "secrets", "authtoken");

    private static final Set<String> BEFORE_KEY = Set.of(
            "api",
            "secret",
            "access",
            "private",
            "encryption",
            "signing",
            "auth",
            "master",
            "account",
            "license",
            "service");

    private final String kind;

    SecretName(String kind) {
        this.kind = kind;
    }

    String kind() {
        return kind;
    }

    /** Reads a lower-case word and, for names written in two words, the one before it. */
    static SecretName of(String word, String before) {
        String name = word.replace("_", "").replace("-", "");
        if (endsWithAny(name, PASSWORDS) || name.equals("pass") || name.equals("pw") || name.endsWith("dbpass")) {
            return PASSWORD;
        }
        if (endsWithAny(name, KEYS) || (name.equals("key") && BEFORE_KEY.contains(before))) {
            return KEY;
        }
        if (name.equals("authorization") || name.equals("proxyauthorization")) {
            return AUTHORIZATION;
        }
        return endsWithAny(name, TOKENS) ? TOKEN : NONE;
    }

    /** True when a value holds the name of a secret: then it is a placeholder or a variable, not the secret. */
    static boolean isNamedIn(String lower) {
        String name = lower.replace("_", "").replace("-", "").replace(" ", "");
        return containsAny(name, PASSWORDS) || containsAny(name, KEYS) || containsAny(name, TOKENS);
    }

    private static boolean endsWithAny(String name, List<String> endings) {
        for (String ending : endings) {
            if (name.endsWith(ending)) {
                return true;
            }
        }
        return false;
    }

    private static boolean containsAny(String name, List<String> words) {
        for (String word : words) {
            if (name.contains(word)) {
                return true;
            }
        }
        return false;
    }
}
