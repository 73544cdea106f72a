package loci.command;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import loci.chat.CommandAnswer;
import loci.memory.ConversationStore;
import loci.memory.Dollars;
import loci.model.ModelProfile;
import loci.sanitize.OutboundSanitizer;

/** {@code /model}: which model answers in a channel, and which others the operator offers. */
final class Model implements Command {

    private final ConversationStore store;
    private final ModelOffer offer;

    Model(ConversationStore store, ModelOffer offer) {
        this.store = store;
        this.offer = offer;
    }

    @Override
    public String name() {
        return "model";
    }

    @Override
    public List<Form> forms() {
        return List.of(
                Form.bare("show", "model.show"),
                Form.bare(
                        "use",
                        "model.use",
                        Blank.choice("name", offer.profiles().getLast().name())));
    }

    @Override
    public List<String> choices(String blank, Map<String, String> filled) {
        return offer.names();
    }

    @Override
    public Action action(String arguments) {
        return arguments.isBlank() ? Action.READ : Action.SETTINGS;
    }

    @Override
    public CommandAnswer run(Invocation invocation) {
        String wanted = invocation.arguments();
        if (wanted.isEmpty()) {
            String chosen = offer.chosen(store.inForce(invocation.conversation()));
            String lines = offer.profiles().stream()
                    .map(profile -> describe(profile, chosen, invocation))
                    .collect(Collectors.joining("\n"));
            return CommandAnswer.of(lines);
        }
        boolean back = wanted.toLowerCase(Locale.ROOT).equals(Settings.DEFAULT);
        Optional<ModelProfile> named = back ? Optional.of(offer.profiles().getFirst()) : offer.named(wanted);
        if (named.isEmpty()) {
            return invocation.answer(
                    "model.unknown",
                    offer.names().stream().map(name -> "`" + name + "`").collect(Collectors.joining(", ")));
        }
        store.set(
                invocation.conversation(),
                ModelOffer.SETTING,
                back ? Optional.empty() : Optional.of(named.get().name()));
        return invocation.answer("model.chosen", shown(named.get()));
    }

    private static String describe(ModelProfile profile, String chosen, Invocation invocation) {
        String price = profile.prices()
                .map(prices ->
                        invocation.text("model.price", Dollars.shown(prices.input()), Dollars.shown(prices.output())))
                .orElseGet(() -> invocation.text("model.noPrice"));
        String line = invocation.text("model.line", shown(profile), profile.contextWindow(), price);
        return profile.name().equals(chosen) ? invocation.text("model.here", line) : line;
    }

    private static String shown(ModelProfile profile) {
        return OutboundSanitizer.reply(profile.name(), "");
    }
}
