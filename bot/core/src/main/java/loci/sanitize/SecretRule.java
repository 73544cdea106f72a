package loci.sanitize;

import java.util.List;

/** Finds secrets of one family. Looks at the folded text only, keeps no state, and takes time linear in its length. */
@FunctionalInterface
interface SecretRule {
    void find(String seen, List<Finding> found);
}
