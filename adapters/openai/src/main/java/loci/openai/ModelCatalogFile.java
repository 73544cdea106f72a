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
import java.util.stream.Collectors;
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
    private static final List<String> LIMIT_FIELDS = List.of("max_tokens", "max_completion_tokens");

    private final List<Mistake> mistakes = new ArrayList<>();

    private ModelCatalogFile() {}

    /**
     * What a tree held.
     *
     * @param entries of use only where there are no mistakes
     */
    public record Content(List<ModelCatalog.Entry> entries, List<Mistake> mistakes) {}

    /**
     * One thing that is wrong.
     *
     * @param path the names of the fields and the numbers of the list's elements that lead to the place, from the root; the last may be
     *     absent from the tree
     * @param said the entry, the field and what is expected of it
     */
    public record Mistake(List<String> path, String said) {

        public Mistake {
            path = List.copyOf(path);
        }
    }

    /** The place of something in the tree, and how people are told of it. */
    private record Place(List<String> path, String shown) {

        Place field(String name) {
            List<String> longer = new ArrayList<>(path);
            longer.add(name);
            return new Place(longer, shown + (shown.isEmpty() ? "" : ": ") + name);
        }
    }

    /**
     * The entries of a tree with one list named {@code models}.
     *
     * @throws IllegalArgumentException telling all that is wrong, one problem a line
     */
    public static List<ModelCatalog.Entry> entries(JsonNode root) {
        Content content = read(root);
        if (!content.mistakes().isEmpty()) {
            throw new IllegalArgumentException(
                    content.mistakes().stream().map(Mistake::said).collect(Collectors.joining("\n")));
        }
        return content.entries();
    }

    /** The entries of a tree with one list named {@code models}, and all that is wrong with it. */
    public static Content read(JsonNode root) {
        ModelCatalogFile file = new ModelCatalogFile();
        List<ModelCatalog.Entry> entries = file.models(root);
        return new Content(List.copyOf(entries), List.copyOf(file.mistakes));
    }

    private List<ModelCatalog.Entry> models(JsonNode root) {
        List<ModelCatalog.Entry> entries = new ArrayList<>();
        Place top = new Place(List.of(), "");
        refuseUnknown(root, Set.of("models"), top);
        if (!root.path("models").isArray()) {
            mistaken(top.field("models"), "a list is expected");
            return entries;
        }
        int number = 0;
        for (JsonNode model : root.get("models")) {
            String names = model.path("names").isEmpty() ? "" : " " + model.get("names");
            Place place = new Place(List.of("models", Integer.toString(number)), "models[" + number + "]" + names);
            number++;
            if (model.isObject()) {
                refuseUnknown(model, FIELDS, place);
                entries.add(entry(model, place));
            } else {
                mistaken(place, "names, context_window and max_output are expected, each with its value");
            }
        }
        return entries;
    }

    private void mistaken(Place place, String expected) {
        mistakes.add(new Mistake(place.path(), place.shown() + ": " + expected));
    }

    private ModelCatalog.Entry entry(JsonNode model, Place where) {
        List<String> names =
                model.path("names").valueStream().map(JsonNode::asText).toList();
        if (names.isEmpty()) {
            mistaken(where.field("names"), "at least one is needed, in a list");
        }
        String encoding = model.path("encoding").asText("o200k_base");
        try {
            JtokkitCounters.forEncoding(encoding);
        } catch (IllegalArgumentException unknown) {
            mistaken(where.field("encoding"), String.valueOf(unknown.getMessage()));
        }
        String limitField = model.path("output_limit_field").asText("max_tokens");
        if (!LIMIT_FIELDS.contains(limitField)) {
            mistaken(where.field("output_limit_field"), String.join(" or ", LIMIT_FIELDS) + " is expected");
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

    private int maxInput(JsonNode model, int window, Place where) {
        if (!model.has("max_input")) {
            return window;
        }
        int most = number(model, "max_input", 1, where);
        if (most > window) {
            mistaken(where.field("max_input"), "at most the context window is expected");
        }
        return most;
    }

    private Optional<ImageTokens> images(JsonNode model, Place where) {
        boolean seen = flag(model, "sees_images", where);
        if (!model.has("image_tokens")) {
            return seen ? Optional.of(new ImageTokens.Area()) : Optional.empty();
        }
        if (!seen && model.has("sees_images")) {
            mistaken(where.field("image_tokens"), "of no use to a model that sees no images");
        }
        JsonNode rule = model.get("image_tokens");
        Place inside = where.field("image_tokens");
        if (rule.has("patch_cap") || rule.has("patch_multiplier")) {
            refuseUnknown(rule, PATCH_FIELDS, inside);
            return Optional.of(new ImageTokens.Patches(
                    multiplier(rule.path("patch_multiplier"), inside), number(rule, "patch_cap", 1, inside)));
        }
        refuseUnknown(rule, TILE_FIELDS, inside);
        return Optional.of(new ImageTokens.Tiles(number(rule, "base", 1, inside), number(rule, "tile", 1, inside)));
    }

    private double multiplier(JsonNode value, Place where) {
        if (!value.isNumber() || value.doubleValue() <= 0) {
            mistaken(where.field("patch_multiplier"), "a number above 0 is expected");
            return 1;
        }
        return value.doubleValue();
    }

    private Optional<Prices> prices(JsonNode prices, Place where) {
        if (prices.isMissingNode() || prices.isNull()) {
            return Optional.empty();
        }
        Place inside = where.field("prices");
        refuseUnknown(prices, PRICE_FIELDS, inside);
        Optional<BigDecimal> input = price(prices, "input", inside);
        Optional<BigDecimal> cached = price(prices, "cached", inside);
        Optional<BigDecimal> output = price(prices, "output", inside);
        if (input.isEmpty() || output.isEmpty()) {
            mistaken(inside, "input and output are needed, or none at all");
            return Optional.empty();
        }
        try {
            YearMonth asOf = YearMonth.parse(prices.path("as_of").asText());
            return Optional.of(new Prices(input.get(), cached, output.get(), asOf));
        } catch (DateTimeParseException undated) {
            mistaken(inside.field("as_of"), "the month of the prices is needed, such as \"2026-11\"");
            return Optional.empty();
        }
    }

    private Optional<BigDecimal> price(JsonNode prices, String field, Place where) {
        JsonNode price = prices.path(field);
        if (price.isMissingNode()) {
            return Optional.empty();
        }
        if (!price.isNumber() || price.decimalValue().signum() < 0) {
            mistaken(where.field(field), "dollars for a million tokens are expected");
            return Optional.empty();
        }
        return Optional.of(price.decimalValue());
    }

    private int number(JsonNode model, String field, int least, Place where) {
        JsonNode value = model.path(field);
        if (!value.isInt() || value.intValue() < least) {
            mistaken(where.field(field), "a number of at least " + least + " is expected");
            return least;
        }
        return value.intValue();
    }

    private boolean flag(JsonNode model, String field, Place where) {
        JsonNode value = model.path(field);
        if (!value.isMissingNode() && !value.isBoolean()) {
            mistaken(where.field(field), "true or false is expected");
        }
        return value.asBoolean(false);
    }

    private void refuseUnknown(JsonNode node, Set<String> known, Place where) {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (!known.contains(field.getKey())) {
                List<String> path = where.field(field.getKey()).path();
                mistakes.add(new Mistake(
                        path, where.shown() + (path.size() == 1 ? "" : ": ") + "there is no key " + field.getKey()));
            }
        }
    }
}
