package io.github.reedgate.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code reedgate sim}: moves the simulated doors of a running gateway. The short commands are methods of it. */
@Command(
        name = "sim",
        description = "Moves the simulated doors of a gateway started with 'reedgate run --simulate'.",
        mixinStandardHelpOptions = true,
        subcommands = {SimPlayCommand.class, SimStatusCommand.class, SimCheckCommand.class, SimScenariosCommand.class},
        footerHeading = "%nExamples:%n",
        footer = {
            "  reedgate sim open front_door           open a door, bouncing as an ordinary reed",
            "  reedgate sim close front_door worn     close it, bouncing as a worn reed",
            "  reedgate sim bounce front_door emi     interference on its line",
            "  reedgate sim play burglary             play a ready scenario",
            "  reedgate sim status --json             what every line does"
        })
final class SimCommand implements Callable<Integer> {

    private static final String MODELS = "How the contact bounces: clean, reed, worn, loose or emi";
    private static final String NAME = "The sensor's id.";

    @Spec
    private @SuppressWarnings("NullAway.Init") CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    @Command(description = "Opens a door.", mixinStandardHelpOptions = true)
    int open(
            @Mixin SimSocketOption socket,
            @Parameters(paramLabel = "NAME", description = NAME) String name,
            @Parameters(paramLabel = "MODEL", arity = "0..1", description = MODELS + " (default: reed).") @Nullable
                    String model) {
        return ask(socket, "open", name, model);
    }

    @Command(description = "Closes a door.", mixinStandardHelpOptions = true)
    int close(
            @Mixin SimSocketOption socket,
            @Parameters(paramLabel = "NAME", description = NAME) String name,
            @Parameters(paramLabel = "MODEL", arity = "0..1", description = MODELS + " (default: reed).") @Nullable
                    String model) {
        return ask(socket, "close", name, model);
    }

    @Command(description = "Lets a contact twitch and rest where it was.", mixinStandardHelpOptions = true)
    int bounce(
            @Mixin SimSocketOption socket,
            @Parameters(paramLabel = "NAME", description = NAME) String name,
            @Parameters(paramLabel = "MODEL", arity = "0..1", description = MODELS + " (default: emi).") @Nullable
                    String model) {
        return ask(socket, "bounce", name, model);
    }

    @Command(description = "Lets a contact stick: it no longer follows its door.", mixinStandardHelpOptions = true)
    int stick(@Mixin SimSocketOption socket, @Parameters(paramLabel = "NAME", description = NAME) String name) {
        return ask(socket, "stick", name, null);
    }

    @Command(
            description = "Makes a contact intermittent: every few seconds it is interrupted.",
            mixinStandardHelpOptions = true)
    int loosen(@Mixin SimSocketOption socket, @Parameters(paramLabel = "NAME", description = NAME) String name) {
        return ask(socket, "loosen", name, null);
    }

    @Command(
            aliases = "mend",
            description = "Mends a contact that sticks or is intermittent.",
            mixinStandardHelpOptions = true)
    int unstick(@Mixin SimSocketOption socket, @Parameters(paramLabel = "NAME", description = NAME) String name) {
        return ask(socket, "mend", name, null);
    }

    @Command(
            description = "Lets a line change its level without an edge being delivered, or no longer.",
            mixinStandardHelpOptions = true)
    int deaf(
            @Mixin SimSocketOption socket,
            @Parameters(paramLabel = "NAME", description = NAME) String name,
            @Parameters(paramLabel = "on|off", description = "Whether it is deaf.") String state) {
        return ask(socket, "deaf", name, state);
    }

    @Command(
            name = "throw",
            description = "Lets reading a line, or being told of its edges, throw as a driver with a defect does.",
            mixinStandardHelpOptions = true)
    int throwing(
            @Mixin SimSocketOption socket,
            @Parameters(paramLabel = "NAME", description = NAME) String name,
            @Parameters(paramLabel = "WHAT", description = "off, read, read-error, edge or edge-error.") String what) {
        return ask(socket, "throw", name, what);
    }

    @Command(description = "Stops the scenario that is playing.", mixinStandardHelpOptions = true)
    int stop(@Mixin SimSocketOption socket) {
        return socket.talk(client -> socket.tell(client.ask(List.of("stop"))));
    }

    @Command(description = "Starts chance anew: the same seed gives the same bounces.", mixinStandardHelpOptions = true)
    int seed(
            @Mixin SimSocketOption socket,
            @Parameters(paramLabel = "NUMBER", description = "A whole number.") long seed) {
        return socket.talk(client -> socket.tell(client.ask(List.of("seed", Long.toString(seed)))));
    }

    private static int ask(SimSocketOption socket, String verb, String name, @Nullable String more) {
        List<String> words = more == null ? List.of(verb, name) : List.of(verb, name, more);
        return socket.talk(client -> socket.tell(client.ask(words)));
    }
}
