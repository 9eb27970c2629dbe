package io.github.reedgate.setup;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.comments.CommentType;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.CommentEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.CollectionNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Finds where the keys and values of a YAML text stand, as offsets in characters. Immutable. Offsets of a text are of no use
 * after that text was edited.
 */
final class YamlPlaces {

    private static final LoadSettings SETTINGS =
            LoadSettings.builder().setUseMarks(true).build();
    private static final LoadSettings COMMENTS =
            LoadSettings.builder().setUseMarks(true).setParseComments(true).build();

    private final String text;
    private final Optional<Node> top;

    private YamlPlaces(String text, Optional<Node> top) {
        this.text = text;
        this.top = top;
    }

    /**
     * Reads a text.
     *
     * @throws SetupException if it is no YAML
     */
    static YamlPlaces of(String text) throws SetupException {
        try {
            Optional<Node> top = new Compose(SETTINGS).composeString(text);
            return new YamlPlaces(text, top.filter(node -> !isNothing(node)));
        } catch (YamlEngineException e) {
            throw new SetupException("the configuration is not valid YAML; sudo reedgate check says where", e);
        }
    }

    /** The node of the whole text; empty if it holds comments at most. */
    Optional<Node> top() {
        return top;
    }

    /** True for a value that is left out: a key with nothing behind its colon. */
    static boolean isNothing(Node node) {
        return node instanceof ScalarNode scalar
                && scalar.getTag().equals(Tag.NULL)
                && scalar.getValue().isEmpty();
    }

    /** True for a mapping with each key on a line of its own. */
    static boolean isBlock(Node node) {
        return node instanceof MappingNode mapping && mapping.getFlowStyle() == FlowStyle.BLOCK;
    }

    /** The key with its value; empty if the mapping does not have the key. */
    static Optional<NodeTuple> entry(MappingNode mapping, String key) {
        return mapping.getValue().stream()
                .filter(tuple -> tuple.getKeyNode() instanceof ScalarNode name
                        && name.getValue().equals(key))
                .findFirst();
    }

    /** The number of spaces before the keys of a mapping. */
    static int indent(MappingNode mapping) {
        return column(mapping.getValue().get(0).getKeyNode());
    }

    /** The number of characters before a node in its line. */
    static int column(Node node) {
        return node.getStartMark().map(Mark::getColumn).orElse(0);
    }

    /** The number of the line with a node, from 1. */
    static int line(Node node) {
        return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
    }

    int start(Node node) {
        return offset(node.getStartMark());
    }

    int end(Node node) {
        return offset(node.getEndMark());
    }

    /** A mark counts code points. */
    private int offset(Optional<Mark> mark) {
        int index = mark.map(Mark::getIndex).orElse(0);
        return text.offsetByCodePoints(0, Math.min(index, text.codePointCount(0, text.length())));
    }

    /**
     * The place behind the colon of a key.
     *
     * @return a negative number if the key has no colon behind it, as in {@code ? key}
     */
    int afterColon(NodeTuple entry) {
        int at = end(entry.getKeyNode());
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
        return at < text.length() && text.charAt(at) == ':' ? at + 1 : -1;
    }

    /** True if the value stands somewhere else, under an anchor. */
    boolean isAlias(NodeTuple entry) {
        return start(entry.getValueNode()) < end(entry.getKeyNode());
    }

    /** True for a value in one of the forms that begin with {@code |} and {@code >}. */
    static boolean isBlockScalar(Node node) {
        return node instanceof ScalarNode scalar
                && (scalar.getScalarStyle() == ScalarStyle.LITERAL || scalar.getScalarStyle() == ScalarStyle.FOLDED);
    }

    /** The place behind the last character of a key's value, deep in it; comments behind it do not count. */
    int contentEnd(NodeTuple entry) {
        return contentEnd(entry.getValueNode(), Math.max(end(entry.getKeyNode()), afterColon(entry)));
    }

