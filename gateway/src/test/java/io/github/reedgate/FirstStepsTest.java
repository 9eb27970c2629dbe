package io.github.reedgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a newcomer reads stays short, and names the version that is released. */
final class FirstStepsTest {

    private static final int WORDS = 1000;
    private static final int README_LINES = 150;
    private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```(?:sh)?\\n(.*?)^ *```");
    private static final Pattern PRINTED = Pattern.compile("\\d\\d:\\d\\d:\\d\\d .*|notified .*");
    private static final Pattern VERSION = Pattern.compile("<version>([^<]+)</version>");
    private static final Pattern FILE =
            Pattern.compile("reedgate[_-](\\d+\\.\\d+\\.\\d+[^_/* ]*?)(?:_all\\.deb|\\.tar\\.gz|\\.cdx\\.json)");

    private static String page(String name) {
        return Documents.text(Documents.TOP.resolve(name));
    }

    private static int words(String text) {
        return (int) Pattern.compile("\\S+").matcher(text).results().count();
    }

    /** What is typed: each line of the blocks that is not what a program prints. */
    private static List<String> commands(String markdown) {
        return BLOCK.matcher(markdown)
                .results()
                .flatMap(block -> block.group(1).lines())
                .filter(line -> !line.isBlank() && !PRINTED.matcher(line).matches())
                .toList();
    }

    private static String released() {
        Matcher version = VERSION.matcher(page("pom.xml"));
        assertThat(version.find()).isTrue();
        return version.group(1);
    }

    @Test
    void installingTakesAtMostAThousandWordsAndSixCommandsToAnAlarm() {
        String page = page("docs/install.md");
        assertThat(words(page)).isBetween(300, WORDS);
        int elsewhere = page.indexOf("\n## The broker on another machine");
        assertThat(commands(page.substring(0, page.indexOf("\n## 4. "))))
                .hasSizeBetween(4, 6)
                .endsWith("sudo reedgate setup");
        assertThat(commands(page.substring(0, elsewhere)))
                .hasSizeBetween(5, 8)
                .anyMatch(command -> command.startsWith("sha256sum "))
                .noneMatch(command -> command.contains("mvn"));
        assertThat(commands(page.substring(elsewhere))).hasSizeBetween(1, 6);
    }

    /** It asks for nothing if all that it must know is given, and the password is not part of that. */
    @Test
    void whatIsGivenAUserIsGivenThePasswordToo() {
        List<String> inits = Documents.markdown().stream()
                .flatMap(file -> commands(Documents.text(file).replaceAll("\\\\\n *", "")).stream())
                .filter(command -> command.matches(".*reedgate (init|setup) .*") && command.contains(" --user "))
                .toList();
        assertThat(inits).hasSizeGreaterThan(1).allMatch(command -> command.contains(" --password-from "));
    }

    @Test
    void phoneTakesAtMostAThousandWordsAndSevenCommands() {
        String page = page("docs/phone.md");
        assertThat(words(page)).isBetween(300, WORDS);
        assertThat(commands(page)).hasSizeBetween(3, 7);
        assertThat(page.indexOf("\n## ")).isEqualTo(page.indexOf("\n## ntfy"));
    }

    @Test
    void readmeIsShortAndBeginsWithAPicture() {
        String page = page("README.md");
        assertThat(page.lines().count()).isBetween(60L, (long) README_LINES);
        assertThat(page.lines().filter(line -> !line.isBlank()).skip(1).findFirst())
                .hasValueSatisfying(line -> assertThat(line).startsWith("!["));
    }

    @Test
    void documentsNameTheFilesOfThisVersion() {
        Set<String> versions = new TreeSet<>();
        Documents.markdown()
                .forEach(file ->
                        FILE.matcher(Documents.text(file)).results().forEach(found -> versions.add(found.group(1))));
        assertThat(versions).containsExactly(released());
        assertThat(page("CHANGELOG.md"))
                .containsPattern("(?m)^## \\[" + Pattern.quote(released()) + "\\] - \\d{4}-\\d\\d-\\d\\d$");
    }

    @Test
    void whatIsTypedIsDistinguishedFromWhatIsPrinted() {
        assertThat(commands("""
                ```
                sudo reedgate watch

                ```
                ```sh
                reedgate log
                notified   phone took "x"
                00:37:05  home  online
                ```
                ```yaml
                notify: {}
                ```
                """)).containsExactly("sudo reedgate watch", "reedgate log");
        assertThat(words(" a  b\nc ")).isEqualTo(3);
    }
}
