package io.github.reedgate.setup;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Adds entries to a YAML configuration and changes single values in it. All other characters stay: comments, order, blank lines
 * and line breaks. Each edit is read back. If the result does not mean exactly what was wanted, or the text can't be edited line
 * by line, the edit is refused with a sentence that says what to write by hand. Stateless.
 */
public final class YamlEdit {

    private static final int STEP = 2;

    private final String text;
    private final YamlPlaces places;
    private final String byHand;

    private YamlEdit(String text, String byHand) throws SetupException {
        this.text = text;
        this.places = YamlPlaces.of(text);
        this.byHand = byHand;
    }

    /**
     * Adds an entry at the end of a section of the top level; the section is added if it is missing.
     *
     * @param text the configuration
     * @param section the section's key, such as {@code sensors}
     * @param entry the entry's lines, without the section's indentation; the first may be a comment
     * @return the configuration with it
     * @throws SetupException if the section can't be edited, or has such an entry already
     */
    public static String add(String text, String section, List<String> entry) throws SetupException {
        Map<String, @Nullable Object> added = YamlValues.map(YamlValues.read(String.join("\n", entry)));
        String key = String.valueOf(added.keySet().iterator().next());
        YamlEdit edit =
                new YamlEdit(text, "add this to the section '" + section + "' by hand: " + YamlValues.oneLine(added));
        Map<String, @Nullable Object> wanted = YamlValues.map(YamlValues.read(text));
        Map<String, @Nullable Object> content = YamlValues.map(wanted.get(section));
        if (content.containsKey(key)) {
            throw new SetupException(
                    "the section '" + section + "' of the configuration has '" + key + "' already; choose another id");
        }
        content.putAll(added);
        wanted.put(section, content);
        return edit.checked(edit.insert(List.of(section), entry), wanted);
    }

    /**
     * Sets a single value; the keys above it are added if they are missing.
     *
     * @param path its keys from the top level on, one at least
     * @param value as it is written in YAML, in one line
     * @return the configuration with it; the same text if it has that value already
     * @throws SetupException if a section on the way, or the present value, can't be edited
     */
    public static String set(String text, List<String> path, String value) throws SetupException {
        @Nullable Object meant = YamlValues.read(value);
        YamlEdit edit = new YamlEdit(text, "set this by hand: " + String.join(".", path) + ": " + value);
        Map<String, @Nullable Object> wanted = YamlValues.map(YamlValues.read(text));
        Map<String, @Nullable Object> section = wanted;
        for (String key : path.subList(0, path.size() - 1)) {
            Map<String, @Nullable Object> next = YamlValues.map(section.get(key));
            section.put(key, next);
            section = next;
        }
        String last = path.get(path.size() - 1);
        if (section.containsKey(last) && Objects.equals(section.get(last), meant)) {
            return text;
        }
        section.put(last, meant);
        return edit.checked(edit.put(path, value), wanted);
    }

    /**
     * Removes a key with its value from a section. The comments on its lines stay, on lines of their own.
     *
     * @return the configuration without it; the same text if it does not have the key
     * @throws SetupException if it can't be removed
     */
    public static String remove(String text, String section, String key) throws SetupException {
        YamlEdit edit = new YamlEdit(text, "remove this by hand: " + section + "." + key);
        Map<String, @Nullable Object> wanted = YamlValues.map(YamlValues.read(text));
        Map<String, @Nullable Object> content = YamlValues.map(wanted.get(section));
        if (!content.containsKey(key)) {
            return text;
        }
        content.remove(key);
        wanted.put(section, content);
        return edit.checked(edit.cut(section, key), wanted);
    }

    /**
     * The keys of a section, in order; empty if the section is missing or has none.
     *
     * @throws SetupException if the text is no YAML
     */
    public static List<String> keys(String text, String section) throws SetupException {
        return List.copyOf(YamlValues.map(YamlValues.map(YamlValues.read(text)).get(section))
                .keySet());
    }

    /** Writes a text so that YAML reads it as it is: plain if that is safe, else in quotes. */
    public static String quoted(String word) {
        return PlanText.quoted(word);
    }

    private String put(List<String> path, String value) throws SetupException {
        Node section = places.top().orElse(null);
        for (int level = 0; level < path.size(); level++) {
            Optional<NodeTuple> entry = section instanceof MappingNode mapping
                    ? YamlPlaces.entry(mapping, path.get(level))
                    : Optional.empty();
            if (entry.isEmpty()) {
                List<String> made = new ArrayList<>();
                for (int i = level; i < path.size(); i++) {
                    String key = " ".repeat((i - level) * STEP) + path.get(i) + ":";
                    made.add(i == path.size() - 1 ? key + " " + value : key);
                }
                return insert(path.subList(0, level), made);
            }
            if (level == path.size() - 1) {
                return replaced(entry.get(), value);
            }
            section = entry.get().getValueNode();
        }
        throw new IllegalArgumentException("a path without keys");
    }

    private String replaced(NodeTuple entry, String value) throws SetupException {
        Node present = single(entry);
        if (YamlPlaces.isNothing(present)) {
            int at = places.afterColon(entry);
            return text.substring(0, at) + " " + value + text.substring(at);
        }
        return text.substring(0, places.start(present)) + value + text.substring(places.end(present));
    }

