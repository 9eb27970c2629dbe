package io.github.reedgate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The project's documents as tests read them. Stateless. */
public final class Documents {

    /** The project's top folder, seen from where the tests of this module run. */
    public static final Path TOP = Path.of("..").toAbsolutePath().normalize();

    private static final Set<String> NOT_OURS = Set.of("target", ".git", ".idea", "node_modules");
    private static final Pattern FENCE = Pattern.compile("(?ms)^ *```[^\\n]*\\n(.*?)^ *```");
    private static final Pattern SPAN = Pattern.compile("`([^`\\n]+)`");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.+)$");

    private Documents() {}

    /** All Markdown files, sorted. */
    public static List<Path> markdown() {
        return files(".md");
    }

    /** All files whose name ends so, sorted; nothing that a build made. */
    static List<Path> files(String ending) {
        try (Stream<Path> all = Files.walk(TOP)) {
            return all.filter(path -> path.toString().endsWith(ending))
                    .filter(Files::isRegularFile)
                    .filter(Documents::isOurs)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOurs(Path file) {
        for (Path part : TOP.relativize(file)) {
            if (NOT_OURS.contains(part.toString())) {
                return false;
            }
        }
        return true;
    }

    /** The text of a file. */
    public static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A Markdown text without its code. */
    static String prose(String markdown) {
        return SPAN.matcher(FENCE.matcher(markdown).replaceAll("")).replaceAll("");
    }

    /** Everything in a Markdown text that is set as code: each line of a block, each span in a line. */
    public static List<String> code(String markdown) {
        Stream<String> lines = FENCE.matcher(markdown)
                .results()
                .flatMap(block -> block.group(1).lines());
        Stream<String> spans =
                SPAN.matcher(FENCE.matcher(markdown).replaceAll("")).results().map(span -> span.group(1));
        return Stream.concat(lines, spans).toList();
    }

    /** The anchors of a Markdown text's headings, as GitHub makes them. */
    static Set<String> anchors(String markdown) {
        return HEADING.matcher(FENCE.matcher(markdown).replaceAll(""))
                .results()
                .map(heading -> heading.group(1)
                        .strip()
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }
}
