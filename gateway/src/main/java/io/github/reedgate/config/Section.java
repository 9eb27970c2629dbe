package io.github.reedgate.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * One group of keys of the file being read; reports unknown and repeated keys when made, and bad values when asked for
 * them. Owned by one reading; not for use by several threads.
 */
public final class Section {

    /** The section of the keys whose names are sensor ids. */
    static final String SENSORS = "sensors";

    /** The section of the keys whose names are output ids. */
    static final String OUTPUTS = "outputs";

    /** The section of the keys whose names are ids of notification targets. */
    static final String NOTIFY = "notify";

    /** What stands for an id in {@link Key#path}. */
    static final String ANY_ID = "<id>";

    private static final Set<Tag> PLAIN_TAGS = Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL);

    private final Problems problems;
    private final KeyTable table;
    private final String path;
    private final String pattern;
    private final Mark place;
    private final Map<String, NodeTuple> entries = new LinkedHashMap<>();
    private final Set<String> broken = new HashSet<>();
    private final boolean complete;

    /** The file that is read: where its problems go, and which keys it may have. */
    private record Origin(Problems problems, KeyTable table) {}

    private Section(Origin origin, String path, String pattern, Mark place, Optional<MappingNode> node) {
        this(origin, path, pattern, place, true);
        node.ifPresent(mapping -> mapping.getValue().forEach(this::enter));
    }

    private Section(Origin origin, String path, String pattern, Mark place, boolean complete) {
        this.problems = origin.problems();
        this.table = origin.table();
        this.path = path;
        this.pattern = pattern;
        this.place = place;
        this.complete = complete;
    }

    /** The top of the file; a value or list there is reported. */
    static Section top(Problems problems, KeyTable table, Node node) {
        Mark start = startOf(node);
        Origin origin = new Origin(problems, table);
        if (node instanceof MappingNode mapping) {
            return new Section(origin, "", "", start, Optional.of(mapping));
        }
        String allowed = String.join(", ", table.namesIn(""));
        problems.add(start, "the file " + kindOf(node) + " where keys are expected; allowed: " + allowed);
        return new Section(origin, "", "", start, false);
    }

    /** The section of that name in this one: empty if there is none or, which is reported, something else is there. */
    public Section section(String name) {
        String childPattern = join(pattern, table.idSections().containsKey(pattern) ? ANY_ID : name);
        Origin origin = new Origin(problems, table);
        NodeTuple entry = entries.get(name);
        if (entry == null) {
            return new Section(origin, at(name), childPattern, place, complete);
        }
        Mark start = startOf(entry.getKeyNode());
        if (entry.getValueNode() instanceof MappingNode mapping) {
            return new Section(origin, at(name), childPattern, start, Optional.of(mapping));
        }
        String allowed = table.idSections().getOrDefault(childPattern, names(childPattern));
        boolean isNull = entry.getValueNode().getTag().equals(Tag.NULL);
        String what = isNull ? "has no keys below it" : kindOf(entry.getValueNode()) + " where keys are expected";
        broken.add(name);
        problems.add(start, at(name) + ": " + what + "; allowed: " + allowed);
        return new Section(origin, at(name), childPattern, start, false);
    }

    /** The names in this section in the file's order. */
    public List<String> names() {
        return new ArrayList<>(entries.keySet());
    }

    /** True if the key is in the file, whatever its value. */
    public boolean has(Key<?> key) {
        return entries.containsKey(key.name());
    }

    /** True if the key was asked for and its value was reported as wrong or missing. */
    public boolean isBroken(Key<?> key) {
        return broken.contains(key.name());
    }

    /** False if this section is not one and that was reported; then nothing is missing in it. */
    boolean isComplete() {
        return complete;
    }

    /** The value of a key that has a default: that is returned for a wrong one, which is reported, as well. */
    public <T> T get(Key<T> key) {
        return find(key).or(key::defaultValue).orElseThrow();
    }

    /** The value of a key, or its default; empty if it has none or the value is wrong or missing, which is reported. */
    public <T> Optional<T> find(Key<T> key) {
        NodeTuple entry = entries.get(key.name());
        if (entry == null) {
            if (key.isRequired() && complete) {
                broken.add(key.name());
                problems.add(
                        place,
                        at(key.name()) + ": is missing; allowed: " + key.type().allowed());
            }
            return key.defaultValue();
        }
        Optional<T> value = value(key, entry.getValueNode());
        if (value.isEmpty()) {
            broken.add(key.name());
        }
        return value;
    }

    private <T> Optional<T> value(Key<T> key, Node node) {
        Mark start = startOf(node);
        String prefix = at(key.name()) + ": ";
        String allowed = key.type().allowed();
        if (node.getTag().equals(Tag.NULL)) {
            problems.add(start, prefix + "has no value; allowed: " + allowed);
            return Optional.empty();
        }
        if (!(node instanceof ScalarNode scalar)) {
            problems.add(start, prefix + kindOf(node) + " where one value is expected; allowed: " + allowed);
            return Optional.empty();
        }
        if (node.getTag().equals(Tag.ENV_TAG)) {
            problems.add(start, prefix + "holds ${...}, which nobody replaces here; allowed: " + allowed);
            return Optional.empty();
        }
        if (!PLAIN_TAGS.contains(node.getTag())) {
            String tag = Shown.value(node.getTag().getValue());
            problems.add(start, prefix + "has the YAML tag " + tag + "; allowed: a value without tag");
            return Optional.empty();
        }
        try {
            return Optional.of(key.type().parse(scalar.getValue()));
        } catch (BadValueException e) {
            problems.add(start, prefix + e.sentence(allowed));
            return Optional.empty();
        }
    }

    /** Reports something about the value of a key, or about the whole section if the key is not there. */
    public void report(Key<?> key, String text) {
        NodeTuple entry = entries.get(key.name());
        problems.add(entry == null ? place : startOf(entry.getValueNode()), at(key.name()) + ": " + text);
    }

    /** Reports something about a name in this section. */
    void report(String name, String text) {
        NodeTuple entry = entries.get(name);
        problems.add(entry == null ? place : startOf(entry.getKeyNode()), at(name) + ": " + text);
    }

    /** Reports something about this section. */
    void report(String text) {
        problems.add(place, path + ": " + text);
    }

    private void enter(NodeTuple entry) {
        Mark start = startOf(entry.getKeyNode());
        if (!(entry.getKeyNode() instanceof ScalarNode scalar)) {
            problems.add(start, (path.isEmpty() ? "the file" : path + ":") + " has a key that is not a plain word");
            return;
        }
        String name = scalar.getValue();
        NodeTuple earlier = entries.putIfAbsent(name, entry);
        if (earlier != null) {
            int line = startOf(earlier.getKeyNode()).getLine() + 1;
            problems.add(
                    start, at(name) + ": is given twice, first in line " + line + " of the file; remove one of them");
        } else if (!table.idSections().containsKey(pattern)
                && !table.namesIn(pattern).contains(name)) {
            problems.add(start, at(name) + ": " + unknown(name));
        }
    }

    private String unknown(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.contains("passw") || lower.contains("secret") || lower.equals("pass")) {
            return "secrets do not belong in this file; write the password alone into a file that only the gateway may"
                    + " read and name it with broker.password_file, or set REEDGATE_BROKER_PASSWORD";
        }
        if (name.equals("<<")) {
            return "merge keys are not part of YAML 1.2; write the keys out";
        }
        Optional<String> near = Nearest.of(name, table.namesIn(pattern));
        List<String> elsewhere = table.sectionsOf(name);
        String hint = "";
        if (near.isPresent()) {
            hint = "; did you mean '" + near.get() + "'?";
        } else if (!elsewhere.isEmpty()) {
            hint = "; did you mean '" + join(elsewhere.get(0), name) + "'?";
        }
        return "is not a known key; allowed: " + names(pattern) + hint;
    }

    private String at(String name) {
        return join(path, Shown.value(name));
    }

    private String names(String pattern) {
        return String.join(", ", table.namesIn(pattern));
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static String kindOf(Node node) {
        return switch (node.getNodeType()) {
            case MAPPING -> "holds keys";
            case SEQUENCE -> "is a list";
            default -> node.getTag().equals(Tag.NULL) ? "has no value" : "is one value";
        };
    }

    private static Mark startOf(Node node) {
        return node.getStartMark().orElseThrow();
    }
}
