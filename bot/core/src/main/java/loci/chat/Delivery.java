package loci.chat;

import java.util.List;

/** What became of an attempt to deliver a reply. */
public sealed interface Delivery {

    /**
     * The platform has it.
     *
     * @param messages the platform's ids of the messages it became, in order; not empty
     */
    record Delivered(List<MessageRef> messages) implements Delivery {

        public Delivered {
            messages = List.copyOf(messages);
        }
    }

    /** Not now: the same reply, under the same key, should be tried again. */
    record TryLater(String reason) implements Delivery {}

    /** Never: the channel is gone, or the bot may not write there. */
    record Undeliverable(String reason) implements Delivery {}
}
