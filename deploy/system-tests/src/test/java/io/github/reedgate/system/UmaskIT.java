package io.github.reedgate.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.system.Installation.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may use what is written, whatever the umask says; the virtual machine is started without the start script. */
final class UmaskIT {

    private static final Set<PosixFilePermission> OTHERS = PosixFilePermissions.fromString("---rwxrwx");

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"000", "022", "077"})
    void whatTheGatewayKeepsIsItsUsersAlone(String umask) throws Exception {
        Path config = Files.writeString(folder.resolve("reedgate.yaml"), "state_dir: state\n" + Yaml.frontDoor(1));
        Process gateway = new ProcessBuilder(command(umask, "run", "--simulate", "-c", config.toString()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        try {
            Path state = folder.resolve("state");
            Waiting.until(
                    "the gateway runs",
                    () -> Files.exists(state.resolve("sim.sock"))
                            && Files.exists(state.resolve("control.sock"))
                            && Files.exists(state.resolve("reedgate.db-wal")));

            assertThat(Files.getPosixFilePermissions(state)).doesNotContainAnyElementsOf(OTHERS);
            try (Stream<Path> files = Files.list(state)) {
                for (Path file : files.toList()) {
                    assertThat(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS))
                            .as(file.toString())
                            .doesNotContainAnyElementsOf(OTHERS);
                }
            }
        } finally {
            gateway.destroy();
            if (!gateway.waitFor(30, TimeUnit.SECONDS)) {
                gateway.destroyForcibly();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"000", "022", "077"})
    void whatIsSetUpIsForTheServiceAndNobodyElse(String umask) throws IOException {
        Path config = folder.resolve("etc/reedgate.yaml");
        Path password = Files.writeString(folder.resolve("password"), "secret\n");

        Ended ended = Installation.run(
                command(
                        umask,
                        "init",
                        "-c",
                        config.toString(),
                        "--gateway-id",
                        "home",
                        "--broker",
                        "mqtts://broker.example",
                        "--user",
                        "home",
                        "--password-from",
                        password.toString(),
                        "--sensor",
                        "front_door=line17"),
                Map.of());

        assertThat(ended.code()).as(ended.out() + ended.err()).isZero();
        assertThat(mode(config.resolveSibling("credentials/.."))).isEqualTo("rwxr-x---");
        assertThat(mode(config.resolveSibling("credentials"))).isEqualTo("rwxr-x---");
        assertThat(mode(config.resolveSibling("credentials/mqtt.password"))).matches("rw-(r--|---)---");
        assertThat(mode(config)).matches("rw-(r--|---)---");
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private static List<String> command(String umask, String... arguments) {
        return Stream.concat(
                        Stream.of(
                                "/bin/sh",
                                "-c",
                                "umask \"$1\" && shift && exec \"$@\"",
                                "sh",
                                umask,
                                System.getProperty("java.home") + "/bin/java",
                                "-cp",
                                Installation.HOME + "/lib/*",
                                "io.github.reedgate.cli.Main"),
                        Stream.of(arguments))
                .toList();
    }
}
