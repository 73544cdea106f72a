package loci.slack;

import java.util.function.UnaryOperator;
import loci.chat.ChatNetworkContract;
import loci.chat.PeopleOnNetwork;

/** Slack by Socket Mode, with answers that are streamed into threads, keeps what every platform promises. */
class SlackPlatformContractTest extends ChatNetworkContract {

    @Override
    protected PeopleOnNetwork peopleOnNetwork() {
        return new PeopleOnSlack(UnaryOperator.identity(), ADA, BEN);
    }
}
