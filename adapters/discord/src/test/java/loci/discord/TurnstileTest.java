package loci.discord;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TurnstileTest {

    private final Turnstile turnstile = new Turnstile();
    private final List<String> done = new ArrayList<>();

    private void says(String channel, String text) {
        turnstile.pass("garden", channel, () -> done.add(text));
    }

    @Test
    void holdsEverythingUntilItIsKnownWhatToHold() {
        says("a", "one");
        says("b", "two");
        assertThat(turnstile.holdOnly(turnstile.gap(), Map.of("a", "garden"))).isTrue();
        assertThat(turnstile.release("b")).isTrue();
        says("b", "three");
        says("a", "four");
        assertThat(done).containsExactly("two", "three");
        assertThat(turnstile.release("a")).isTrue();
        says("a", "five");
        assertThat(done).containsExactly("two", "three", "one", "four", "five");
    }

    @Test
    void anotherGapHoldsEverythingAgain() {
        long first = turnstile.gap();
        says("a", "one");
        turnstile.holdEverywhere();
        assertThat(turnstile.holdOnly(first, Map.of())).isFalse();
        turnstile.release("a");
        assertThat(done).isEmpty();
        assertThat(turnstile.holdOnly(turnstile.gap(), Map.of())).isTrue();
        turnstile.release("a");
        assertThat(done).containsExactly("one");
    }

    @Test
    void whereTooMuchWaitsTheRestIsToBeLookedUp() {
        turnstile.holdOnly(turnstile.gap(), Map.of("a", "garden"));
        IntStream.range(0, 1_200).forEach(i -> says("a", "message " + i));
        assertThat(turnstile.release("a")).isFalse();
        assertThat(done).hasSize(1_000).endsWith("message 999");
        says("a", "later");
        assertThat(turnstile.release("a")).isTrue();
        assertThat(done).hasSize(1_001).endsWith("later");
    }

    @Test
    void whatFailsDoesNotStopWhatComesAfter() {
        turnstile.pass("garden", "a", () -> {
            throw new IllegalStateException("no");
        });
        says("a", "one");
        turnstile.holdOnly(turnstile.gap(), Map.of("a", "garden"));
        assertThat(turnstile.release("a")).isTrue();
        assertThat(done).containsExactly("one");
    }

    @Test
    void whatIsHeldIsKnownByItsServer() {
        says("a", "one");
        turnstile.pass("park", "c", () -> done.add("two"));
        turnstile.holdOnly(turnstile.gap(), Map.of("b", "garden", "d", "park"));
        assertThat(turnstile.held("garden")).containsExactlyInAnyOrder("a", "b");
        assertThat(turnstile.held("park")).containsExactlyInAnyOrder("c", "d");
        assertThat(turnstile.held()).hasSize(4);
    }
}
