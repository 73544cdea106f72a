package loci.slack.standin;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Holds requests up until a test lets them go on: latency without sleeping. */
public final class Gate {
    private static final int LONGEST_SECONDS = 60;

    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch opened = new CountDownLatch(1);

    /** Lets what waits here go on, and all that comes later. */
    public void open() {
        opened.countDown();
    }

    /** Waits until a request stands here; false where none came in time. */
    public boolean awaitArrival() {
        return await(arrived, 10);
    }

    void pass() {
        arrived.countDown();
        await(opened, LONGEST_SECONDS);
    }

    private static boolean await(CountDownLatch latch, int seconds) {
        try {
            return latch.await(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
