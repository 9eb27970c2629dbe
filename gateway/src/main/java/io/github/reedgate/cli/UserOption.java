package io.github.reedgate.cli;

import io.github.reedgate.command.Right;
import io.github.reedgate.command.User;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What a new user may do, and when; mix it in with {@code @Mixin}. Owned by one command line. */
final class UserOption {

    @Option(
            names = "--rights",
            paramLabel = "RIGHT",
            split = ",",
            description = "What the user may do: arm, disarm, acknowledge (default: all of them).")
    private @Nullable List<String> rights;

    @Option(names = "--from", paramLabel = "TIME", description = "From when on: " + Moments.FORMS + ".")
    private @Nullable String from;

    @Option(names = "--until", paramLabel = "TIME", description = "Until when; as --from.")
    private @Nullable String until;

    /** The user of that name; throws what picocli tells as a wrong command line. */
    User user(String name, Clock clock, CommandSpec spec) {
        if (!name.matches("[a-z0-9_-]{1,32}")) {
            throw wrong(spec, "'" + name + "' is no user's name; allowed: 1 to 32 of a-z, 0-9, _ and -");
        }
        // where a time occurs twice, the right lasts for the shorter time
        Instant begin = from == null ? null : moment("--from", from, new Moments(clock, Moments.Edge.LATER), spec);
        Instant end = until == null ? null : moment("--until", until, new Moments(clock, Moments.Edge.EARLIER), spec);
        if (begin != null && end != null && !begin.isBefore(end)) {
            throw wrong(spec, "--until is not after --from");
        }
        return new User(name, rights(spec), begin, end);
    }

    private Set<Right> rights(CommandSpec spec) {
        if (rights == null) {
            return EnumSet.allOf(Right.class);
        }
        Set<Right> some = EnumSet.noneOf(Right.class);
        for (String word : rights) {
            some.add(Arrays.stream(Right.values())
                    .filter(right -> right.word().equals(word))
                    .findFirst()
                    .orElseThrow(() ->
                            wrong(spec, "--rights: '" + word + "' is no right; allowed: arm, disarm, acknowledge")));
        }
        return some;
    }

    private static Instant moment(String option, String text, Moments moments, CommandSpec spec) {
        return moments.read(text)
                .orElseThrow(() -> wrong(spec, option + ": '" + text + "' is no time; allowed: " + Moments.FORMS));
    }

    private static ParameterException wrong(CommandSpec spec, String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
