package io.github.reedgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of threats names tests that are there. */
final class SecurityDocumentTest {

    private static final Path PAGE = Documents.TOP.resolve("docs/security.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|$");
    private static final Pattern TEST = Pattern.compile("`([A-Z][A-Za-z]+)`");

    private static List<String> testsOfRows() {
        return ROW.matcher(Documents.text(PAGE))
                .results()
                .map(row -> row.group(3))
                .filter(cell -> !cell.equals("test") && !cell.equals("---"))
                .toList();
    }

    private static Set<String> testClasses() throws IOException {
        Set<String> classes = testClasses("gateway/src/test/java");
        classes.addAll(testClasses("deploy/system-tests/src/test/java"));
        return classes;
    }

    private static Set<String> testClasses(String folder) throws IOException {
        try (Stream<Path> files = Files.walk(Documents.TOP.resolve(folder))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches(".*(Test|IT)\\.java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .collect(Collectors.toCollection(HashSet::new));
        }
    }

    @Test
    void eachThreatNamesTestsThatExist() throws IOException {
        Set<String> known = testClasses();
        assertThat(testsOfRows()).hasSizeGreaterThan(10).allSatisfy(cell -> {
            List<String> named =
                    TEST.matcher(cell).results().map(name -> name.group(1)).toList();
            assertThat(named).as(cell).isNotEmpty();
            assertThat(known).containsAll(named);
        });
    }
}
