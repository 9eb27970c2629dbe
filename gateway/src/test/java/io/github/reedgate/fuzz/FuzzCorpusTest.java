package io.github.reedgate.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs each fuzz target on its stored inputs, in {@code src/test/resources/fuzz/<target>}, and on random changes of them. A
 * target is a class whose name ends in {@code Fuzz}; it throws if the parser throws what it does not declare, or if what the
 * parser returns breaks a rule. {@code deploy/fuzz} looks for further inputs.
 */
class FuzzCorpusTest {

    private static final int CHANGES = 30;
    private static final long SEED = 20_261_128;
    private static final byte[] SIGNS = "{}[]:,\"\\\n\t -0%!&*#/.".getBytes(StandardCharsets.US_ASCII);

    @TestFactory
    Stream<DynamicTest> storedInputsOfEachTarget() throws Exception {
        return targets().stream()
                .flatMap(target -> inputs(target).stream()
                        .map(input -> dynamicTest(
                                target.getSimpleName() + ", " + input.getFileName(),
                                () -> run(target, Files.readAllBytes(input)))));
    }

    @TestFactory
    Stream<DynamicTest> randomChangesOfTheStoredInputs() throws Exception {
        return targets().stream()
                .map(target -> dynamicTest(target.getSimpleName() + ", seed " + SEED, () -> runChanged(target)));
    }

    @Test
    void thereIsATargetForEachParser() throws Exception {
        assertThat(targets())
                .extracting(Class::getSimpleName)
                .containsExactlyInAnyOrder(
                        "AnswerFuzz",
                        "ArgumentFuzz",
                        "CommandFuzz",
                        "ConfigFuzz",
                        "ControlRequestFuzz",
                        "DiscoveryFuzz",
                        "NoticeFuzz",
                        "NtfyAnswerFuzz",
                        "PemFuzz",
                        "ScenarioFuzz",
                        "SecretFuzz",
                        "SignatureFuzz",
                        "SimRequestFuzz",
                        "SnapshotFuzz",
                        "StartFileFuzz",
                        "StoredFieldsFuzz",
                        "TerminalFuzz",
                        "UrlFuzz",
                        "UsersFuzz",
                        "WatermarkFuzz");
    }

    private static List<Class<?>> targets() throws IOException, URISyntaxException, ClassNotFoundException {
        Path classes = Path.of(FuzzCorpusTest.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (Stream<Path> all = Files.walk(classes)) {
            List<String> names = all.map(path -> classes.relativize(path).toString())
                    .filter(name -> name.endsWith("Fuzz.class"))
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .sorted()
                    .toList();
            Class<?>[] found = new Class<?>[names.size()];
            for (int i = 0; i < found.length; i++) {
                found[i] = Class.forName(names.get(i));
            }
            return Arrays.asList(found);
        }
    }

    private static List<Path> inputs(Class<?> target) {
        Path folder = Path.of("src/test/resources/fuzz", target.getSimpleName());
        assertThat(folder).as("the stored inputs of %s", target).isNotEmptyDirectory();
        try (Stream<Path> all = Files.list(folder)) {
            return all.sorted().toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void runChanged(Class<?> target) throws Exception {
        Random random = new Random(SEED);
        for (Path path : inputs(target)) {
            byte[] input = Files.readAllBytes(path);
            for (int i = 0; i < CHANGES; i++) {
                run(target, changed(input, random));
            }
        }
    }

    /** The input with a few bytes overwritten, removed, repeated or cut off. */
    private static byte[] changed(byte[] input, Random random) {
        byte[] changed = input.clone();
        for (int times = 1 + random.nextInt(4); times > 0 && changed.length > 0; times--) {
            int at = random.nextInt(changed.length);
            int end = Math.min(changed.length, at + 1 + random.nextInt(8));
            changed = switch (random.nextInt(5)) {
                case 0 -> joined(changed, at, new byte[] {(byte) random.nextInt(256)}, at + 1);
                case 1 -> joined(changed, at, new byte[0], end);
                case 2 -> joined(changed, end, Arrays.copyOfRange(changed, at, end), end);
                case 3 -> Arrays.copyOf(changed, at);
                default -> joined(changed, at, new byte[] {SIGNS[random.nextInt(SIGNS.length)]}, at);
            };
        }
        return changed;
    }

    private static byte[] joined(byte[] from, int end, byte[] middle, int start) {
        byte[] all = new byte[end + middle.length + Math.max(0, from.length - start)];
        System.arraycopy(from, 0, all, 0, end);
        System.arraycopy(middle, 0, all, end, middle.length);
        System.arraycopy(from, start, all, end + middle.length, from.length - start);
        return all;
    }

    private static void run(Class<?> target, byte[] input) throws Exception {
        Method method = target.getMethod("fuzzerTestOneInput", byte[].class);
        try {
            method.invoke(null, input);
        } catch (InvocationTargetException e) {
            throw new AssertionError(
                    target.getSimpleName() + " failed on " + HexFormat.of().formatHex(input), e.getCause());
        }
    }
}
