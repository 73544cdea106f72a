package loci.app.config;

/**
 * A part of what is cut into so many parts, for several processes to share.
 *
 * @param first the first one of it, from 0
 * @param last the last one of it
 * @param total how many there are
 */
public record Share(int first, int last, int total) {

    /** As it is written in the configuration. */
    @Override
    public String toString() {
        return (first == last ? Integer.toString(first) : first + "-" + last) + " of " + total;
    }
}
