package io.github.reedgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.command.Code;
import io.github.reedgate.command.Match;
import io.github.reedgate.command.Right;
import io.github.reedgate.command.Signature;
import io.github.reedgate.command.SigningKey;
import io.github.reedgate.command.User;
import io.github.reedgate.setup.Dialogue;
import io.github.reedgate.users.UsersException;
import io.github.reedgate.users.UsersFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code reedgate user} as it is seen from a shell and by a person. */
final class UserCommandTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T10:00:00Z"), ZoneOffset.ofHours(1));

    @TempDir
    private Path folder = Path.of("");

    private final Deque<String> typed = new ArrayDeque<>();
    private String input = "";
    private String out = "";
    private String err = "";

    /** A person who types what is known beforehand. */
    private final class Person implements Dialogue {

        @Override
        public Optional<String> ask(String question, String suggestion) {
            throw new AssertionError("a code was asked for in the open");
        }

        @Override
        public Optional<String> askSecret(String question) {
            return Optional.ofNullable(typed.poll());
        }

        @Override
        public void say(String line) {
            throw new AssertionError("nothing is to be said");
        }
    }

    /** A file with few rounds, so that each code is hashed in no time. */
    @BeforeEach
    void begin() throws IOException {
        Path file = folder.resolve("users.yaml");
        Files.writeString(file, "hash: pbkdf2-sha512\niterations: 1000\nsalt: MDEyMzQ1Njc4OWFiY2RlZg==\nusers: {}\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private int user(Optional<Dialogue> who, String... arguments) {
        Printed outText = new Printed();
        Printed errText = new Printed();
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--state-dir", folder.toString()));
        UserCommand command =
                new UserCommand(() -> who, new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), CLOCK);
        int code = new CommandLine(command)
                .setOut(Printer.to(outText))
                .setErr(Printer.to(errText))
                .execute(all.toArray(String[]::new));
        out = outText.toString();
        err = errText.toString();
        return code;
    }

    private int typing(List<String> codes, String... arguments) {
        typed.clear();
        typed.addAll(codes);
        return user(Optional.of(new Person()), arguments);
    }

    private Match match(String code) throws UsersException {
        return new UsersFile(folder).read().match(Code.of(code).orElseThrow());
    }

    @Test
    void codeIsTypedTwice() throws UsersException {
        assertThat(typing(List.of("2580", "2580"), "add", "anna")).isEqualTo(ExitCode.OK);
        assertThat(out).isEqualTo("anna is added\n");
        assertThat(match("2580"))
                .isEqualTo(new Match.Known(new User("anna", EnumSet.allOf(Right.class), null, null), false));
    }

    @Test
    void nothingIsChangedIfTheTwoDifferOrNoneIsTyped() throws UsersException {
        assertThat(typing(List.of("2580", "2581"), "add", "anna")).isEqualTo(ExitCode.FAILED);
        assertThat(err).isEqualTo("reedgate: the two codes differ; nothing is changed\n");
        assertThat(typing(List.of("2580"), "add", "anna")).isEqualTo(ExitCode.FAILED);
        assertThat(typing(List.of("12", "12"), "add", "anna")).isEqualTo(ExitCode.FAILED);
        assertThat(err).contains("allowed: 4 to 64");
        assertThat(match("2580")).isEqualTo(new Match.NoUsers());
    }

    @Test
    void withoutATerminalTheCodeComesFromAFileOrStandardInput() throws UsersException, IOException {
        assertThat(user(Optional.empty(), "add", "anna")).isEqualTo(ExitCode.FAILED);
        assertThat(err).contains("--code-from");
        input = "0042\nsecond line\n";
        assertThat(user(Optional.empty(), "add", "anna", "--code-from", "-")).isEqualTo(ExitCode.OK);
        Path file = Files.writeString(folder.resolve("code.txt"), "in a file\n");
        assertThat(user(Optional.empty(), "add", "ben", "--code-from", file.toString()))
                .isEqualTo(ExitCode.OK);
        assertThat(match("0042")).isInstanceOf(Match.Known.class);
        assertThat(match("in a file")).isInstanceOf(Match.Known.class);
        assertThat(user(
                        Optional.empty(),
                        "add",
                        "eve",
                        "--code-from",
                        folder.resolve("none").toString()))
                .isEqualTo(ExitCode.FAILED);
        assertThat(err).contains("the code can't be read");
    }

    @Test
    void rightsAndTimesAreTaken() throws UsersException {
        int exit = typing(
                List.of("2580", "2580"),
                "add",
                "guest",
                "--rights",
                "arm,disarm",
                "--from",
                "2026-12-01",
                "--until",
                "2027-01-01T12:00:00Z");
        assertThat(exit).isEqualTo(ExitCode.OK);
        User guest = new User(
                "guest",
                Set.of(Right.ARM, Right.DISARM),
                Instant.parse("2026-11-30T23:00:00Z"),
                Instant.parse("2027-01-01T12:00:00Z"));
        assertThat(match("2580")).isEqualTo(new Match.Known(guest, false));
        assertThat(user(Optional.empty(), "list")).isEqualTo(ExitCode.OK);
        assertThat(out).isEqualTo("guest            arm,disarm  from 2026-12-01 00:00:00  until 2027-01-01 13:00:00\n");
    }

    @Test
    void wrongArgumentsAreRefused() {
        assertThat(user(Optional.empty(), "add", "Anna")).isEqualTo(ExitCode.USAGE);
        assertThat(user(Optional.empty(), "add", "anna", "--rights", "arm,open"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err).contains("'open' is no right; allowed: arm, disarm, acknowledge");
        assertThat(user(Optional.empty(), "add", "anna", "--from", "soon")).isEqualTo(ExitCode.USAGE);
        assertThat(user(Optional.empty(), "add", "anna", "--from", "2026-12-02", "--until", "2026-12-01"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(user(Optional.empty(), "passwd", "anna", "--duress", "--no-duress"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(user(Optional.empty(), "add", "anna", "--code", "2580")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void codesAreChangedAndUsersRemoved() throws UsersException {
        typing(List.of("2580", "2580"), "add", "anna");
        assertThat(typing(List.of("2581", "2581"), "passwd", "anna", "--duress"))
                .isEqualTo(ExitCode.OK);
        assertThat(match("2581"))
                .isInstanceOfSatisfying(
                        Match.Known.class, known -> assertThat(known.duress()).isTrue());
        user(Optional.empty(), "list");
        assertThat(out).contains("duress code").doesNotContain("258");
        assertThat(typing(List.of("0000", "0000"), "passwd", "anna")).isEqualTo(ExitCode.OK);
        assertThat(match("2580")).isEqualTo(new Match.Nobody());
        assertThat(user(Optional.empty(), "passwd", "anna", "--no-duress")).isEqualTo(ExitCode.OK);
        assertThat(match("2581")).isEqualTo(new Match.Nobody());
        assertThat(user(Optional.empty(), "remove", "anna")).isEqualTo(ExitCode.OK);
        assertThat(user(Optional.empty(), "remove", "anna")).isEqualTo(ExitCode.FAILED);
        assertThat(err).contains("no user 'anna'");
        assertThat(user(Optional.empty(), "list")).isEqualTo(ExitCode.OK);
        assertThat(out).contains("there are no users");
    }

    private Match signed(String hex) throws UsersException {
        return new UsersFile(folder)
                .read()
                .match(new Signature(
                        "anna", "x", SigningKey.of(hex).orElseThrow().sign("x")));
    }

    @Test
    void keyIsShownOnceAndOnlyTheNewestIsTaken() throws UsersException {
        typing(List.of("2580", "2580"), "add", "anna");
        assertThat(user(Optional.empty(), "key", "anna")).isEqualTo(ExitCode.OK);
        String first = out.strip();
        assertThat(signed(first)).isInstanceOf(Match.Known.class);
        assertThat(user(Optional.empty(), "list")).isEqualTo(ExitCode.OK);
        assertThat(out).contains("signing key").doesNotContain(first);
        assertThat(user(Optional.empty(), "key", "anna")).isEqualTo(ExitCode.OK);
        assertThat(signed(first)).isEqualTo(new Match.Nobody());
        String second = out.strip();
        assertThat(signed(second)).isInstanceOf(Match.Known.class);
        assertThat(user(Optional.empty(), "key", "anna", "--remove")).isEqualTo(ExitCode.OK);
        assertThat(signed(second)).isEqualTo(new Match.Nobody());
        assertThat(match("2580")).as("the code stays").isInstanceOf(Match.Known.class);
    }

    @Test
    void keyInAFileIsForItsOwnerAloneAndReplacesNone() throws UsersException, IOException {
        typing(List.of("2580", "2580"), "add", "anna");
        Path file = folder.resolve("anna.key");
        assertThat(user(Optional.empty(), "key", "ben", "--out", file.toString()))
                .isEqualTo(ExitCode.FAILED);
        assertThat(file).doesNotExist();
        assertThat(user(Optional.empty(), "key", "anna", "--out", file.toString()))
                .isEqualTo(ExitCode.OK);
        String key = Files.readString(file).strip();
        assertThat(out).doesNotContain(key);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(user(Optional.empty(), "key", "anna", "--out", file.toString()))
                .isEqualTo(ExitCode.FAILED);
        assertThat(file).hasContent(key);
        assertThat(signed(key)).isInstanceOf(Match.Known.class);
        assertThat(user(Optional.empty(), "key", "anna", "--remove", "--out", "x"))
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void whoIsNotThereIsSaidBeforeACodeIsAskedFor() {
        assertThat(user(Optional.empty(), "passwd", "anna")).isEqualTo(ExitCode.FAILED);
        assertThat(err).contains("no user 'anna'");
    }

    @Test
    void codeOfAnotherIsRefused() {
        typing(List.of("2580", "2580"), "add", "anna");
        assertThat(typing(List.of("2580", "2580"), "add", "ben")).isEqualTo(ExitCode.FAILED);
        assertThat(err).contains("taken").doesNotContain("2580");
    }
}
