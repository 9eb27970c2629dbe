package io.github.reedgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.reedgate.config.ConfigException;
import io.github.reedgate.config.ConfigReader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

/** The documents hold together: what they point at is there. */
final class DocumentsTest {

    private static final Pattern LINK = Pattern.compile("!?\\[[^\\]\\n]*\\]\\(([^)\\s]+)\\)");
    private static final Pattern ELSEWHERE = Pattern.compile("(?:https?|mailto):.*");
    private static final Pattern CONFIGURATION = Pattern.compile("(?ms)^```yaml\\n(gateway:.*?)^```");
    private static final Pattern PIECE = Pattern.compile("(?ms)^( *)```yaml\\n(.*?)^ *```");
    private static final Path DECISIONS = Documents.TOP.resolve("docs/decisions");

    private static List<String> links(String markdown) {
        return LINK.matcher(Documents.prose(markdown))
                .results()
                .map((MatchResult found) -> found.group(1))
                .filter(link -> !ELSEWHERE.matcher(link).matches())
                .toList();
    }

    /** What is wrong with the links of a document. */
    private static List<String> brokenLinks(Path top, Path document) {
        List<String> broken = new ArrayList<>();
        for (String link : links(Documents.text(document))) {
            String[] parts = link.split("#", 2);
            Path target = parts[0].isEmpty()
                    ? document
                    : document.resolveSibling(parts[0]).normalize();
            if (!target.startsWith(top) || !Files.exists(target)) {
                broken.add(document + ": " + link);
            } else if (parts.length == 2
                    && !Documents.anchors(Documents.text(target)).contains(parts[1])) {
                broken.add(document + ": " + link + " names no heading");
            }
        }
        return broken;
    }

    @Test
    void everyLinkLeadsToAFileAndAHeadingOfTheProject() {
        List<Path> documents = Documents.markdown();
        assertThat(documents).hasSizeGreaterThan(15);
        assertThat(documents)
                .allSatisfy(document ->
                        assertThat(brokenLinks(Documents.TOP, document)).isEmpty());
    }

    @Test
    void brokenLinkIsFound(@TempDir Path folder) throws Exception {
        Path page = folder.resolve("page.md");
        Files.writeString(folder.resolve("there.md"), "# What is there?\n");
        Files.writeString(page, """
            [a](there.md) [b](there.md#what-is-there) [c](https://example.org/x) `[d](nothing.md)`
            ![e](gone.svg) [f](there.md#what-is-not) [g](../outside.md)
            """);
        assertThat(brokenLinks(folder, page))
                .containsExactly(
                        page + ": gone.svg",
                        page + ": there.md#what-is-not names no heading",
                        page + ": ../outside.md");
    }

    @Test
    void everyPictureIsWellFormedSelfContainedAndShown() {
        List<Path> shown = Documents.markdown().stream()
                .flatMap(document -> links(Documents.text(document)).stream()
                        .map(link -> document.resolveSibling(link).normalize()))
                .toList();
        List<Path> pictures = Documents.files(".svg");
        assertThat(pictures).isNotEmpty().allSatisfy(picture -> {
            String text = Documents.text(picture);
            assertThatCode(() -> DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .parse(new InputSource(new StringReader(text))))
                    .doesNotThrowAnyException();
            assertThat(text).contains("<title").doesNotContain("href", "@import", "<script");
            assertThat(shown).contains(picture);
        });
    }

    @Test
    void everyConfigurationOfTheCommandPageIsValid(@TempDir Path folder) throws Exception {
        String page = Documents.text(Documents.TOP.resolve("docs/commands.md"));
        List<String> configurations = CONFIGURATION
                .matcher(page)
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(configurations).hasSize(2);
        for (String configuration : configurations) {
            Path file = Files.writeString(folder.resolve("reedgate.yaml"), configuration);
            assertThat(new ConfigReader().read(file).sensors()).isNotEmpty();
        }
    }

    /** A piece of a configuration is completed; what begins with these keys is Home Assistant's, or the monitor's. */
    @Test
    void everyPieceOfAConfigurationIsValid() {
        Map<Path, List<String>> wrong = new LinkedHashMap<>();
        int pieces = 0;
        for (Path page : Documents.markdown()) {
            for (MatchResult found :
                    PIECE.matcher(Documents.text(page)).results().toList()) {
                String piece = found.group(2).replaceAll("(?m)^" + found.group(1), "");
                boolean isOthers = piece.startsWith("mqtt:") || piece.startsWith("automation:");
                if (!isOthers && !piece.startsWith("monitor:")) {
                    pieces++;
                    try {
                        new ConfigReader().read(completed(piece), "piece.yaml");
                    } catch (ConfigException e) {
                        wrong.put(page, List.of(piece, String.valueOf(e.getMessage())));
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(pieces).isGreaterThan(15);
    }

    private static String completed(String piece) {
        Map<String, String> needed = new LinkedHashMap<>();
        needed.put("gateway", "gateway: {id: home}\n");
        needed.put("broker", "broker: {url: 'mqtts://broker.example.org'}\n");
        needed.put("sensors", "sensors: {front_door: {line: 17}}\n");
        StringBuilder whole = new StringBuilder(piece);
        needed.forEach((key, text) -> {
            if (!Pattern.compile("(?m)^" + key + ":").matcher(piece).find()) {
                whole.append(text);
            }
        });
        return whole.toString();
    }

    @Test
    void everyDecisionIsInTheIndexUnderItsNumber() {
        String index = Documents.text(DECISIONS.resolve("README.md"));
        List<Path> records = Documents.markdown().stream()
                .filter(document -> document.startsWith(DECISIONS))
                .filter(document -> !document.endsWith("README.md"))
                .toList();
        assertThat(records).isNotEmpty().allSatisfy(record -> {
            String name = record.getFileName().toString();
            String number = name.substring(0, 3);
            assertThat(name).matches("[0-9]{3}-[a-z0-9-]+\\.md");
            assertThat(Documents.text(record)).startsWith("# " + number + ". ");
            assertThat(index).contains("| [" + number + "](" + name + ") |");
        });
    }
}
