package io.github.reedgate.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The account with which commands log in at the broker beside the gateway. Immutable; holds no secret, only where it is found.
 *
 * @param user the user name that the configuration names; empty if it names none
 * @param passwordFile the file with its password that the configuration names; present if {@code user} is
 * @param usualFile the file in which {@code reedgate-broker} puts the password of the account that it makes
 */
public record ViewerAccount(Optional<String> user, Optional<Path> passwordFile, Path usualFile) {

    /** The account that {@code reedgate-broker} makes. */
    private static final String USUAL_USER = "viewer";

    /** The file with its password, from the folder of the configuration. */
    private static final String USUAL_FILE = "credentials/viewer.password";

    /** The commands that log in with it. */
    public enum Tool {
        /** {@code reedgate watch}, which reads. */
        WATCH(""),
        /** {@code reedgate publish}, which sends commands. */
        PUBLISH("-publish"),
        /** {@code reedgate doctor}, which tries one topic of its own. */
        DOCTOR("-doctor");

        private final String suffix;

        Tool(String suffix) {
            this.suffix = suffix;
        }
    }

    /**
     * Whom to be at the broker.
     *
     * @param user the user name
     * @param passwordFile a file with the password in its first line
     */
    public record Login(String user, Path passwordFile) {}

    /** The account of a configuration that names none, in a folder. */
    static ViewerAccount of(Optional<String> user, Optional<Path> passwordFile, Path folder) {
        return new ViewerAccount(user, passwordFile, folder.resolve(USUAL_FILE));
    }

    /**
     * The login of a command. An account that the configuration names is the same for each command. Of the account that {@code
     * reedgate-broker} makes each command has a user name of its own: that broker makes the user name the client id, so one
     * command would disconnect another. Blocks on the disk.
     *
     * @param gatewayPassword the gateway's own password file, if it has one. If it and the usual file are in a folder that this
     *     process may not enter, the account counts as there, so that the message says that permission is missing.
     * @return empty if there is no such account
     */
    public Optional<Login> login(Tool tool, Optional<Path> gatewayPassword) {
        if (user.isPresent() && passwordFile.isPresent()) {
            return Optional.of(new Login(user.get(), passwordFile.get()));
        }
        boolean isHidden = !Files.notExists(usualFile)
                && gatewayPassword
                        .filter(file -> file.startsWith(usualFile.resolveSibling("")))
                        .isPresent();
        return Files.exists(usualFile) || isHidden
                ? Optional.of(new Login(USUAL_USER + tool.suffix, usualFile))
                : Optional.empty();
    }
}
