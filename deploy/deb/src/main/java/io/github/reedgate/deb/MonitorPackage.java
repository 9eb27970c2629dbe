package io.github.reedgate.deb;

import io.github.reedgate.monitor.cli.MonitorMain;
import io.github.reedgate.monitor.config.MonitorKeys;
import java.io.IOException;
import java.util.Map;

/** The package {@code reedgate-monitor}: the recorder beside the broker, with every library that it needs. Stateless. */
final class MonitorPackage {

    private static final String KEYS = """
            `reedgate-monitor` reads one file, `/etc/reedgate-monitor/reedgate-monitor.yaml`; every command takes another with `-c FILE`. It is
            YAML 1.2 in UTF-8. A commented example with every key in it is `deploy/reedgate-monitor.example.yaml`. Unknown keys and wrong values
            are mistakes. `reedgate-monitor check` reports all of them at once, each with line and column.

            ## Notation

            - **Durations** are whole numbers with their unit: `30ms`, `15s`, `5m`, `24h`.
            - **Ages** are whole numbers with `d` (days) or `y` (years of 365 days).
            - **Sizes** are whole numbers with `KiB`, `MiB` or `GiB`.
            - **Relative paths** start from the folder of the file.

            ## Keys

            """;

    private MonitorPackage() {}

    /** The monitor's program. */
    static Program program() {
        return new Program(
                "reedgate-monitor",
                "records the events of every reedgate gateway of an MQTT broker",
                "monitor of reedgate gateways",
                "The monitor itself is the service reedgate-monitor.service. Configure it first: edit"
                        + " /etc/reedgate-monitor/reedgate-monitor.yaml; 'reedgate-monitor check' tells what it means.",
                "etc/reedgate-monitor/reedgate-monitor.yaml",
                MonitorMain.commandLine(),
                Map.of(
                        "REEDGATE_BROKER_USER", "The broker's user, if the configuration names none.",
                        "REEDGATE_BROKER_PASSWORD",
                                "The broker's password, if the configuration names no file with it.",
                        "REEDGATE_JAVA_OPTS", "Further options for the Java virtual machine, such as -Xmx256m.",
                        "JAVA_HOME", "The Java to use; without it the java found on PATH."),
                Map.of(
                        "/etc/reedgate-monitor/reedgate-monitor.yaml",
                                "The configuration, see reedgate-monitor.yaml(5).",
                        "/etc/reedgate-monitor/credentials/",
                                "Passwords, keys and certificates; only root and the group reedgate-monitor get in.",
                        "/var/lib/reedgate-monitor/", "The history, unless PostgreSQL has it, and the control socket.",
                        "/usr/share/doc/reedgate-monitor/examples/reedgate-monitor.yaml",
                                "A configuration with every key in it."),
                "reedgate-monitor.yaml(5), reedgate(1), systemctl(1), journalctl(1)");
    }

    /** Gathers the package. */
    static PackageContents gather(Sources sources) throws IOException {
        PackageContents parts = new PackageContents(sources, program());
        parts.program("deploy/monitor/target/reedgate-monitor");
        parts.service();
        parts.documents(KEYS + KeyRows.of(MonitorKeys.TABLE));
        return parts;
    }
}
