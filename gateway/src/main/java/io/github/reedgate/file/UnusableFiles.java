package io.github.reedgate.file;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Finds what the owner of a folder can't read in it, or can't write though it is the gateway's: files that a program run as
 * root has left, or a copy made by root. Blocks on the disk; stateless.
 */
public final class UnusableFiles {

    private static final int MOST = 1_000;
    private static final int READ = 4;
    private static final int READ_AND_WRITE = 6;
    private static final List<String> OURS = List.of(
            "lock",
            "start.properties",
            "reedgate.db",
            "reedgate.db-wal",
            "reedgate.db-shm",
            "reedgate.db-journal",
            "panel.json",
            "users.yaml");

    private UnusableFiles() {}

    /** Those of a folder, in order; empty if it can't be listed. */
    public static List<Path> in(Path folder) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            Map<String, Object> owner = Files.readAttributes(folder, "unix:uid,gid");
            int looked = 0;
            for (Path file : files) {
                if (++looked > MOST) {
                    break;
                }
                if (!isUsable(file, owner)) {
                    found.add(file);
                }
            }
        } catch (IOException
                | DirectoryIteratorException
                | UnsupportedOperationException
                | IllegalArgumentException e) {
            return List.of();
        }
        found.sort(null);
        return found;
    }

    /** What gives all of it to the folder's owner, as a sentence's end. */
    public static String fix(Path folder) {
        String owner;
        try {
            owner = Owner.name(folder);
        } catch (IOException | UnsupportedOperationException e) {
            owner = "USER";
        }
        return "run: sudo chown -R " + owner + ": " + folder + " && sudo chmod -R u+rwX " + folder;
    }

    private static boolean isUsable(Path file, Map<String, Object> owner) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return true; // the gateway replaces these
        }
        Map<String, Object> all = Files.readAttributes(file, "unix:uid,gid,mode", LinkOption.NOFOLLOW_LINKS);
        int mode = number(all, "mode");
        int bits = mode & 7;
        if (number(all, "uid") == number(owner, "uid")) {
            bits = (mode >> 6) & 7;
        } else if (number(all, "gid") == number(owner, "gid")) {
            bits = (mode >> 3) & 7;
        }
        int needed = OURS.contains(file.getFileName().toString()) ? READ_AND_WRITE : READ;
        return number(owner, "uid") == 0 || (bits & needed) == needed;
    }

    private static int number(Map<String, Object> all, String name) {
        return all.get(name) instanceof Number number ? number.intValue() : 0;
    }
}
