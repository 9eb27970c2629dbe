package io.github.reedgate.config;

import java.nio.file.Path;
import java.util.List;

/** The keys of the section {@code broker.viewer}: part of the table {@link Keys}. */
final class ViewerKeys {

    static final Key<String> USER = Key.optional(
            "broker.viewer.user",
            new TextType(256),
            "the account that reedgate-broker made, if its password is in credentials/viewer.password",
            "The user as whom watch, publish and doctor log in beside the gateway.");
    static final Key<Path> PASSWORD_FILE = Key.optional(
            "broker.viewer.password_file",
            new PathType(),
            "credentials/viewer.password, if it is there",
            "File whose first line is that user's password; goes with user.");

    /** Both in the order of the documentation. */
    static final List<Key<?>> ALL = List.of(USER, PASSWORD_FILE);

    private ViewerKeys() {}
}