    /** The value of an entry, if that is one word or text in quotes. */
    private Node single(NodeTuple entry) throws SetupException {
        Node value = entry.getValueNode();
        if (!(value instanceof ScalarNode) || YamlPlaces.isBlockScalar(value)) {
            throw refused(entry, "is no single value in one line");
        }
        if (places.isAlias(entry) || value.getAnchor().isPresent()) {
            throw refused(entry, "is shared with another key by & and *");
        }
        if (places.afterColon(entry) < 0) {
            throw refused(entry, "is written with ? before it");
        }
        return value;
    }

    /** Adds lines at the end of a section, which is the whole text if the path is empty. */
    private String insert(List<String> path, List<String> added) throws SetupException {
        Optional<Node> section = places.top();
        Optional<NodeTuple> head = Optional.empty();
        for (String key : path) {
            requireBlock(head, section);
            head = section.flatMap(node -> YamlPlaces.entry((MappingNode) node, key));
            if (head.isEmpty()) {
                List<String> lines = new ArrayList<>(List.of(key + ":"));
                added.forEach(line -> lines.add(" ".repeat(STEP) + line));
                return insert(List.of(), lines);
            }
            section = head.map(NodeTuple::getValueNode).filter(node -> !YamlPlaces.isNothing(node));
            if (places.isAlias(head.get())) {
                throw refused(head.get(), "is shared with another key by & and *");
            }
        }
        requireBlock(head, section);
        if (head.isEmpty()) {
            return atEnd(
                    section.map(node -> YamlPlaces.indent((MappingNode) node)).orElse(0), added);
        }
        int indent = section.isPresent()
                ? YamlPlaces.indent((MappingNode) section.get())
                : YamlPlaces.column(head.get().getKeyNode()) + STEP;
        NodeTuple last = head.get();
        if (section.isPresent()) {
            List<NodeTuple> entries = ((MappingNode) section.get()).getValue();
            last = entries.get(entries.size() - 1);
        }
        return spliced(places.behind(last, indent), indent, added);
    }

    private void requireBlock(Optional<NodeTuple> head, Optional<Node> section) throws SetupException {
        if (section.isPresent() && !YamlPlaces.isBlock(section.get())) {
            if (head.isEmpty()) {
                throw new SetupException("the configuration is written in braces and stays as it is; " + byHand);
            }
            throw refused(head.get(), "is not written with each of its keys on a line of its own");
        }
    }

    private SetupException refused(NodeTuple entry, String why) {
        String key = entry.getKeyNode() instanceof ScalarNode name ? name.getValue() : "?";
        return new SetupException("'" + key + "' in line " + YamlPlaces.line(entry.getKeyNode())
                + " of the configuration " + why + " and stays as it is; " + byHand);
    }

    /** Adds a section behind all others, after a blank line. */
    private String atEnd(int indent, List<String> added) {
        int end = text.length();
        if (text.endsWith("\n") || text.endsWith("\r")) {
            end -= text.endsWith("\r\n") ? 2 : 1;
        }
        List<String> lines = new ArrayList<>(added);
        if (!text.substring(places.lineStart(end), end).isBlank()) {
            lines.add(0, "");
        }
        return spliced(text.length(), indent, lines);
    }

    private String spliced(int at, int indent, List<String> added) {
        String lineBreak = places.lineBreak(at);
        boolean isAfterBreak = at == 0 || text.charAt(at - 1) == '\n' || text.charAt(at - 1) == '\r';
        StringBuilder edited = new StringBuilder(text.substring(0, at));
        if (!isAfterBreak) {
            edited.append(lineBreak);
        }
        for (String line : added) {
            edited.append(line.isEmpty() ? "" : " ".repeat(indent) + line).append(lineBreak);
        }
        return edited.append(text.substring(at)).toString();
    }

    private String cut(String section, String key) throws SetupException {
        Optional<NodeTuple> head = places.top()
                .flatMap(top -> top instanceof MappingNode all ? YamlPlaces.entry(all, section) : Optional.empty());
        Optional<Node> content = head.map(NodeTuple::getValueNode);
        requireBlock(head, content);
        NodeTuple entry = content.flatMap(node -> YamlPlaces.entry((MappingNode) node, key))
                .orElseThrow();
        int from = places.lineStart(places.start(entry.getKeyNode()));
        int to = places.lineEnd(places.contentEnd(entry));
        String lineBreak = places.lineBreak(from);
        String indent = " ".repeat(YamlPlaces.column(entry.getKeyNode()));
        StringBuilder kept = new StringBuilder();
        for (String comment : places.comments(from, to)) {
            kept.append(indent).append(comment).append(lineBreak);
        }
        return text.substring(0, from) + kept + text.substring(places.nextLine(to));
    }

    /** Reads what was made. */
    private String checked(String edited, Map<String, @Nullable Object> wanted) throws SetupException {
        try {
            if (Objects.equals(YamlValues.read(edited), wanted)) {
                return edited;
            }
        } catch (SetupException e) {
            throw new SetupException("the configuration can't be edited line by line and stays as it is; " + byHand, e);
        }
        throw new SetupException("the configuration can't be edited line by line and stays as it is; " + byHand);
    }
}
