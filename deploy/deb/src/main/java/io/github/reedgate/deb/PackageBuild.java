package io.github.reedgate.deb;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/** Builds the Debian packages from what the build has put together. For one thread. */
public final class PackageBuild {

    private PackageBuild() {}

    /**
     * Builds the packages.
     *
     * @param arguments the project's top folder, the folder for the packages, Maven's version, the time of all files
     */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[1]);
        Sources sources =
                new Sources(Path.of(arguments[0]), Version.ofMaven(arguments[2]), Instant.parse(arguments[3]));
        GatewayPackage.gather(sources).write(folder);
        MonitorPackage.gather(sources).write(folder);
    }
}
