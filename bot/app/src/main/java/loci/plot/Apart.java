package loci.plot;

/** Keeps labels from standing over each other. Pure. */
final class Apart {

    private Apart() {}

    /**
     * Returns places as near to those wanted as can be, in the same order and at least so far from each other.
     *
     * @param wanted ascending
     * @param least the highest place there is; {@code most}, the lowest, is kept to before it
     */
    static double[] push(double[] wanted, double distance, double least, double most) {
        double[] places = wanted.clone();
        double free = least;
        for (int index = 0; index < places.length; index++) {
            places[index] = Math.max(places[index], free);
            free = places[index] + distance;
        }
        double limit = most;
        for (int index = places.length - 1; index >= 0; index--) {
            places[index] = Math.min(places[index], limit);
            limit = places[index] - distance;
        }
        return places;
    }
}
