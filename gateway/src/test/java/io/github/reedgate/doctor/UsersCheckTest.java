package io.github.reedgate.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.command.Code;
import io.github.reedgate.command.Right;
import io.github.reedgate.command.User;
import io.github.reedgate.users.Users;
import io.github.reedgate.users.UsersException;
import io.github.reedgate.users.UsersFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One fault of the users file at a time. */
class UsersCheckTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void fileThatTheGatewayCanUse() throws UsersException {
        write();
        assertThat(UsersCheck.look(folder, Optional.of(account(owner()))))
                .isEqualTo(Finding.ok(CheckName.USERS, folder.resolve("users.yaml") + " has 1 user"));
    }

    @Test
    void fileOfSomebodyElse() throws UsersException {
        write();
        Finding finding = UsersCheck.look(folder, Optional.of(account(owner() + 1)));
        assertThat(finding.status()).isEqualTo(Status.FAIL);
        assertThat(finding.fix()).isEqualTo("sudo chown reedgate: " + folder.resolve("users.yaml"));
    }

    @Test
    void fileThatOthersMayRead() throws UsersException, IOException {
        write();
        FakeMachine.mode(folder.resolve("users.yaml"), "rw-r--r--");
        Finding finding = UsersCheck.look(folder, Optional.empty());
        assertThat(finding.status()).isEqualTo(Status.FAIL);
        assertThat(finding.fix()).isEqualTo("run: chmod 600 " + folder.resolve("users.yaml"));
    }

    @Test
    void fileThatIsWrong() throws IOException {
        FakeMachine.mode(Files.writeString(folder.resolve("users.yaml"), "users: 7\n"), "rw-------");
        Finding finding = UsersCheck.look(folder, Optional.empty());
        assertThat(finding.status()).isEqualTo(Status.FAIL);
        assertThat(finding.seen()).contains("users.yaml");
    }

    @Test
    void nobodyYet() {
        Finding finding = UsersCheck.look(folder, Optional.empty());
        assertThat(finding.status()).isEqualTo(Status.WARN);
        assertThat(finding.fix()).isEqualTo("sudo reedgate user add NAME");
    }

    @Test
    void withoutAnAlarmSectionNobodyNeedsUsers() throws IOException {
        FakeMachine machine = new FakeMachine(folder);
        assertThat(machine.examine(EnumSet.of(CheckName.USERS)))
                .filteredOn(finding -> finding.check() == CheckName.USERS)
                .containsExactly(Finding.skipped(CheckName.USERS, "there is no alarm section"));
        machine.more("alarm: {}\n");
        assertThat(machine.examine(EnumSet.of(CheckName.USERS)))
                .filteredOn(finding -> finding.check() == CheckName.USERS)
                .extracting(Finding::status)
                .containsExactly(Status.WARN);
    }

    private void write() throws UsersException {
        User ann = new User("ann", EnumSet.allOf(Right.class), null, null);
        new UsersFile(folder).write(Users.none().with(ann, Code.of("4711").orElseThrow()));
    }

    private long owner() {
        return Ownership.of(folder.resolve("users.yaml")).orElseThrow().uid();
    }

    private static Account account(long uid) {
        return new Account("reedgate", uid, Set.of());
    }
}