    private int contentEnd(Node node, int atLeast) {
        if (start(node) < atLeast) {
            return atLeast;
        }
        if (node instanceof CollectionNode<?> all && all.getFlowStyle() == FlowStyle.BLOCK) {
            if (node instanceof MappingNode mapping && !mapping.getValue().isEmpty()) {
                List<NodeTuple> entries = mapping.getValue();
                return Math.max(atLeast, contentEnd(entries.get(entries.size() - 1)));
            }
            if (node instanceof SequenceNode sequence && !sequence.getValue().isEmpty()) {
                List<Node> items = sequence.getValue();
                return contentEnd(items.get(items.size() - 1), Math.max(atLeast, start(node)));
            }
        }
        int end = end(node);
        while (isBlockScalar(node) && end > atLeast && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        return Math.max(atLeast, end);
    }

    /** The start of the line with a place. */
    int lineStart(int place) {
        int at = place;
        while (at > 0 && !isBreak(text.charAt(at - 1))) {
            at--;
        }
        return at;
    }

    /** The end of the line with a place, before its line break. */
    int lineEnd(int place) {
        int at = place;
        while (at < text.length() && !isBreak(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /** The start of the line after the one with a place; the end of the text if that is the last. */
    int nextLine(int place) {
        int end = lineEnd(place);
        if (end < text.length() - 1 && text.charAt(end) == '\r' && text.charAt(end + 1) == '\n') {
            return end + 2;
        }
        return Math.min(end + 1, text.length());
    }

    private static boolean isBreak(char character) {
        return character == '\n' || character == '\r';
    }

    /** The line break before a place; the first of the text if there is none before it. */
    String lineBreak(int place) {
        int at = place - 1;
        if (at < 0 || !isBreak(text.charAt(at))) {
            at = lineEnd(0);
            return at >= text.length() ? "\n" : text.substring(at, nextLine(at));
        }
        boolean isPair = text.charAt(at) == '\n' && at > 0 && text.charAt(at - 1) == '\r';
        return text.substring(isPair ? at - 1 : at, at + 1);
    }

    /**
     * The start of the line at which lines are added behind an entry. The comments that belong to the entry stay with it: those
     * that are indented like it, and those directly behind it that a blank line ends.
     *
     * @param last the entry
     * @param indent the number of spaces before it
     */
    int behind(NodeTuple last, int indent) {
        int place = nextLine(contentEnd(last));
        boolean isDirect = true;
        for (int at = place; at < text.length(); at = nextLine(at)) {
            String line = text.substring(at, lineEnd(at));
            if (line.isBlank()) {
                isDirect = false;
            } else if (!line.strip().startsWith("#")) {
                return place;
            } else if (indent > 0 && line.length() - line.stripLeading().length() >= indent) {
                place = nextLine(at);
                isDirect = true;
            } else {
                return isDirect ? behindComments(at).orElse(place) : place;
            }
        }
        return place;
    }

    /** The end of comments without a blank line between; empty if what follows directly is no blank line. */
    private Optional<Integer> behindComments(int from) {
        int at = from;
        while (at < text.length()) {
            String line = text.substring(at, lineEnd(at)).strip();
            if (line.isEmpty()) {
                return Optional.of(at);
            }
            if (!line.startsWith("#")) {
                return Optional.empty();
            }
            at = nextLine(at);
        }
        return Optional.of(at);
    }

    /**
     * The comments that begin between two places, in order, each with its {@code #}.
     *
     * @throws SetupException if the text can't be read with its comments
     */
    List<String> comments(int from, int to) throws SetupException {
        List<String> found = new ArrayList<>();
        try {
            for (Event event : new Parse(COMMENTS).parseString(text)) {
                if (event instanceof CommentEvent comment && comment.getCommentType() != CommentType.BLANK_LINE) {
                    int at = offset(comment.getStartMark());
                    if (at >= from && at < to) {
                        found.add(text.substring(at, lineEnd(at)).strip());
                    }
                }
            }
        } catch (YamlEngineException e) {
            throw new SetupException("the comments of the configuration can't be read", e);
        }
        return found;
    }
}
