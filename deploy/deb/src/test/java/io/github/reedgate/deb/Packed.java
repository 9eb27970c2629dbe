package io.github.reedgate.deb;

import java.io.IOException;
import java.nio.file.Path;

/** The packages that the build makes, as the tests expect them. */
enum Packed {
    /** The gateway. */
    GATEWAY("reedgate", "etc/reedgate/reedgate.yaml", "deploy/dist/target/reedgate"),
    /** The monitor. */
    MONITOR("reedgate-monitor", "etc/reedgate-monitor/reedgate-monitor.yaml", "deploy/monitor/target/reedgate-monitor");

    private static final Path TOP = Path.of("..", "..");

    private final String name;
    private final String configuration;
    private final String distribution;

    Packed(String name, String configuration, String distribution) {
        this.name = name;
        this.configuration = configuration;
        this.distribution = distribution;
    }

    /** The name of the package, its program, its unit and its user. */
    String packageName() {
        return name;
    }

    /** Where the configuration is installed, without a leading slash. */
    String configuration() {
        return configuration;
    }

    /** The folder that was packed. */
    Path distribution() {
        return TOP.resolve(distribution);
    }

    /** The commented configuration in the sources. */
    Path example() {
        return TOP.resolve("deploy/" + name + ".example.yaml");
    }

    /** The folder of the installed program, with a slash at its end. */
    String share() {
        return "usr/share/" + name + "/";
    }

    /** The folder of the installed documents, with a slash at its end. */
    String doc() {
        return "usr/share/doc/" + name + "/";
    }

    /** Reads the package. */
    BuiltPackage read() throws IOException {
        return BuiltPackage.read(name);
    }
}
