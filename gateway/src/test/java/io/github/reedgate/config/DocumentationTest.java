package io.github.reedgate.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/configuration.md} against the table of keys. */
final class DocumentationTest {

    private static final Path PAGE = Path.of("..", "docs", "configuration.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `[a-z].*\\|$");
    private static final Pattern CODE_PATH = Pattern.compile(
            "`((?:gateway|broker|gpio|store|limits|diagnostics|alarm|notify|homeassistant|discovery|sensors|outputs|debounce|retry)\\.[^`"
                    + " :]+)");
    private static final Pattern YAML_BLOCK = Pattern.compile("(?s)```yaml\\n(.*?)```");

    private static String row(Key<?> key) {
        String ifMissing = key.isRequired() ? "required" : key.defaultText();
        if (key.defaultValue().isPresent()) {
            ifMissing = "`" + ifMissing + "`";
        }
        return "| `" + key.path() + "` | " + ifMissing + " | " + key.type().allowed() + " | " + key.meaning() + " |";
    }

    private static List<String> all(Pattern pattern, int group) throws IOException {
        return pattern.matcher(Files.readString(PAGE))
                .results()
                .map((MatchResult found) -> found.group(group))
                .toList();
    }

    @Test
    void pageHasEveryKeyWithItsDefaultAndRangeAndNoOther() throws IOException {
        assertThat(all(ROW, 0))
                .containsExactlyElementsOf(
                        Keys.ALL.stream().map(DocumentationTest::row).toList());
    }

    @Test
    void pageNamesNoKeyThatDoesNotExist() throws IOException {
        Set<String> known = new HashSet<>();
        for (Key<?> key : Keys.ALL) {
            known.add(key.path());
            known.add(key.section());
        }
        List<String> named = all(CODE_PATH, 1);
        assertThat(named).hasSizeGreaterThan(Keys.ALL.size());
        assertThat(known).containsAll(named);
    }

    @Test
    void everyYamlBlockOfThePageIsValid() throws Exception {
        List<String> blocks = all(YAML_BLOCK, 1);
        assertThat(blocks).hasSizeGreaterThanOrEqualTo(2);
        for (String block : blocks) {
            String whole = block.startsWith("gateway:")
                    ? block
                    : "gateway: {id: home}\nbroker: {url: 'mqtts://broker.example.org'}\n" + block;
            assertThat(new ConfigReader().read(whole, "block.yaml").sensors()).isNotEmpty();
        }
    }

    private static List<Field> fields() {
        List<Field> fields = new ArrayList<>(List.of(Keys.class.getDeclaredFields()));
        fields.addAll(List.of(PanelKeys.class.getDeclaredFields()));
        fields.addAll(List.of(TroubleKeys.class.getDeclaredFields()));
        fields.addAll(List.of(ViewerKeys.class.getDeclaredFields()));
        fields.addAll(List.of(DiscoveryKeys.class.getDeclaredFields()));
        fields.addAll(List.of(OutputKeys.class.getDeclaredFields()));
        fields.addAll(List.of(NotifyKeys.class.getDeclaredFields()));
        return fields;
    }

    @Test
    void tableListsEveryKeyConstantOnce() throws IllegalAccessException {
        List<Object> constants = new ArrayList<>();
        for (Field field : fields()) {
            if (field.getType() == Key.class && Modifier.isStatic(field.getModifiers())) {
                constants.add(field.get(null));
            }
        }
        assertThat(Keys.ALL).doesNotHaveDuplicates();
        assertThat(new ArrayList<Object>(Keys.ALL)).containsExactlyInAnyOrderElementsOf(constants);
    }
}
