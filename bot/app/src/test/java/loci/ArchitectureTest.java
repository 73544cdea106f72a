package loci;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import java.time.Clock;
import java.util.Calendar;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/**
 * The shape of the whole program, as sentences that fail when they stop being true. It looks at every compiled class of every
 * module, so it lives in the last one. A package that is neither core's nor the app's counts as an adapter: a new platform is
 * held to the rules without being named here.
 */
class ArchitectureTest {
    /** Core's packages: each may import those before it. */
    private static final List<String> CORE_IN_ORDER =
            List.of("chat", "model", "memory", "sanitize", "prompt", "command", "engine");

    private static final Set<String> APP_PACKAGES = Set.of("app", "offline", "transcript", "replay", "plot");

    /** Packages and classes that see or change the world outside; charsets and domain names, though in two of them, do not. */
    private static final List<String> IMPURE = List.of(
            "java.io",
            "java.net",
            "java.nio",
            "java.sql",
            "java.util.concurrent",
            "java.util.Random",
            "java.util.Timer",
            "java.security.SecureRandom",
            "java.time.Clock",
            "java.lang.Thread",
            "java.lang.ThreadLocal",
            "java.lang.Runtime",
            "java.lang.Process",
            "java.lang.ProcessBuilder",
            "org.slf4j");

    private static final JavaClasses PROGRAM = classesOf(location -> !isTest(location));
    private static final JavaClasses TESTS = classesOf(ArchitectureTest::isTest);

    @Test
    void all_modules_are_seen() {
        assertThat(topPackages())
                .as("without these packages the sentences below would be about nothing")
                .containsAll(CORE_IN_ORDER)
                .containsAll(List.of("database", "openai", "console", "app"));
        assertThat(TESTS.size())
                .as("test classes of this module and of the test-jars")
                .isGreaterThan(1);
    }

    // ---- The arrows: app -> adapters -> core

