package loci.app.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import loci.app.config.ConfigLoader;
import loci.app.config.ConfigLoader.Loaded;
import loci.app.config.ConfigLoader.OptionValue;
import loci.app.config.Surroundings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which configuration holds. */
final class ConfigOptions {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Configuration file (LOCI_CONFIG; else ~/.config/loci/loci.yaml, if there is one).")
    @Nullable
    String file;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where the conversations are kept (LOCI_DATA; else ~/.local/share/loci).")
    @Nullable
    String data;

    @Option(names = "--model", paramLabel = "NAME", description = "The model to talk to (LOCI_MODEL_NAME).")
    @Nullable
    String model;

    @Option(names = "--offline", description = "Talk to the built-in stand-in, whatever is configured.")
    boolean offline;

    Loaded load(Surroundings surroundings) {
        Map<String, OptionValue> values = new LinkedHashMap<>();
        if (data != null) {
            values.put("data", new OptionValue("--data", data));
        }
        if (model != null) {
            values.put("model.name", new OptionValue("--model", model));
        }
        if (offline) {
            values.put("model.provider", new OptionValue("--offline", "offline"));
        }
        return ConfigLoader.load(surroundings, file, values);
    }
}
