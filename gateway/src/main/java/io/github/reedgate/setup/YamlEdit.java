package io.github.reedgate.setup;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Adds to a configuration and changes single values in it, line by line, so that comments, order and blank lines stay. It knows
 * block style only, which is what {@link Plan} and the documents write; anything else is refused and nothing is changed.
 * Stateless.
 */
public final class YamlEdit {

    private static final int STEP = 2;

    private YamlEdit() {}

    /**
     * Adds an entry at the end of a section of the top level; the section is added if it is missing.
     *
     * @param text the configuration
     * @param section the section's key, such as {@code sensors}
     * @param entry the entry's lines, without the section's indentation; the first may be a comment
     * @return the configuration with it
     * @throws SetupException if the section is not in block style
     */
    public static String add(String text, String section, List<String> entry) throws SetupException {
        List<String> lines = lines(text);
        int head = head(lines, 0, lines.size(), 0, section);
        if (head < 0) {
            if (!lines.isEmpty() && !lines.get(lines.size() - 1).isBlank()) {
                lines.add("");
            }
            lines.add(section + ":");
            entry.forEach(line -> lines.add(" ".repeat(STEP) + line));
            return text(lines);
        }
        requireBlock(lines, head, section);
        int end = end(lines, head, 0);
        int indent = indentOfChildren(lines, head, end);
        List<String> indented =
                entry.stream().map(line -> " ".repeat(indent) + line).toList();
        lines.addAll(end, indented);
        return text(lines);
    }

    /**
     * Sets a single value; the keys above it are added if they are missing.
     *
     * @param path its keys from the top level on, one at least
     * @param value as it is written in YAML
     * @throws SetupException if a section on the way is not in block style
     */
    public static String set(String text, List<String> path, String value) throws SetupException {
        List<String> lines = lines(text);
        int from = 0;
        int to = lines.size();
        int indent = 0;
        for (int level = 0; level < path.size(); level++) {
            boolean isLast = level == path.size() - 1;
            int head = head(lines, from, to, indent, path.get(level));
            if (head < 0) {
                if (level == 0
                        && !lines.isEmpty()
                        && !lines.get(lines.size() - 1).isBlank()) {
                    lines.add("");
                }
                lines.addAll(level == 0 ? lines.size() : lastOf(lines, from, to), made(path, level, indent, value));
                return text(lines);
            }
            if (isLast) {
                lines.set(head, changed(lines.get(head), value));
                return text(lines);
            }
            requireBlock(lines, head, path.get(level));
            from = head + 1;
            to = end(lines, head, indent);
            indent = indentOfChildren(lines, head, to);
        }
        return text(lines);
    }

    /** Takes a key of a section away, if it is there. */
    public static String remove(String text, String section, String key) {
        List<String> lines = lines(text);
        int head = head(lines, 0, lines.size(), 0, section);
        if (head < 0) {
            return text;
        }
        int end = end(lines, head, 0);
        int found = head(lines, head + 1, end, indentOfChildren(lines, head, end), key);
        if (found >= 0) {
            lines.remove(found);
        }
        return text(lines);
    }

    private static List<String> lines(String text) {
        return new ArrayList<>(text.lines().toList());
    }

    private static String text(List<String> lines) {
        return String.join("\n", lines) + "\n";
    }

    /** The line with a key at an indentation; negative if there is none. */
    private static int head(List<String> lines, int from, int to, int indent, String key) {
        Pattern wanted = Pattern.compile(" ".repeat(indent) + "[\"']?" + Pattern.quote(key) + "[\"']?\\s*:(\\s.*)?");
        for (int i = from; i < to; i++) {
            if (wanted.matcher(lines.get(i)).matches()) {
                return i;
            }
        }
        return -1;
    }

    private static void requireBlock(List<String> lines, int head, String key) throws SetupException {
        String rest =
                lines.get(head).substring(lines.get(head).indexOf(':') + 1).strip();
        if (!rest.isEmpty() && !rest.startsWith("#")) {
            throw new SetupException("line " + (head + 1) + " of the configuration has all of '" + key
                    + "' in one line; write what is in it into lines of their own below '" + key
                    + ":', indented by two blanks, then try again");
        }
    }

    /** Behind the last line of a section that is no comment and not blank. */
    private static int end(List<String> lines, int head, int indent) {
        int end = head + 1;
        for (int i = head + 1; i < lines.size(); i++) {
            String line = lines.get(i);
            if (isNothing(line)) {
                continue;
            }
            if (indentOf(line) <= indent) {
                break;
            }
            end = i + 1;
        }
        return end;
    }

    private static int lastOf(List<String> lines, int from, int to) {
        int last = to;
        while (last > from && isNothing(lines.get(last - 1))) {
            last--;
        }
        return last;
    }

    private static int indentOfChildren(List<String> lines, int head, int end) {
        for (int i = head + 1; i < end; i++) {
            if (!isNothing(lines.get(i))) {
                return indentOf(lines.get(i));
            }
        }
        return indentOf(lines.get(head)) + STEP;
    }

    private static List<String> made(List<String> path, int level, int indent, String value) {
        List<String> made = new ArrayList<>();
        for (int i = level; i < path.size(); i++) {
            String key = " ".repeat(indent + (i - level) * STEP) + path.get(i) + ":";
            made.add(i == path.size() - 1 ? key + " " + value : key);
        }
        return made;
    }

    /** The same line with another value; a comment behind it stays. */
    private static String changed(String line, String value) {
        int colon = line.indexOf(':');
        String rest = line.substring(colon + 1);
        Matcher comment = Pattern.compile("^\\s*(?:\"(?:[^\"\\\\]|\\\\.)*\"|'[^']*'|[^#\"']\\S*)?(\\s+#.*)$")
                .matcher(rest);
        return line.substring(0, colon + 1) + " " + value + (comment.matches() ? comment.group(1) : "");
    }

    private static boolean isNothing(String line) {
        return line.isBlank() || line.strip().startsWith("#");
    }

    private static int indentOf(String line) {
        return line.length() - line.stripLeading().length();
    }
}
