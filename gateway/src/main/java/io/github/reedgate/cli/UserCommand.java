package io.github.reedgate.cli;

import io.github.reedgate.command.Code;
import io.github.reedgate.command.Right;
import io.github.reedgate.command.SigningKey;
import io.github.reedgate.command.User;
import io.github.reedgate.file.FileReason;
import io.github.reedgate.setup.Dialogue;
import io.github.reedgate.users.Entry;
import io.github.reedgate.users.Users;
import io.github.reedgate.users.UsersException;
import io.github.reedgate.users.UsersFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code reedgate user}: who may arm and disarm from elsewhere. The commands are methods of it. Owned by one command line. */
@Command(
        name = "user",
        description = {
            "Says who may command the gateway by MQTT, and with which codes. The codes are hashed and kept in"
                    + " users.yaml in the gateway's state folder. A change needs no restart.",
            "Run it as root or as the gateway's user."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  sudo reedgate user add anna                     asks for anna's code",
            "  sudo reedgate user add cleaner --rights arm,disarm --from 2026-12-01 --until 2027-01-01",
            "  sudo reedgate user passwd anna                  another code",
            "  sudo reedgate user passwd anna --duress         the code for when anna is forced to disarm",
            "  sudo reedgate user key anna --out anna.key      a key with which anna's sender signs commands",
            "  sudo reedgate user list",
            "  sudo reedgate user remove cleaner"
        })
final class UserCommand implements Callable<Integer> {

    private static final int LIST_INDENT = 17;
    private static final String NAME = "The user's name: 1 to 32 of a-z, 0-9, _ and -.";

    @Spec
    private @SuppressWarnings("NullAway.Init") CommandSpec spec;

    private final Supplier<Optional<Dialogue>> person;
    private final InputStream input;
    private final Clock clock;

    /** The command at this process's terminal. */
    UserCommand() {
        this(ConsoleDialogue::ofThisProcess, System.in, Clock.system(ZoneId.systemDefault()));
    }

    /** The command with a person, an input and a time of a test's choice. */
    UserCommand(Supplier<Optional<Dialogue>> person, InputStream input, Clock clock) {
        this.person = person;
        this.input = input;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        throw wrong("a command is missing");
    }

    /** What is done with the users. */
    private interface Work {

        /** Gives the users as they are to be from now on; the same if nothing changes. */
        Users on(Users users) throws UsersException, CodeOption.NoCode, IOException;
    }

    @Command(description = "Adds a user.", mixinStandardHelpOptions = true)
    int add(
            @Mixin StoreOption store,
            @Mixin CodeOption code,
            @Parameters(paramLabel = "NAME", description = NAME) String name,
            @Mixin UserOption limits) {
        User user = limits.user(name, clock, spec);
        return change(store, name + " is added", users -> users.with(user, code.read(person, input)));
    }

    @Command(description = "Changes a user's code.", mixinStandardHelpOptions = true)
    int passwd(
            @Mixin StoreOption store,
            @Mixin CodeOption code,
            @Parameters(paramLabel = "NAME", description = "The user's name.") String name,
            @Option(
                            names = "--duress",
                            description = "Not the usual code but that for when the user is forced: it does what it is"
                                    + " sent for, and a silent event tells that the user was forced.")
                    boolean duress,
            @Option(names = "--no-duress", description = "Takes the duress code away.") boolean noDuress) {
        if (duress && noDuress) {
            throw wrong("--duress and --no-duress do not go together");
        }
        return change(store, "the code of " + name + " is changed", users -> {
            users.require(name);
            if (noDuress) {
                return users.withoutDuress(name);
            }
            Code fresh = code.read(person, input);
            return duress ? users.withDuress(name, fresh) : users.withCode(name, fresh);
        });
    }

    @Command(
            description = {
                "Draws a key with which a sender of the user's signs commands, for brokers that are not trusted with"
                        + " codes: see 'reedgate sign'. It is shown once. The former one is no longer valid.",
                "It can't be hashed: whoever can read users.yaml has it."
            },
            mixinStandardHelpOptions = true)
    int key(
            @Mixin StoreOption store,
            @Mixin KeyOption option,
            @Parameters(paramLabel = "NAME", description = "The user's name.") String name) {
        if (option.isWrong()) {
            throw wrong("--remove and --out do not go together");
        }
        if (option.removes()) {
            return change(store, "the key of " + name + " is removed", users -> users.withKey(name, null));
        }
        SigningKey key = option.draw();
        int code = change(store, "", users -> {
            users.require(name);
            option.write(key);
            return users.withKey(name, key);
        });
        option.end(code == ExitCode.OK, key, spec);
        return code;
    }

    @Command(description = "Removes a user.", mixinStandardHelpOptions = true)
    int remove(
            @Mixin StoreOption store, @Parameters(paramLabel = "NAME", description = "The user's name.") String name) {
        return change(store, name + " is removed", users -> users.without(name));
    }

    @Command(description = "Lists the users, without their codes.", mixinStandardHelpOptions = true)
    int list(@Mixin StoreOption store) {
        return change(store, "", users -> {
            PrintWriter out = spec.commandLine().getOut();
            if (users.entries().isEmpty()) {
                Folded.print(out, "there are no users: every command that needs a code is refused", 2);
            }
            users.entries().forEach(entry -> Folded.print(out, line(entry, clock.getZone()), LIST_INDENT));
            return users;
        });
    }

    private static String line(Entry entry, ZoneId zone) {
        User user = entry.user();
        String rights = Arrays.stream(Right.values())
                .filter(user.rights()::contains)
                .map(Right::word)
                .collect(Collectors.joining(","));
        return String.format(
                Locale.ROOT,
                "%-16s %s%s%s%s%s",
                user.name(),
                rights.isEmpty() ? "nothing" : rights,
                user.from() == null ? "" : "  from " + ReaderTime.text(user.from(), zone),
                user.until() == null ? "" : "  until " + ReaderTime.text(user.until(), zone),
                entry.duress() == null ? "" : "  duress code",
                entry.key() == null ? "" : "  signing key");
    }

    private int change(StoreOption store, String done, Work work) {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try {
            Optional<Path> folder = store.folder(err);
            if (folder.isEmpty()) {
                return store.failure();
            }
            UsersFile file = new UsersFile(folder.get());
            Users before = file.read();
            Users after = work.on(before);
            if (after != before) {
                file.write(after);
                if (!done.isEmpty()) {
                    Folded.print(out, done, 2);
                }
            }
            return ExitCode.OK;
        } catch (IOException e) {
            err.println("reedgate: the key can't be written: " + FileReason.of(e));
            return ExitCode.FAILED;
        } catch (UsersException | CodeOption.NoCode e) {
            err.println("reedgate: " + e.getMessage());
            return ExitCode.FAILED;
        } finally {
            out.flush();
            err.flush();
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
