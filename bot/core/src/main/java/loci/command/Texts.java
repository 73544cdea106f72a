package loci.command;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/**
 * What commands say, in one language. Immutable and thread-safe.
 *
 * <p>The texts stand in {@code texts.properties} (English) and {@code texts_xx.properties} beside this class, as patterns of
 * {@link MessageFormat}: {@code {0}} is the first argument, an apostrophe is written twice. What a person types stays the same in every
 * language.
 */
final class Texts {

    private static final String BUNDLE = Texts.class.getPackageName() + ".texts";

    /** Without this, the language of the machine would stand in for one that is missing. */
    private static final ResourceBundle.Control NO_FALLBACK =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private final ResourceBundle bundle;
    private final Locale locale;

    private Texts(Locale locale) {
        this.bundle = ResourceBundle.getBundle(BUNDLE, locale, NO_FALLBACK);
        this.locale = locale;
    }

    /** The texts in a person's language, or in English where it is not among ours. */
    static Texts in(Locale locale) {
        return new Texts(locale);
    }

    /**
     * Returns a text.
     *
     * @throws java.util.MissingResourceException where there is none of this name, which a test excludes
     */
    String get(String key, Object... arguments) {
        return new MessageFormat(bundle.getString(key), locale).format(arguments);
    }
}
