package loci.slack;

import loci.chat.ChatNetworkContract;
import loci.chat.PeopleOnNetwork;

/** Slack by signed requests, with answers that are posted and changed in the channel itself, keeps what every platform promises. */
class SlackByHttpContractTest extends ChatNetworkContract {

    @Override
    protected PeopleOnNetwork peopleOnNetwork() {
        return new PeopleOnSlack(usual -> Bot.inChannels(Bot.byHttp(usual)), ADA, BEN);
    }
}
