package loci.app.config;

/**
 * A share of something that several processes share.
 *
 * @param number which one, from 1
 * @param total how many there are
 */
record Share(int number, int total) {}
