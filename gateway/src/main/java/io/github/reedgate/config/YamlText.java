package io.github.reedgate.config;

import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlVersionException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.JsonSchema;

/** Turns text into YAML nodes: no objects are made of it, and depth and aliases are limited before anything is built. */
final class YamlText {

    private static final int MAX_DEPTH = 16;
    private static final int MAX_ALIASES = 64;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final Problems problems;
    private final String essentials;
    private final LoadSettings settings;

    /** Reports what is wrong to {@code problems}; {@code essentials} is what a file needs at least. */
    YamlText(Problems problems, String essentials) {
        this.problems = problems;
        this.essentials = essentials;
        this.settings = LoadSettings.builder()
                .setUseMarks(true)
                .setSchema(new PlainSchema())
                .setAllowNonScalarKeys(true)
                .build();
    }

    /** The top node; empty if there is none, which is reported with its reason. */
    Optional<Node> compose(String text) {
        if (!isPrintable(text)) {
            return Optional.empty();
        }
        try {
            if (!isModest(text)) {
                return Optional.empty();
            }
            Optional<Node> top = new Compose(settings).composeString(text);
            if (top.isEmpty() || top.get().getTag().equals(Tag.NULL)) {
                problems.add(1, 1, "the file is empty; " + essentials + " are needed at least");
                return Optional.empty();
            }
            return top;
        } catch (MarkedYamlEngineException e) {
            report(e);
        } catch (YamlVersionException e) {
            problems.add(1, 1, "asks for another version of YAML than 1.2; remove the line with %YAML");
        } catch (RuntimeException e) {
            // the gate: the parser also throws what it does not declare, such as for a tag with a wrong escape
            problems.add(1, 1, "is not valid YAML 1.2");
        }
        return Optional.empty();
    }

    private boolean isPrintable(String text) {
        if (text.indexOf(BYTE_ORDER_MARK) == 0) {
            problems.add(1, 1, "the file starts with a byte order mark; save it as UTF-8 without one");
            return false;
        }
        Place place = new Place();
        for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
            int codePoint = text.codePointAt(i);
            boolean lineStart = codePoint == BYTE_ORDER_MARK;
            if (!StreamReader.isPrintable(codePoint) || lineStart) {
                String shown = String.format("\\u%04x", codePoint);
                problems.add(place.line(), place.column(), "the character " + shown + " is not allowed; remove it");
                return false;
            }
            place.pass(codePoint);
        }
        return true;
    }

    private boolean isModest(String text) {
        int depth = 0;
        int aliases = 0;
        for (Event event : new Parse(settings).parseString(text)) {
            if (event instanceof CollectionStartEvent) {
                depth++;
            } else if (event instanceof CollectionEndEvent) {
                depth--;
            } else if (event instanceof AliasEvent) {
                aliases++;
            }
            if (depth > MAX_DEPTH || aliases > MAX_ALIASES) {
                String what = depth > MAX_DEPTH
                        ? "more than " + MAX_DEPTH + " levels of keys and lists"
                        : "more than " + MAX_ALIASES + " aliases";
                problems.add(event.getStartMark().orElseThrow(), what + ": this is no configuration");
                return false;
            }
        }
        return true;
    }

    private void report(MarkedYamlEngineException e) {
        String problem = e.getProblem() == null ? "" : e.getProblem();
        String context = e.getContext() == null ? "" : e.getContext();
        Optional<Mark> place = e.getProblemMark().or(e::getContextMark);
        Optional<Mark> start = e.getContextMark().or(e::getProblemMark);
        if (context.contains("quoted scalar") && problem.contains("unexpected end of stream")) {
            add(start, "the quote that is opened here is not closed");
        } else if (context.contains("flow") && problem.contains("<stream end>")) {
            add(start, "the bracket that is opened here is not closed");
        } else {
            add(place, sentence(problem));
        }
    }

    private void add(Optional<Mark> place, String sentence) {
        place.ifPresentOrElse(mark -> problems.add(mark, sentence), () -> problems.add(1, 1, sentence));
    }

    private static String sentence(String problem) {
        if (problem.contains("(TAB)") || problem.contains("found tab") || problem.contains("'\\t'")) {
            return "a tab stands where only spaces may; indent with spaces";
        }
        if (problem.contains("undefined alias")) {
            return "a value that starts with * refers to an anchor that does not exist; put it in quotes";
        }
        if (problem.contains("mapping values are not allowed")) {
            return "a colon is not allowed here; put the value in quotes, or mend the indentation of this line";
        }
        if (problem.contains("expected <block end>")) {
            return "this does not fit the indentation of the lines above; indent it like its neighbours";
        }
        if (problem.contains("another document")) {
            return "a second document starts here; remove the line with ---";
        }
        return "is not valid YAML: " + Shown.value(problem);
    }

    /** YAML 1.2's core schema as it is in the standard: without merge keys, which would hide repeated keys. */
    private static final class PlainSchema extends JsonSchema {

        @Override
        public ScalarResolver getScalarResolver() {
            return new CoreScalarResolver(false);
        }
    }
}
