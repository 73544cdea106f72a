package loci.memory;

import loci.chat.Reply;
import loci.model.Usage;

/**
 * How a question ended, to be recorded before anybody is shown it as final.
 *
 * @param exchange the exchange that the question opened
 * @param kind an answer becomes a turn; the other kinds are shown only
 * @param text what will be delivered, sanitised; not blank
 * @param model the name of the model that answered or failed
 * @param countedTokens the prompt's tokens as counted before the call
 * @param usage the call's cost as the provider reported it
 */
public record ReplyRecord(long exchange, Reply.Kind kind, String text, String model, int countedTokens, Usage usage) {}
