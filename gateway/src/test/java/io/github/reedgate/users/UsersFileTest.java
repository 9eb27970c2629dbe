package io.github.reedgate.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.reedgate.command.Code;
import io.github.reedgate.command.Match;
import io.github.reedgate.command.Right;
import io.github.reedgate.command.User;
import io.github.reedgate.text.Spoilt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsersFileTest {

    private static final User GUEST = new User(
            "guest-2",
            EnumSet.of(Right.ARM, Right.DISARM),
            Instant.parse("2026-12-01T00:00:00Z"),
            Instant.parse("2027-01-01T00:00:00Z"));

    @TempDir
    private Path folder = Path.of("");

    private static Code code(String characters) {
        return Code.of(characters).orElseThrow();
    }

    private UsersFile written() throws UsersException {
        UsersFile file = new UsersFile(folder);
        file.write(Users.none(Hashing.FEWEST)
                .with(GUEST, code("2580"))
                .with(new User("nobody", Set.of(), null, null), code("no rights"))
                .withDuress("guest-2", code("2581")));
        return file;
    }

    private void change(String from, String to) throws IOException {
        Path file = folder.resolve("users.yaml");
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
    }

    @Test
    void whatIsWrittenIsReadAgain() throws UsersException {
        Users read = written().read();
        assertThat(read.entries().stream().map(Entry::user))
                .containsExactly(GUEST, new User("nobody", Set.of(), null, null));
        assertThat(read.match(code("2580"))).isEqualTo(new Match.Known(GUEST, false));
        assertThat(read.match(code("2581"))).isEqualTo(new Match.Known(GUEST, true));
        assertThat(read.hashing().iterations()).isEqualTo(Hashing.FEWEST);
    }

    @Test
    void onlyItsOwnerMayReadTheFileAndNoCodeStandsInIt() throws UsersException, IOException {
        Path file = written().path();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.getOwner(file)).isEqualTo(Files.getOwner(folder));
        assertThat(Files.readString(file))
                .doesNotContain("2580")
                .doesNotContain("2581")
                .doesNotContain("no rights");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void withoutAFileThereIsNobody() throws UsersException {
        assertThat(new UsersFile(folder).read().match(code("2580"))).isEqualTo(new Match.NoUsers());
    }

    @ParameterizedTest
    @CsvSource({"rw-r-----", "rw----r--", "rw--w----", "rwx------", "rw-rw-rw-"})
    void fileThatOthersMayReadOrChangeIsNotRead(String mode) throws UsersException, IOException {
        UsersFile file = written();
        Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString(mode));
        assertThatExceptionOfType(UsersException.class)
                .isThrownBy(file::read)
                .withMessageContaining(mode)
                .withMessageEndingWith("chmod 600 " + file.path());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hash: pbkdf2-sha512 | hash: md5 | hash: is another method",
                "iterations: 1000 | iterations: 1 | iterations: '1' is not allowed; 1000 to 10000000",
                "iterations: 1000 | iterations: 2000000000 | iterations: '2000000000' is not allowed",
                "iterations: 1000 | iterations: many | iterations: is missing or no number",
                "iterations: 1000 | rounds: 1000 | has a key that is not known; allowed: hash, iterations, salt, users",
                "'salt: ' | 'salt: %' | is not valid YAML",
                "'salt: ' | 'salt: AAAA # ' | salt: is 3 bytes long",
                "guest-2: | Guest: | users: has a name that is not allowed",
                "guest-2: | nobody: | is not valid YAML, or has a key twice",
                "duress: | dures: | users.guest-2: has a key that is not known",
                "duress: | 'duress: AAAA # ' | users.guest-2.duress: is no hash",
                "- disarm | - open | users.guest-2.rights: has a word that is no right; allowed: arm, disarm,"
                        + " acknowledge",
                "from: | 'from: tomorrow # ' | users.guest-2.from: is no time",
                "users: | 'users: []' | is not valid YAML",
            })
    void whatIsWrongIsSaid(String from, String to, String message) throws UsersException, IOException {
        UsersFile file = written();
        change(from, to);
        assertThatExceptionOfType(UsersException.class)
                .isThrownBy(file::read)
                .withMessageStartingWith(file.path() + ": ")
                .withMessageContaining(message);
    }

    @Test
    void hugeFilesFoldersAndYamlBombsAreRefused() throws UsersException, IOException {
        UsersFile file = written();
        Files.writeString(file.path(), "#".repeat(64 * 1024 + 1));
        assertThatExceptionOfType(UsersException.class).isThrownBy(file::read).withMessageContaining("longer");
        for (String bomb :
                List.of("[".repeat(60_000), "a: &a [x]\nb: [*a, *a]\n", "!!javax.script.ScriptEngineManager []")) {
            Files.writeString(file.path(), bomb);
            assertThatExceptionOfType(UsersException.class).isThrownBy(file::read);
        }
        Files.delete(file.path());
        Files.createDirectory(file.path());
        assertThatExceptionOfType(UsersException.class).isThrownBy(file::read).withMessageContaining("ordinary file");
    }

    @Test
    void folderThatIsNotThereIsSaid() {
        UsersFile file = new UsersFile(folder.resolve("none"));
        assertThatExceptionOfType(UsersException.class)
                .isThrownBy(() -> file.write(Users.none(Hashing.FEWEST)))
                .withMessageContaining("does not exist");
    }

    @Test
    void leftoverOfAWriteThatWasCutOffIsReplaced() throws UsersException, IOException {
        Files.writeString(folder.resolve("users.yaml.new"), "half a fi");
        assertThat(written().read().entries()).hasSize(2);
    }

    @Test
    void fileThatWindowsSavedIsReadOrRefusedWithTheFix() throws Exception {
        Users users = written().read();
        Path file = folder.resolve("users.yaml");
        String text = Files.readString(file);
        for (byte[] content : List.of(
                ("\uFEFF" + text).getBytes(StandardCharsets.UTF_8),
                ("\uFEFF" + text.replace("\n", "\r\n")).getBytes(StandardCharsets.UTF_16LE),
                ("\uFEFF" + text).getBytes(StandardCharsets.UTF_16BE))) {
            Files.write(file, content);
            assertThat(new UsersFile(folder).read().entries()).isEqualTo(users.entries());
        }
        Files.write(file, text.getBytes(StandardCharsets.UTF_16LE));
        assertThatExceptionOfType(UsersException.class)
                .isThrownBy(() -> new UsersFile(folder).read())
                .withMessage(file + " is UTF-16 without a byte order mark; save it as UTF-8");
        Files.write(file, (text + "# K\u00fcche").getBytes(StandardCharsets.ISO_8859_1));
        assertThatExceptionOfType(UsersException.class)
                .isThrownBy(() -> new UsersFile(folder).read())
                .withMessage(file + " is not UTF-8 text; save it as UTF-8");
    }

    @Test
    void whatTheParserDoesNotDeclareIsAWrongFileToo() throws Exception {
        written();
        Path file = folder.resolve("users.yaml");
        String text = Files.readString(file);
        for (String wrong : List.of("!%20 x", "!<%> x", "null", "[]", "7", "!%E0%80 x\n", "? !%20 x")) {
            for (String content : List.of(wrong, text + wrong, "users: " + wrong)) {
                Files.writeString(file, content);
                assertThatExceptionOfType(UsersException.class)
                        .as(content)
                        .isThrownBy(() -> new UsersFile(folder).read());
            }
        }
    }

    @Test
    void characterOutsideTheFirstPlaneIsReadWhereverItStands() throws Exception {
        Users users = written().read();
        Path file = folder.resolve("users.yaml");
        String text = Files.readString(file);
        for (int before : new int[] {1_023, 1_024, 1_025, 2_048, 2_049, 2_050, 3_074}) {
            int comment = before - text.length() - 1;
            Files.writeString(file, text + (comment < 0 ? "" : "#" + "x".repeat(comment)) + "# \uD83D\uDEAA\n");
            assertThat(new UsersFile(folder).read().entries()).isEqualTo(users.entries());
        }
        for (int before : new int[] {1_022, 1_023, 1_024, 1_025, 1_026, 2_048, 2_049, 2_050, 3_073, 3_074, 3_075}) {
            Files.writeString(file, "#" + "x".repeat(before - 1) + "\uD83D\uDEAA\n" + text);
            assertThat(new UsersFile(folder).read().entries())
                    .as("at %s", before)
                    .isEqualTo(users.entries());
        }
    }

    @Test
    void spoiltFileIsReadOrRefusedAndNothingElse() throws Exception {
        written();
        Spoilt.each(List.of(Files.readString(folder.resolve("users.yaml"))), text -> {
            try {
                UsersYaml.read(text);
            } catch (IllegalArgumentException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        });
    }
}
