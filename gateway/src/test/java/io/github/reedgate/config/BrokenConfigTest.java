package io.github.reedgate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What is said about broken files, word by word: the cases of {@code broken.txt}. */
final class BrokenConfigTest {

    private static final Pattern CASE = Pattern.compile("(?m)^=== ");
    private static final Pattern PARTS =
            Pattern.compile("\\A(.*)\\n([\\s\\S]*?)^---\\n([\\s\\S]*)\\z", Pattern.MULTILINE);

    /** A case of the file. */
    private record Case(String name, String text, List<String> messages) {

        static Case parse(String block) {
            var parts = PARTS.matcher(block);
            assertThat(parts.matches()).as(block).isTrue();
            List<String> messages =
                    parts.group(3).lines().filter(line -> !line.isBlank()).toList();
            return new Case(parts.group(1), expand(parts.group(2)), messages);
        }

        private static String expand(String text) {
            return text.replace("<GATEWAY>", "gateway: {id: home}")
                    .replace("<BROKER>", "broker: {url: 'mqtts://broker.example.org'}")
                    .replace("<SENSORS>", "sensors: {front_door: {line: 17}}")
                    .replace("<TAB>", "\t")
                    .replace("<NUL>", "\0")
                    .replace("<BOM>", "\uFEFF");
        }

        List<String> found() {
            var thrown = catchThrowableOfType(ConfigException.class, () -> new ConfigReader().read(text, "r.yaml"));
            return thrown == null
                    ? List.of("nothing")
                    : thrown.problems().stream().map(Problem::toString).toList();
        }
    }

    private static List<Case> cases() throws IOException {
        try (InputStream in = Objects.requireNonNull(BrokenConfigTest.class.getResourceAsStream("broken.txt"))) {
            String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return CASE.splitAsStream(all).skip(1).map(Case::parse).toList();
        }
    }

    @TestFactory
    Stream<DynamicTest> brokenFileIsRefusedWithExactlyTheseMessages() throws IOException {
        return cases().stream()
                .map(broken -> DynamicTest.dynamicTest(
                        broken.name(), () -> assertThat(broken.found()).isEqualTo(broken.messages())));
    }

    @Test
    void casesAreManyAndShowNoSecret() throws IOException {
        List<Case> cases = cases();
        assertThat(cases).hasSizeGreaterThan(60);
        assertThat(cases).allSatisfy(broken -> assertThat(broken.found()).noneMatch(line -> line.contains("hunter2")));
        assertThat(cases).allSatisfy(broken -> assertThat(broken.found()).allMatch(line -> line.startsWith("r.yaml:")));
    }
}
