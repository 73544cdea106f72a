package loci.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import loci.database.KeyNode.Seed;
import loci.database.KeyTreeFormat.NotAKeyFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTreeTest {

    private static final long CONVERSATION = 42;
    private static final List<CellKind> KINDS = List.of(CellKind.values());

    /** Computed with Python's hashlib from the description in {@link SeedStep}; must never change. */
    @ParameterizedTest
    @CsvSource({
        "TURN,   0,             f96848ef0408bd1f82a615458f6207c92fe60de63dea7f6a59b9fd3d1fabe461",
        "TURN,   1,             a06295b41c7d232e86d074815db164721067c10dc6aad65e45377bce70a2be49",
        "TURN,   1099511627775, 1f68f77db978ad2afa8b5b6a9547db38d237171ffae2bc011c44df1a788f8448",
        "DIGEST, 0,             882bea83b7693277e4ce9c7cc69ebfb7bbc6faa2875c14fecf862520a1b3f8cf",
        "DIGEST, 123456789,     21b2d91a5f7715c166ed4b148a71b14875cceeab0cdb2cda5abb2040d4fc734d",
        "FACT,   7,             04bb64c7896cb7e3472ef433e1b9c5fca5ae09d548c1c63addf539ed44d9bfc7",
    })
    void derivesTheSameKeysForEver(CellKind kind, long number, String key) {
        assertThat(countingTree().derive(new Cell(kind, number)).map(HexFormat.of()::formatHex))
                .hasValue(key);
    }

    /** The bytes of a fresh file and, as a SHA-256, of one after an erasure; computed with Python, must never change. */
    @Test
    void writesTheSameBytesForEver() throws NoSuchAlgorithmException {
        assertThat(HexFormat.of().formatHex(KeyTreeFormat.encode(CONVERSATION, countingTree())))
                .isEqualTo("4c4f43494b45595301000000000000002a01"
                        + "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1fd223c398");
        byte[] erased = KeyTreeFormat.encode(CONVERSATION, countingTree().erase(Cell.turn(5)));
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(erased)))
                .isEqualTo("591096e8aa07b24271a46aa99fb3de425469e176af0c849bd151c0d19114e5d5");
    }

    @Test
    void codesOfKindsNeverChange() {
        assertThat(Arrays.stream(CellKind.values()).map(kind -> kind + "=" + kind.code()))
                .startsWith("TURN=0", "DIGEST=1", "FACT=2");
    }

    /** Random erasures, small and large, against the plain set of what was erased. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void agreesWithAPlainSetOfErasedCells(long seed) throws NotAKeyFileException {
        System.out.println("KeyTreeTest seed " + seed);
        Random random = new Random(seed);
        int numbers = 300;
        byte[] root = bytes(random);
        KeyTree whole = KeyTree.fresh(root.clone());
        KeyTree tree = KeyTree.fresh(root.clone());
        Set<Cell> erased = new HashSet<>();
        for (int step = 0; step < 60; step++) {
            CellRange range = range(random, numbers);
            for (long n = range.first(); n <= range.last(); n++) {
                erased.add(new Cell(range.kind(), n));
            }
            KeyTree next = tree.erase(range);
            tree.wipeAllBut(next);
            tree = KeyTreeFormat.decode(CONVERSATION, KeyTreeFormat.encode(CONVERSATION, next));
            assertThat(tree.seeds()).isLessThanOrEqualTo(1 + erased.size() * (KeyTree.DEPTH - 1));
            for (Cell cell : someCells(random, numbers)) {
                if (erased.contains(cell)) {
                    assertThat(tree.derive(cell)).as("%s", cell).isEmpty();
                } else {
                    assertThat(tree.derive(cell).orElseThrow()).as("%s", cell).isEqualTo(key(whole, cell));
                }
            }
            assertFirstLivingAgrees(tree, erased, random, numbers);
        }
    }

    private static void assertFirstLivingAgrees(KeyTree tree, Set<Cell> erased, Random random, int numbers) {
        CellKind kind = KINDS.get(random.nextInt(KINDS.size()));
        long from = random.nextInt(numbers);
        long expected = from;
        while (erased.contains(new Cell(kind, expected))) {
            expected++;
        }
        assertThat(tree.firstLiving(kind, from)).hasValue(expected);
    }

    /** Whoever holds what is left: no seed in it is on the path to an erased cell, so no derivation leads there. */
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void holdsNoSeedThatLeadsToAnErasedCell(long seed) {
        System.out.println("KeyTreeTest seed " + seed);
        Random random = new Random(seed);
        KeyTree whole = KeyTree.fresh(bytes(random));
        KeyTree tree = whole;
        Set<String> forbidden = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            Cell cell = Cell.turn(random.nextInt(10_000));
            tree = tree.erase(cell);
            forbidden.addAll(seedsOnThePath(whole, cell));
        }
        assertThat(seedsIn(tree.root())).isNotEmpty().doesNotContainAnyElementsOf(forbidden);
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void aRangeEqualsItsSingles(long seed) {
        System.out.println("KeyTreeTest seed " + seed);
        Random random = new Random(seed);
        KeyTree whole = KeyTree.fresh(bytes(random));
        long first = random.nextLong(1L << 38);
        long last = first + random.nextInt(500);
        List<Long> order = new ArrayList<>();
        for (long n = first; n <= last; n++) {
            order.add(n);
        }
        Collections.shuffle(order, random);
        KeyTree singles = whole;
        for (long n : order) {
            singles = singles.erase(Cell.digest(n));
        }
        assertThat(KeyTreeFormat.encode(CONVERSATION, singles))
                .isEqualTo(KeyTreeFormat.encode(CONVERSATION, whole.erase(CellRange.digests(first, last))));
    }

    @Test
    void anErasureOfAnyLengthAddsFewSeeds() {
        KeyTree whole = countingTree();
        assertThat(whole.seeds()).isEqualTo(1);
        assertThat(whole.erase(Cell.turn(77)).seeds()).isEqualTo(KeyTree.DEPTH);
        assertThat(whole.erase(CellRange.turns(0, 999_999)).seeds()).isLessThanOrEqualTo(KeyTree.DEPTH);
        assertThat(whole.erase(CellRange.turns(123_456, 999_999_999)).seeds()).isLessThanOrEqualTo(2 * KeyTree.DEPTH);
    }

    @Test
    void theLastNumberOfOneKindIsNotTheFirstOfTheNext() {
        KeyTree tree = countingTree().erase(CellRange.turns(0, Cell.MAX_NUMBER));
        assertThat(tree.derive(Cell.turn(Cell.MAX_NUMBER))).isEmpty();
        assertThat(tree.derive(Cell.digest(0))).isPresent();
        assertThat(tree.firstLiving(CellKind.TURN, 0)).isEmpty();
        assertThat(tree.firstLiving(CellKind.DIGEST, 0)).hasValue(0);
    }

    @Test
    void erasingWhatIsErasedGivesTheSameTree() {
        KeyTree tree = countingTree().erase(CellRange.turns(10, 20));
        assertThat(tree.erase(CellRange.turns(12, 20))).isSameAs(tree);
    }

    @Test
    void anErasedTreeHasNoKeys() throws NotAKeyFileException {
        KeyTree tree = KeyTreeFormat.decode(CONVERSATION, KeyTreeFormat.encode(CONVERSATION, KeyTree.erased()));
        assertThat(tree.seeds()).isZero();
        assertThat(tree.derive(Cell.turn(0))).isEmpty();
    }

    @Test
    void wipingLeavesNoSeedThatTheNextTreeLacks() {
        byte[] root = counting();
        KeyTree before = KeyTree.fresh(root);
        KeyTree middle = before.erase(CellRange.turns(5, 9));
        before.wipeAllBut(middle);
        assertThat(root).containsOnly(0);
        byte[] key = key(middle, Cell.turn(4));
        List<Seed> seeds = new ArrayList<>();
        collect(middle.root(), seeds);
        KeyTree after = middle.erase(Cell.turn(3));
        middle.wipeAllBut(after);
        assertThat(key(after, Cell.turn(4))).isEqualTo(key);
        Set<String> kept = seedsIn(after.root());
        assertThat(seeds)
                .allMatch(s -> isZero(s.bytes()) || kept.contains(HexFormat.of().formatHex(s.bytes())));
        assertThat(seeds).filteredOn(s -> isZero(s.bytes())).hasSize(1);
        after.wipe();
        assertThat(seedsIn(after.root())).containsExactly("00".repeat(32));
    }

    @ParameterizedTest
    @ValueSource(longs = {31, 32})
    void noDamagedFileDecodes(long seed) {
        System.out.println("KeyTreeTest seed " + seed);
        Random random = new Random(seed);
        byte[] good = KeyTreeFormat.encode(CONVERSATION, countingTree().erase(Cell.turn(random.nextInt(1000))));
        for (int length = 0; length < good.length; length++) {
            byte[] truncated = Arrays.copyOf(good, length);
            assertThatThrownBy(() -> KeyTreeFormat.decode(CONVERSATION, truncated))
                    .isInstanceOf(NotAKeyFileException.class);
        }
        for (int at = 0; at < good.length; at++) {
            byte[] flipped = good.clone();
            flipped[at] ^= (byte) (1 << random.nextInt(8));
            assertThatThrownBy(() -> KeyTreeFormat.decode(CONVERSATION, flipped))
                    .isInstanceOf(NotAKeyFileException.class);
        }
        assertThatThrownBy(() -> KeyTreeFormat.decode(CONVERSATION + 1, good))
                .hasMessage("it belongs to conversation 42");
        assertThatThrownBy(() -> KeyTreeFormat.decode(CONVERSATION, Arrays.copyOf(good, good.length + 1)))
                .isInstanceOf(NotAKeyFileException.class);
    }

    @Test
    void refusesNumbersThatAreNoCells() {
        assertThatThrownBy(() -> Cell.turn(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Cell.turn(Cell.MAX_NUMBER + 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CellRange.turns(5, 4)).isInstanceOf(IllegalArgumentException.class);
    }

    private static CellRange range(Random random, int numbers) {
        CellKind kind = KINDS.get(random.nextInt(KINDS.size()));
        long first = random.nextInt(numbers);
        boolean single = random.nextInt(3) > 0;
        return new CellRange(kind, first, single ? first : first + random.nextInt(numbers / 10));
    }

    private static List<Cell> someCells(Random random, int numbers) {
        List<Cell> cells = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            cells.add(new Cell(KINDS.get(random.nextInt(KINDS.size())), random.nextInt(numbers + numbers / 10)));
        }
        return cells;
    }

    private static Set<String> seedsOnThePath(KeyTree whole, Cell cell) {
        Set<String> seeds = new HashSet<>();
        byte[] root = ((Seed) whole.root()).bytes();
        for (int depth = 0; depth <= KeyTree.DEPTH; depth++) {
            SeedStep step = SeedStep.from(root);
            for (int level = KeyTree.DEPTH - 1; level >= KeyTree.DEPTH - depth; level--) {
                if ((cell.leaf() >>> level & 1) == 1) {
                    step.right();
                } else {
                    step.left();
                }
            }
            seeds.add(HexFormat.of().formatHex(step.seed()));
        }
        return seeds;
    }

    private static Set<String> seedsIn(KeyNode node) {
        List<Seed> seeds = new ArrayList<>();
        collect(node, seeds);
        Set<String> hex = new HashSet<>();
        seeds.forEach(seed -> hex.add(HexFormat.of().formatHex(seed.bytes())));
        return hex;
    }

    private static void collect(KeyNode node, List<Seed> into) {
        switch (node) {
            case KeyNode.Gone _ -> {}
            case Seed seed -> into.add(seed);
            case KeyNode.Split(KeyNode left, KeyNode right) -> {
                collect(left, into);
                collect(right, into);
            }
        }
    }

    private static boolean isZero(byte[] bytes) {
        return Arrays.equals(bytes, new byte[bytes.length]);
    }

    private static byte[] key(KeyTree tree, Cell cell) {
        return tree.derive(cell).orElseThrow();
    }

    private static KeyTree countingTree() {
        return KeyTree.fresh(counting());
    }

    private static byte[] counting() {
        byte[] bytes = new byte[Seed.LENGTH];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }

    private static byte[] bytes(Random random) {
        byte[] bytes = new byte[Seed.LENGTH];
        random.nextBytes(bytes);
        return bytes;
    }
}
