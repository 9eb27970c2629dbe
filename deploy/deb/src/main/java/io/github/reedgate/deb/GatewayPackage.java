package io.github.reedgate.deb;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.reedgate.cli.Main;
import java.io.IOException;
import java.util.Map;

/** The package {@code reedgate}: the gateway, and the script that sets up a broker for it. Stateless. */
final class GatewayPackage {

    private GatewayPackage() {}

    /** The gateway's program. */
    static Program program() {
        return new Program(
                "reedgate",
                "door and alarm sensor gateway, from reed switches to MQTT",
                "sensor gateway reedgate",
                "The gateway itself is the service reedgate.service. 'reedgate setup' leads to an alarm on"
                        + " the phone and writes /etc/reedgate/reedgate.yaml; 'reedgate check' tells what that means.",
                "etc/reedgate/reedgate.yaml",
                Main.commandLine(),
                Map.of(
                        "REEDGATE_BROKER_USER", "The broker's user, if the configuration names none.",
                        "REEDGATE_BROKER_PASSWORD",
                                "The broker's password, if the configuration names no file with it.",
                        "REEDGATE_JAVA_OPTS", "Further options for the Java virtual machine, such as -Xmx128m.",
                        "JAVA_HOME", "The Java to use; without it the java found on PATH.",
                        "NO_COLOR", "If set, nothing is printed in colour."),
                Map.of(
                        "/etc/reedgate/reedgate.yaml", "The configuration, see reedgate.yaml(5).",
                        "/etc/reedgate/credentials/",
                                "Passwords, keys and certificates; only root and the group reedgate get in.",
                        "/var/lib/reedgate/",
                                "What survives a restart: the log of events and what waits for the broker.",
                        "/usr/share/doc/reedgate/examples/reedgate.yaml", "A configuration with every key in it."),
                "reedgate-broker(8), reedgate.yaml(5), systemctl(1), journalctl(1), mosquitto_sub(1)");
    }

    /** Gathers the package. */
    static PackageContents gather(Sources sources) throws IOException {
        Program program = program();
        PackageContents parts = new PackageContents(sources, program);
        parts.program("deploy/dist/target/reedgate");
        parts.service();
        Contents contents = parts.contents();
        String broker = program.share() + "broker/";
        contents.copy(sources.path("deploy/broker/reedgate-broker"), broker + "reedgate-broker", Contents.PROGRAM);
        contents.copyAll(sources.path("deploy/broker/parts"), broker + "parts/", Contents.DATA);
        String rules = "60-reedgate-gpio.rules";
        contents.copy(sources.packaging("files/" + rules), "usr/lib/udev/rules.d/" + rules, Contents.DATA);
        contents.copy(sources.path("deploy/dist/src/dist/NOTICE"), program.doc() + "NOTICE", Contents.DATA);
        parts.documents(sources.text("docs/configuration.md"));
        BrokerUsage usage = BrokerUsage.of(sources.text("deploy/broker/reedgate-broker"));
        contents.file(
                "usr/share/bash-completion/completions/reedgate-broker",
                Contents.DATA,
                usage.completion().getBytes(UTF_8));
        parts.page("man8/reedgate-broker.8.gz", BrokerPage.of(usage, sources));
        return parts;
    }
}
