package io.github.reedgate.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Judges the state folder and the disk it is on. Stateless. */
final class DiskCheck {

    /** Less than this and SQLite may fail at once, in bytes. */
    private static final long NEEDED_BYTES = 16L << 20;

    private static final long NEEDED_INODES = 100;
    private static final int WRITE_AND_ENTER = 3;
    private static final int OTHERS_WRITE = 2;
    private static final Set<String> VOLATILE = Set.of("tmpfs", "ramfs");

    private DiskCheck() {}

    /**
     * What is known of it.
     *
     * @param folder the state folder
     * @param isFolder whether there is one
     * @param owned whose it is
     * @param mount where it is
     * @param isWritable whether who runs this may write it
     * @param service the gateway's user, if known
     * @param freeBytes room on the disk
     * @param freeInodes how many more files it takes; empty if it does not tell or has no limit
     * @param storeBytes how large the store may become
     */
    record Facts(
            Path folder,
            boolean isFolder,
            Optional<Ownership> owned,
            Optional<Mounts.Mount> mount,
            boolean isWritable,
            Optional<Account> service,
            OptionalLong freeBytes,
            OptionalLong freeInodes,
            long storeBytes) {

        /** Looks at the folder. */
        static Facts read(Path folder, long storeBytes, Optional<Account> service, Surroundings here) {
            return new Facts(
                    folder,
                    Files.isDirectory(folder),
                    Ownership.of(folder),
                    Mounts.read(here.root()).of(folder),
                    Files.isWritable(folder),
                    service,
                    free(folder),
                    inodes(folder, here.programs()),
                    storeBytes);
        }

        private static OptionalLong free(Path folder) {
            try {
                return OptionalLong.of(Files.getFileStore(folder).getUsableSpace());
            } catch (IOException e) {
                return OptionalLong.empty();
            }
        }

        /** Total and free ones; a file system without a fixed number says 0 for both. */
        private static OptionalLong inodes(Path folder, Programs programs) {
            String[] numbers = programs.output(List.of("stat", "-f", "-c", "%c %d", folder.toString()))
                    .orElse("0 0")
                    .strip()
                    .split(" ", -1);
            return numbers.length == 2 && numbers[0].matches("[1-9][0-9]{0,17}") && numbers[1].matches("[0-9]{1,18}")
                    ? OptionalLong.of(Long.parseLong(numbers[1]))
                    : OptionalLong.empty();
        }
    }

    static Finding judge(Facts facts) {
        String folder = "state_dir " + facts.folder();
        String user = facts.service().map(Account::name).orElse("reedgate");
        if (!facts.isFolder() && facts.owned().isEmpty()) {
            return Finding.fail(
                    CheckName.DISK,
                    folder + " does not exist, or may not be looked at",
                    "make it for the gateway's user: sudo install -d -m 700 -o " + user + " -g " + user + " "
                            + facts.folder() + ", or call this as root");
        }
        if (!facts.isFolder()) {
            return Finding.fail(
                    CheckName.DISK,
                    folder + " is not a folder",
                    "name another one with state_dir in the configuration");
        }
        if (facts.mount().filter(mount -> mount.options().contains("ro")).isPresent()) {
            String point = facts.mount().get().point().toString();
            return Finding.fail(
                    CheckName.DISK,
                    folder + " is on " + point + ", which is mounted read-only",
                    "see dmesg for errors of the disk, then: sudo mount -o remount,rw " + point
                            + "; with an overlay file system, name a state_dir on another disk");
        }
        if (!mayWrite(facts)) {
            return Finding.fail(
                    CheckName.DISK,
                    folder + " may not be written by user " + user,
                    "give it to that user: sudo chown -R " + user + ": " + facts.folder() + " && sudo chmod 700 "
                            + facts.folder());
        }
        Finding room = judgeRoom(facts, folder);
        return room.status() == Status.OK ? judgeMode(facts, folder).orElse(room) : room;
    }

    private static Optional<Finding> judgeMode(Facts facts, String folder) {
        return facts.owned()
                .filter(owned -> (owned.mode() & OTHERS_WRITE) != 0)
                .map(owned -> Finding.warn(
                        CheckName.DISK,
                        folder + " may be written by everybody: others can exchange what the gateway has stored",
                        "sudo chmod 700 " + facts.folder()));
    }

    private static boolean mayWrite(Facts facts) {
        if (facts.service().isPresent() && facts.owned().isPresent()) {
            return facts.service().get().may(facts.owned().get(), WRITE_AND_ENTER);
        }
        return facts.isWritable();
    }

    private static Finding judgeRoom(Facts facts, String folder) {
        long free = facts.freeBytes().orElse(Long.MAX_VALUE);
        String room = "what takes the room shows: sudo du -xh --max-depth=2 / | sort -h | tail";
        if (free < NEEDED_BYTES) {
            return Finding.fail(CheckName.DISK, folder + ": only " + mebibytes(free) + " are free", room);
        }
        if (facts.freeInodes().orElse(Long.MAX_VALUE) < NEEDED_INODES) {
            return Finding.fail(
                    CheckName.DISK,
                    folder + ": the disk takes only " + facts.freeInodes().orElse(0) + " more files (inodes)",
                    "remove files; which folders have most shows: sudo du -x --inodes / | sort -n | tail");
        }
        String type = facts.mount().map(Mounts.Mount::type).orElse("");
        if (VOLATILE.contains(type)) {
            return Finding.warn(
                    CheckName.DISK,
                    folder + " is in memory (" + type + "): nothing in it outlives a restart of the machine",
                    "name a state_dir on a disk in the configuration");
        }
        if (free < facts.storeBytes()) {
            return Finding.warn(
                    CheckName.DISK,
                    folder + ": " + mebibytes(free) + " are free, but the store may grow to "
                            + mebibytes(facts.storeBytes()),
                    room + "; or lower store.max_bytes");
        }
        String known = facts.freeBytes().isPresent() ? ", " + mebibytes(free) + " free" : "";
        return Finding.ok(CheckName.DISK, facts.folder() + (type.isEmpty() ? "" : " on " + type) + known);
    }

    private static String mebibytes(long bytes) {
        return String.format(Locale.ROOT, "%d MiB", bytes >> 20);
    }
}
