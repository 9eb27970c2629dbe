package io.github.reedgate.cli;

import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The options of a command that prints events: which of them, how many, and in which form; mix it in with {@code @Mixin}. Owned
 * by one command line. Each method throws {@link ParameterException} if what was given can't be meant.
 */
public final class EventsOption {

    private static final int USUAL = 50;
    private static final int MOST = 1_000_000;
    private static final int SHOWN = 60;

    /** How events are printed. */
    public enum Format {
        /** For people. */
        TABLE,
        /** A JSON object a line. */
        JSONL,
        /** Comma-separated values, RFC 4180. */
        CSV
    }

    /**
     * A span of time.
     *
     * @param from its first moment; empty for no bound
     * @param to the moment behind its last one; empty for no bound
     */
    public record Span(Optional<Instant> from, Optional<Instant> to) {}

    @Spec(Spec.Target.MIXEE)
    private @SuppressWarnings("NullAway.Init") CommandSpec spec;

    @Option(names = "--since", paramLabel = "MOMENT", description = "Only events at this moment or later.")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "MOMENT", description = "Only events before this moment.")
    private @Nullable String until;

    @Option(
            names = {"-s", "--sensor"},
            paramLabel = "ID",
            split = ",",
            description = "Only events of this sensor; may be given more than once.")
    private List<String> sensors = List.of();

    @Option(
            names = {"-t", "--type"},
            paramLabel = "TYPE",
            split = ",",
            description = "Only events of this type, such as opened; may be given more than once.")
    private List<String> types = List.of();

    @Option(
            names = {"-n", "--last"},
            paramLabel = "N",
            description = "Only the newest N events (default: 50 without --since, else all).")
    private @Nullable Integer last;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "table (default), jsonl (a JSON object a line) or csv (RFC 4180).")
    private @Nullable Format format;

    @Option(names = "--json", description = "The same as --format jsonl.")
    private boolean json;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with the events that come, until it is stopped.")
    private boolean follow;

    /** Whether to go on with what comes. */
    public boolean follows() {
        return follow;
    }

    /** Ids of the sensors that are wanted; empty for all. */
    public Set<String> sensors() {
        return new HashSet<>(sensors);
    }

    /** Words of the types that are wanted, in the order given; empty for all. */
    public List<String> types() {
        return List.copyOf(types);
    }

    /**
     * The span of time that is wanted.
     *
     * @param clock what "yesterday" is meant by
     */
    public Span span(Clock clock) {
        if (follow && until != null) {
            throw wrong("--follow and --until exclude each other: what comes is later than any end");
        }
        Optional<Instant> from = moment("--since", since, new Moments(clock, Moments.Edge.EARLIER));
        Optional<Instant> to = moment("--until", until, new Moments(clock, Moments.Edge.LATER));
        if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
            throw wrong("--since " + from.get() + " is not before --until " + to.get() + ": no event can fit both");
        }
        return new Span(from, to);
    }

    private Optional<Instant> moment(String option, @Nullable String text, Moments moments) {
        if (text == null) {
            return Optional.empty();
        }
        Optional<Instant> moment = moments.read(text);
        if (moment.isEmpty()) {
            throw wrong(option + " '" + SafeText.line(text, SHOWN) + "' is no moment; write it as one of: "
                    + Moments.FORMS);
        }
        return moment;
    }

    /** How many of the newest events are wanted; empty for all. */
    public OptionalInt count() {
        Integer given = last;
        if (given == null) {
            return since == null ? OptionalInt.of(USUAL) : OptionalInt.empty();
        }
        if (given < (follow ? 0 : 1) || given > MOST) {
            throw wrong("--last is " + given + "; 1 to " + MOST + " is allowed, and 0 with --follow");
        }
        return OptionalInt.of(given);
    }

    /** The form that is wanted. */
    public Format format() {
        if (json && format != null && format != Format.JSONL) {
            throw wrong("--json and --format " + format.name().toLowerCase(Locale.ROOT)
                    + " exclude each other; --json is --format jsonl");
        }
        if (json) {
            return Format.JSONL;
        }
        return format == null ? Format.TABLE : format;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
