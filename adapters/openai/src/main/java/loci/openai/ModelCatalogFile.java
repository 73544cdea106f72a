package loci.openai;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import loci.model.ImageTokens;
import loci.model.Prices;

/** Reads the form of {@code config/models.yaml}, already parsed into a tree by whoever knows YAML. Pure. */
public final class ModelCatalogFile {

    private static final Set<String> FIELDS = Set.of(
            "names",
            "encoding",
            "context_window",
            "max_input",
            "max_output",
            "several_system_messages",
            "alternating_roles",
            "output_limit_field",
            "takes_temperature",
            "sees_images",
            "image_tokens",
            "prices");
    private static final Set<String> TILE_FIELDS = Set.of("base", "tile");
    private static final Set<String> PATCH_FIELDS = Set.of("patch_multiplier", "patch_cap");
    private static final Set<String> PRICE_FIELDS = Set.of("input", "cached", "output", "as_of");
    private static final Set<String> LIMIT_FIELDS = Set.of("max_tokens", "max_completion_tokens");

    private final List<String> problems = new ArrayList<>();

    private ModelCatalogFile() {}

    /**
     * The entries of a tree with one list named {@code models}.
     *
     * @throws IllegalArgumentException telling all that is wrong, one problem a line
     */
    public static List<ModelCatalog.Entry> entries(JsonNode root) {
        ModelCatalogFile file = new ModelCatalogFile();
        List<ModelCatalog.Entry> entries = file.read(root);
        if (!file.problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", file.problems));
        }
        return entries;
    }

    private List<ModelCatalog.Entry> read(JsonNode root) {
        List<ModelCatalog.Entry> entries = new ArrayList<>();
        if (!root.path("models").isArray()) {
            problems.add("models: a list is expected");
            return entries;
        }
        int number = 0;
        for (JsonNode model : root.get("models")) {
            String where = "models[" + number++ + "]" + (model.path("names").isEmpty() ? "" : " " + model.get("names"));
            refuseUnknown(model, FIELDS, where);
            entries.add(entry(model, where));
        }
        return entries;
    }

    private ModelCatalog.Entry entry(JsonNode model, String where) {
        List<String> names =
                model.path("names").valueStream().map(JsonNode::asText).toList();
        if (names.isEmpty()) {
            problems.add(where + ": names: at least one is needed");
        }
        String encoding = model.path("encoding").asText("o200k_base");
        try {
            JtokkitCounters.forEncoding(encoding);
        } catch (IllegalArgumentException unknown) {
            problems.add(where + ": encoding: " + unknown.getMessage());
        }
        String limitField = model.path("output_limit_field").asText("max_tokens");
        if (!LIMIT_FIELDS.contains(limitField)) {
            problems.add(where + ": output_limit_field: one of " + LIMIT_FIELDS + " is expected");
        }
        int window = number(model, "context_window", 512, where);
        return new ModelCatalog.Entry(
                names,
                encoding,
                window,
                maxInput(model, window, where),
                number(model, "max_output", 1, where),
                flag(model, "several_system_messages", where),
                flag(model, "alternating_roles", where),
                limitField,
                flag(model, "takes_temperature", where),
                images(model, where),
                prices(model.path("prices"), where));
    }

    private int maxInput(JsonNode model, int window, String where) {
        if (!model.has("max_input")) {
            return window;
        }
        int most = number(model, "max_input", 1, where);
        if (most > window) {
            problems.add(where + ": max_input: at most the context window is expected");
        }
        return most;
    }

    private Optional<ImageTokens> images(JsonNode model, String where) {
        boolean seen = flag(model, "sees_images", where);
        if (!model.has("image_tokens")) {
            return seen ? Optional.of(new ImageTokens.Area()) : Optional.empty();
        }
        if (!seen && model.has("sees_images")) {
            problems.add(where + ": image_tokens: of no use to a model that sees no images");
        }
        JsonNode rule = model.get("image_tokens");
        String inside = where + ": image_tokens";
        if (rule.has("patch_cap") || rule.has("patch_multiplier")) {
            refuseUnknown(rule, PATCH_FIELDS, inside);
            return Optional.of(new ImageTokens.Patches(
                    multiplier(rule.path("patch_multiplier"), inside), number(rule, "patch_cap", 1, inside)));
        }
        refuseUnknown(rule, TILE_FIELDS, inside);
        return Optional.of(new ImageTokens.Tiles(number(rule, "base", 1, inside), number(rule, "tile", 1, inside)));
    }

    private double multiplier(JsonNode value, String where) {
        if (!value.isNumber() || value.doubleValue() <= 0) {
            problems.add(where + ": patch_multiplier: a number above 0 is expected");
            return 1;
        }
        return value.doubleValue();
    }

    private Optional<Prices> prices(JsonNode prices, String where) {
        if (prices.isMissingNode() || prices.isNull()) {
            return Optional.empty();
        }
        refuseUnknown(prices, PRICE_FIELDS, where + ": prices");
        Optional<BigDecimal> input = price(prices, "input", where);
        Optional<BigDecimal> output = price(prices, "output", where);
        if (input.isEmpty() || output.isEmpty()) {
            problems.add(where + ": prices: input and output are needed, or none at all");
            return Optional.empty();
        }
        try {
            YearMonth asOf = YearMonth.parse(prices.path("as_of").asText());
            return Optional.of(new Prices(input.get(), price(prices, "cached", where), output.get(), asOf));
        } catch (DateTimeParseException undated) {
            problems.add(where + ": prices: as_of: the month of the prices is needed, such as \"2026-11\"");
            return Optional.empty();
        }
    }

    private Optional<BigDecimal> price(JsonNode prices, String field, String where) {
        JsonNode price = prices.path(field);
        if (price.isMissingNode()) {
            return Optional.empty();
        }
        if (!price.isNumber() || price.decimalValue().signum() < 0) {
            problems.add(where + ": prices: " + field + ": dollars for a million tokens are expected");
            return Optional.empty();
        }
        return Optional.of(price.decimalValue());
    }

    private int number(JsonNode model, String field, int least, String where) {
        JsonNode value = model.path(field);
        if (!value.isInt() || value.intValue() < least) {
            problems.add(where + ": " + field + ": a number of at least " + least + " is expected");
            return least;
        }
        return value.intValue();
    }

    private boolean flag(JsonNode model, String field, String where) {
        JsonNode value = model.path(field);
        if (!value.isMissingNode() && !value.isBoolean()) {
            problems.add(where + ": " + field + ": true or false is expected");
        }
        return value.asBoolean(false);
    }

    private void refuseUnknown(JsonNode node, Set<String> known, String where) {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (!known.contains(field.getKey())) {
                problems.add(where + ": there is no key " + field.getKey());
            }
        }
    }
}