    @Test
    void core_knows_java_and_two_small_libraries_and_nothing_else() {
        classes()
                .that(are("of core", ArchitectureTest::isOfCore))
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage(core(0)).or(resideInAnyPackage("java..", "org.jspecify..", "org.slf4j..")))
                .check(PROGRAM);
    }

    @Test
    void packages_of_core_import_only_those_before_them() {
        classes()
                .that(are("of core", ArchitectureTest::isOfCore))
                .should()
                .resideInAnyPackage(core(0))
                .check(PROGRAM);
        for (int i = 0; i < CORE_IN_ORDER.size() - 1; i++) {
            noClasses()
                    .that()
                    .resideInAPackage(within(CORE_IN_ORDER.get(i)))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(core(i + 1))
                    .check(PROGRAM);
        }
    }

    @Test
    void adapters_know_core_and_not_each_other() {
        for (String adapter : adapters()) {
            String[] others = topPackages().stream()
                    .filter(other -> !CORE_IN_ORDER.contains(other) && !other.equals(adapter))
                    .map(ArchitectureTest::within)
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage(within(adapter))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(others)
                    .check(PROGRAM);
        }
    }

    @Test
    void adapters_are_known_only_to_the_app() {
        for (String adapter : adapters()) {
            noClasses()
                    .that()
                    .resideOutsideOfPackages("loci.app..", within(adapter))
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(within(adapter))
                    .check(PROGRAM);
        }
    }

    @Test
    void no_package_depends_on_itself_through_others() {
        slices().matching("loci.(**)").should().beFreeOfCycles().check(PROGRAM);
    }

    // ---- One place for each foreign thing

    @Test
    void sql_is_only_in_the_database_adapter() {
        noClasses()
                .that()
                .resideOutsideOfPackage("loci.database..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.sql..", "javax.sql..", "org.jdbi..", "org.h2..", "org.flywaydb..", "com.zaxxer..")
                .check(PROGRAM);
    }

    @Test
    void only_the_console_and_the_app_print() {
        noClasses()
                .that()
                .resideOutsideOfPackages("loci.console..", "loci.app..")
                .should()
                .accessTargetWhere(access(
                        "System.out or System.err",
                        a -> a.getTargetOwner().isEquivalentTo(System.class)
                                && Set.of("out", "err").contains(a.getName())))
                .because("standard output is a contract with other programs, and messages are what people said")
                .check(PROGRAM);
    }

    // ---- Pure packages, and time

    @Test
    void sanitize_is_strings_only() {
        classes()
                .that()
                .resideInAPackage("loci.sanitize..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("loci.sanitize..", "java..", "org.jspecify..")
                .check(PROGRAM);
    }

    @Test
    void prompt_and_sanitize_are_pure() {
        noClasses()
                .that()
                .resideInAnyPackage("loci.prompt..", "loci.sanitize..")
                .should()
                .dependOnClassesThat(are("input, output, time, chance or threads", ArchitectureTest::isImpure))
                .because("the same input gives the same text, whenever and wherever it is computed")
                .check(PROGRAM);
    }

    @Test
    void time_is_asked_of_a_given_clock() {
        noClasses()
                .that()
                .resideOutsideOfPackage("loci.app..")
                .should()
                .accessTargetWhere(access("the machine's clock", ArchitectureTest::asksTheMachineForTheTime))
                .because("a test that cannot set the clock cannot test what time does; System.nanoTime measures, and"
                        + " may be used")
                .check(PROGRAM);
    }

    @Test
    void nothing_in_core_and_no_test_sleeps() {
        DescribedPredicate<JavaAccess<?>> sleep = access(
                "Thread.sleep",
                a -> a.getTargetOwner().isAssignableTo(Thread.class)
                        && a.getName().equals("sleep"));
        noClasses()
                .that(are("of core", ArchitectureTest::isOfCore))
                .should()
                .accessTargetWhere(sleep)
                .check(PROGRAM);
        noClasses().should().accessTargetWhere(sleep).check(TESTS);
    }

    // ---- How classes are written

    @Test
    void every_package_is_null_marked() {
        Set<String> unmarked = PROGRAM.stream()
                .map(JavaClass::getPackage)
                .filter(p -> !p.isAnnotatedWith(NullMarked.class))
                .map(p -> p.getName())
                .collect(Collectors.toSet());
        assertThat(unmarked)
                .as("packages without a package-info.java that says @NullMarked")
                .isEmpty();
    }

    @Test
    void names_say_what_a_class_is() {
        noClasses()
                .should()
                .haveNameMatching(".*(Manager|Helper|Utils?|Service|Session|Context|Data|Info|Extra)")
                .because("such a name says only that something is done with something")
                .check(PROGRAM);
    }

    @Test
    void wiring_is_by_constructors() {
        NO_CLASSES_SHOULD_USE_FIELD_INJECTION.check(PROGRAM);
    }

    @Test
    void nothing_is_mocked() {
        for (String mocking : List.of("org.mockito.Mockito", "org.easymock.EasyMock", "io.mockk.MockKKt")) {
            assertThatThrownBy(() -> Class.forName(mocking)).as(mocking).isInstanceOf(ClassNotFoundException.class);
        }
    }

    // ---- The words of the sentences above

    private static boolean isOfCore(JavaClass c) {
        String where = c.getSource().orElseThrow().getUri().toString();
        return where.contains("/bot/core/") || where.contains("/loci-core-");
    }

    private static boolean isImpure(JavaClass c) {
        String name = c.getName();
        if (name.startsWith("java.nio.charset.") || name.equals("java.net.IDN")) {
            return false;
        }
        return IMPURE.stream().anyMatch(prefix -> name.equals(prefix) || name.startsWith(prefix + "."));
    }

    /** Asking {@code now(clock)} of a clock that was handed in is how it should be; asking without one is not. */
    private static boolean asksTheMachineForTheTime(JavaAccess<?> access) {
        if (!(access.getTarget() instanceof CodeUnitAccessTarget called)) {
            return false;
        }
        if (called.getRawParameterTypes().stream().anyMatch(p -> p.isEquivalentTo(Clock.class))) {
            return false;
        }
        JavaClass owner = called.getOwner();
        String name = called.getName();
        if (owner.isEquivalentTo(Clock.class)) {
            return name.startsWith("system") || name.startsWith("tick");
        }
        if (owner.isEquivalentTo(Date.class)) {
            return name.equals("<init>") && called.getRawParameterTypes().isEmpty();
        }
        return (owner.isEquivalentTo(System.class) && name.equals("currentTimeMillis"))
                || (owner.isEquivalentTo(Calendar.class) && name.equals("getInstance"))
                || (owner.getPackageName().startsWith("java.time") && name.equals("now"));
    }

    private static Set<String> topPackages() {
        return PROGRAM.stream().map(c -> topPackage(c.getPackageName())).collect(Collectors.toSet());
    }

    private static Set<String> adapters() {
        return topPackages().stream()
                .filter(p -> !CORE_IN_ORDER.contains(p) && !APP_PACKAGES.contains(p))
                .collect(Collectors.toSet());
    }

    /** {@code app} of {@code loci.app.config}. */
    private static String topPackage(String packageName) {
        int start = "loci.".length();
        int end = packageName.indexOf('.', start);
        return packageName.substring(start, end < 0 ? packageName.length() : end);
    }

    /** Core's packages from the given place in the order to its end. */
    private static String[] core(int from) {
        return CORE_IN_ORDER.stream().skip(from).map(ArchitectureTest::within).toArray(String[]::new);
    }

    private static String within(String topPackage) {
        return "loci." + topPackage + "..";
    }

    private static DescribedPredicate<JavaClass> are(String words, Predicate<JavaClass> test) {
        return describe(words, test);
    }

    private static DescribedPredicate<JavaAccess<?>> access(String words, Predicate<JavaAccess<?>> test) {
        return describe(words, test);
    }

    private static JavaClasses classesOf(Predicate<Location> locations) {
        return new ClassFileImporter().withImportOption(locations::test).importPackages("loci");
    }

    private static boolean isTest(Location location) {
        return location.contains("/test-classes/") || location.contains("-tests.jar");
    }
}
