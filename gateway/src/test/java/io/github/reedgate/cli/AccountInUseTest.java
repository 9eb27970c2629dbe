package io.github.reedgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.doctor.AccountInUse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No command logs in with the account of a gateway that runs: some brokers would disconnect the gateway. */
final class AccountInUseTest {

    private static final String ACTIVE = "LoadState=loaded\nActiveState=active\n";

    @TempDir
    private Path folder = Path.of("");

    private String unit = "";
    private Map<String, String> environment = Map.of();

    /** Nothing listens at port 1: a command that gets that far ends with {@link ExitCode#UNREACHABLE}. */
    @BeforeEach
    void writeConfiguration() throws IOException {
        configure("url: mqtt://localhost:1, user: home");
        Files.createFile(folder.resolve("lock"));
        Files.writeString(folder.resolve("password"), "secret\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "watch",
                "watch --persistent",
                "watch --user home --password-file PASSWORD",
                "watch --user phone --password-file PASSWORD --client-id reedgate-home",
                "publish a b",
                "publish --user home --password-file PASSWORD a b",
                "publish --client-id reedgate-home --user phone --password-file PASSWORD a b",
                "purge --dry-run",
                "purge --yes",
            })
    void noLoginWithTheAccountOfARunningGateway(String command) throws IOException {
        try (FileChannel channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            assertThat(held.isValid()).isTrue();
            CommandRun run = run(command);
            assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(run.errors()).contains("running");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "watch --exit-on-disconnect --user phone --password-file PASSWORD",
                "watch --exit-on-disconnect --login-beside",
                "publish --user phone --password-file PASSWORD a b",
                "publish --login-beside a b",
                "purge --dry-run --login-beside"
            })
    void anotherAccountIsFreeAndSoIsWhoInsists(String command) throws IOException {
        try (FileChannel channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            assertThat(held.isValid()).isTrue();
            CommandRun run = run(command);
            assertThat(run.exitCode()).as(run.errors()).isEqualTo(ExitCode.UNREACHABLE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"watch --exit-on-disconnect", "publish a b", "purge --dry-run"})
    void stoppedGatewayLendsItsAccount(String command) {
        environment = Map.of("REEDGATE_BROKER_PASSWORD", "secret");
        CommandRun run = run(command);
        assertThat(run.exitCode()).as(run.errors()).isEqualTo(ExitCode.UNREACHABLE);
    }

    @Test
    void serviceThatRunsCountsWhereTheLockCannotBeSeen() throws IOException {
        Files.delete(folder.resolve("lock"));
        unit = ACTIVE;
        CommandRun run = run("watch");
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.errors()).contains("reedgate.service is running", "its account", "--user", "--login-beside");
    }

    @Test
    void userOfTheEnvironmentIsTheGatewaysTooIfItsFileNamesNone() throws IOException {
        configure("url: mqtt://localhost:1");
        environment = Map.of("REEDGATE_BROKER_USER", "home", "REEDGATE_BROKER_PASSWORD", "secret");
        unit = ACTIVE;
        assertThat(run("watch").exitCode()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void certificateIsAnAccountToo() throws IOException {
        configure("url: mqtts://localhost:1, certificate_file: c.pem, key_file: k.pem");
        unit = ACTIVE;
        CommandRun same = run("publish a b");
        assertThat(same.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(same.errors()).contains("its account");
        CommandRun other = run("publish a b --certificate-file other.pem --key-file other.key");
        assertThat(other.exitCode()).isNotEqualTo(ExitCode.FAILED);
        assertThat(other.errors()).contains("other.pem");
    }

    @Test
    void gatewayWithoutAnAccountIsNotDisturbed() throws IOException {
        configure("url: mqtt://localhost:1");
        unit = ACTIVE;
        assertThat(run("watch --exit-on-disconnect").exitCode()).isEqualTo(ExitCode.UNREACHABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"watch --exit-on-disconnect", "watch --persistent --exit-on-disconnect", "publish a b"})
    void viewerIsUsedBesideARunningGateway(String command) throws IOException {
        unit = ACTIVE;
        Files.writeString(Files.createDirectory(folder.resolve("credentials")).resolve("viewer.password"), "secret\n");
        CommandRun run = run(command);
        assertThat(run.exitCode()).as(run.errors()).isEqualTo(ExitCode.UNREACHABLE);
    }

    @Test
    void viewerOfTheConfigurationIsUsedAndItsPasswordRead() throws IOException {
        configure("url: mqtt://localhost:1, user: home, viewer: {user: me, password_file: none}");
        unit = ACTIVE;
        CommandRun run = run("publish a b");
        assertThat(run.exitCode()).as(run.errors()).isEqualTo(ExitCode.CONFIG);
        assertThat(run.errors()).contains(folder.resolve("none").toString());
    }

    @Test
    void whoeverNamesTheGatewaysAccountIsRefusedThoughThereIsAViewer() throws IOException {
        unit = ACTIVE;
        Files.writeString(Files.createDirectory(folder.resolve("credentials")).resolve("viewer.password"), "secret\n");
        assertThat(run("watch --user home --password-file PASSWORD").exitCode()).isEqualTo(ExitCode.FAILED);
        environment = Map.of("REEDGATE_BROKER_USER", "home", "REEDGATE_BROKER_PASSWORD", "secret");
        assertThat(run("publish a b").exitCode()).isEqualTo(ExitCode.FAILED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"watch --client-id reedgate-home", "publish a b --client-id reedgate-home"})
    void gatewaysClientIdIsNeverUsedEvenIfNoGatewayIsSeen(String command) {
        CommandRun run = run(command + " --user phone --password-file PASSWORD");
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.errors()).contains("reedgate-home is the client id of the gateway", "--client-id");
    }

    private void configure(String broker) throws IOException {
        Files.writeString(
                folder.resolve("reedgate.yaml"),
                "gateway: {id: home}\nstate_dir: " + folder + "\nbroker: {" + broker
                        + "}\nsensors: {door: {line: 17}}\n");
    }

    private CommandRun run(String command) {
        AccountInUse accounts = new AccountInUse(Path.of("/"), program -> Optional.of(unit));
        String[] words = command.replace("PASSWORD", folder.resolve("password").toString())
                .split(" ");
        String[] arguments = Stream.concat(
                        Stream.of(words).skip(1),
                        Stream.of("--config", folder.resolve("reedgate.yaml").toString()))
                .toArray(String[]::new);
        Object subject = switch (words[0]) {
            case "watch" -> new WatchCommand(environment, accounts);
            case "publish" -> new PublishCommand(environment, InputStream.nullInputStream(), accounts);
            default -> new PurgeCommand(environment, Optional::empty);
        };
        return CommandRun.start(subject, arguments);
    }
}
