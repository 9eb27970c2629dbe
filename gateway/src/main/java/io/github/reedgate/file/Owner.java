package io.github.reedgate.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;

/** Distinguishes folders of other users from those of the user that runs this. Stateless. */
public final class Owner {

    private static final Path ROOT = Path.of("/");
    private static final Path PROCESS = ROOT.resolve("proc/self");

    private Owner() {}

    /**
     * True if root runs this and a folder belongs to somebody else, who can exchange whatever root puts there, and can't use
     * what root leaves there. False if the folder is not there or does not say whose it is.
     */
    public static boolean isRootsHost(Path folder) {
        try {
            return ofThisProcess()
                            .equals(ROOT.getFileSystem()
                                    .getUserPrincipalLookupService()
                                    .lookupPrincipalByName("root"))
                    && Files.isDirectory(folder)
                    && !Files.getOwner(folder).equals(ofThisProcess());
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** The name of a file's owner, or its number. */
    public static String name(Path file) throws IOException {
        return Files.getOwner(file).getName();
    }

    /** The user that runs this. */
    static UserPrincipal ofThisProcess() throws IOException {
        if (Files.isDirectory(PROCESS)) {
            return Files.getOwner(PROCESS);
        }
        return ROOT.getFileSystem()
                .getUserPrincipalLookupService()
                .lookupPrincipalByName(System.getProperty("user.name", ""));
    }
}
