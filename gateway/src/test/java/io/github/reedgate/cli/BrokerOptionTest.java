package io.github.reedgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the commands refuse before they connect to anything. */
class BrokerOptionTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "--broker mqtt://broker.lan a b | in clear text to another machine; use mqtts://, or add --insecure",
                "--broker ws://broker.lan a b | in clear text to another machine; use wss://, or add --insecure",
                "--broker mqtt://u:hunter2@localhost a b | has a user in it",
                "--broker http://localhost a b | did you mean 'ws://'?",
                "--broker mqtt://localhost --config x a b | --broker and --config exclude each other",
                "--broker mqtt://localhost --ca-file x a b | have no effect without TLS",
                "--insecure a b | --insecure goes with --broker",
                "--broker mqtt://localhost a/+ b | topic 'a/+' has a wildcard in it",
                "--broker mqtt://localhost a/# b | topic 'a/#' has a wildcard in it",
                "--broker mqtt://localhost --qos 3 a b | --qos is 3; 0, 1 or 2 is allowed",
                "--broker mqtt://localhost --property x a b | --property 'x' is not NAME=VALUE",
                "--broker mqtt://localhost --timeout 0 a b | --timeout is 0 ms; 1ms to 24h is allowed",
                "--broker mqtt://localhost --timeout 1w a b | '1w' is not a duration",
            })
    void wrongPublishCommandLineIsRefused(String arguments, String message) {
        CommandRun run =
                CommandRun.start(new PublishCommand(Map.of(), InputStream.nullInputStream()), arguments.split(" "));

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.errors()).contains(message).doesNotContain("hunter2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "--broker mqtt://broker.lan | --insecure",
                "--broker mqtt://localhost --count 0 | --count is 0; 1 or more is allowed",
                "--broker mqtt://localhost --session-expiry 0 | --session-expiry is 0 ms; 1s to 49710d is allowed",
                "--broker mqtt://localhost --topic a#b | 'a#b' is no topic filter",
                "--broker mqtt://localhost --root a/# | has a # in it",
            })
    void wrongWatchCommandLineIsRefused(String arguments, String message) {
        CommandRun run = CommandRun.start(new WatchCommand(Map.of()), arguments.split(" "));

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.errors()).contains(message);
    }

    @Test
    void missingConfigurationIsToldAsSuch() {
        CommandRun run = CommandRun.start(new WatchCommand(Map.of()), "--config", "/nowhere/reedgate.yaml");

        assertThat(run.exitCode()).isEqualTo(ExitCode.CONFIG);
        assertThat(run.errors()).contains("/nowhere/reedgate.yaml");
    }

    @Test
    void missingPasswordFileIsToldAtOnce() {
        CommandRun run = CommandRun.start(
                new WatchCommand(Map.of()),
                "--broker",
                "mqtt://localhost:1",
                "--user",
                "home",
                "--password-file",
                "/nowhere/secret");

        assertThat(run.exitCode()).isEqualTo(ExitCode.CONFIG);
        assertThat(run.errors()).contains("password file /nowhere/secret does not exist");
    }
}
