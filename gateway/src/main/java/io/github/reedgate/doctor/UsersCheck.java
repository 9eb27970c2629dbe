package io.github.reedgate.doctor;

import io.github.reedgate.users.UsersException;
import io.github.reedgate.users.UsersFile;
import java.nio.file.Path;
import java.util.Optional;

/** Judges who may command the alarm panel: a users file that the gateway can use, and somebody in it. Stateless. */
final class UsersCheck {

    private static final int READ = 4;

    private UsersCheck() {}

    /**
     * Reads the file; keeps nothing of what is in it.
     *
     * @param stateDir the state folder
     * @param service the gateway's user, if known
     */
    static Finding look(Path stateDir, Optional<Account> service) {
        UsersFile file = new UsersFile(stateDir);
        int count;
        try {
            count = file.read().entries().size();
        } catch (UsersException e) {
            return Finding.failed(CheckName.USERS, String.valueOf(e.getMessage()));
        }
        Optional<Ownership> owned = Ownership.of(file.path());
        if (service.isPresent() && owned.isPresent() && !service.get().may(owned.get(), READ)) {
            String user = service.get().name();
            return Finding.fail(
                    CheckName.USERS,
                    file.path() + " may not be read by user " + user + ": every command with a code is refused",
                    "sudo chown " + user + ": " + file.path());
        }
        return count == 0
                ? Finding.warn(
                        CheckName.USERS,
                        "there are no users: every command that needs a code is refused",
                        "sudo reedgate user add NAME")
                : Finding.ok(CheckName.USERS, file.path() + " has " + count + (count == 1 ? " user" : " users"));
    }
}
