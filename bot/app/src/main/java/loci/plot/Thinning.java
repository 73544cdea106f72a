package loci.plot;

import java.util.ArrayList;
import java.util.List;
import loci.plot.Chart.Point;

/**
 * Leaves out points that nobody could tell apart, and never a maximum.
 *
 * <p>The points are taken in groups of equal size; of each group the highest and the lowest stay, and the first and the last point of all.
 * (Averages, and the usual every n-th point, would hide the peaks, which are what a budget is about.)
 */
final class Thinning {

    private Thinning() {}

    /**
     * Returns the points, thinned.
     *
     * @param most at least 4
     */
    static List<Point> thin(List<Point> points, int most) {
        if (points.size() <= most) {
            return points;
        }
        int groups = (most - 2) / 2;
        int size = points.size() - 2;
        List<Point> kept = new ArrayList<>();
        kept.add(points.getFirst());
        boolean joined = true;
        for (int group = 0; group < groups; group++) {
            int from = 1 + (int) ((long) size * group / groups);
            int to = 1 + (int) ((long) size * (group + 1) / groups);
            int lowest = from;
            int highest = from;
            for (int index = from; index < to; index++) {
                lowest = points.get(index).y() < points.get(lowest).y() ? index : lowest;
                highest = points.get(index).y() > points.get(highest).y() ? index : highest;
            }
            for (int index = from; index < to; index++) {
                joined &= points.get(index).joined();
                if (index == lowest || index == highest) {
                    // A gap before a point that was left out is a gap before the next that stays.
                    kept.add(new Point(points.get(index).x(), points.get(index).y(), joined));
                    joined = true;
                }
            }
        }
        Point last = points.getLast();
        kept.add(new Point(last.x(), last.y(), joined && last.joined()));
        return kept;
    }
}
