package loci.memory;

/**
 * A range of exchanges, both ends included.
 *
 * @param from the first exchange, at least 1
 * @param to the last exchange, not before {@code from}
 */
public record Exchanges(long from, long to) {

    public Exchanges {
        if (from < 1 || to < from) {
            throw new IllegalArgumentException("no such range of exchanges: " + from + ".." + to);
        }
    }

    public boolean contains(long exchange) {
        return from <= exchange && exchange <= to;
    }

    public boolean covers(Exchanges other) {
        return from <= other.from && other.to <= to;
    }
}
