package loci.chat;

/** People on a platform to which places belong, and which may keep the bot waiting. */
public interface PeopleOnNetwork extends People {

    /** Somebody who may deletes a place with all that is in it. */
    void delete(String place);

    /** From now on the next message that is posted to a place keeps whoever posts it waiting. */
    Hanging hangs(String place);

    /** A request that is not answered yet. */
    interface Hanging {

        /** Waits until it was made. */
        void awaitArrival();

        /** Has it answered. */
        void ends();
    }
}
