package io.github.reedgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.command.Action;
import io.github.reedgate.command.Command;
import io.github.reedgate.command.CommandText;
import io.github.reedgate.command.Signature;
import io.github.reedgate.command.Signed;
import io.github.reedgate.command.SigningKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** {@code reedgate sign} as it is seen from a shell. */
final class SignCommandTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T10:00:00.700Z"), ZoneOffset.UTC);
    private static final String HEX = "0123456789abcdef".repeat(4);

    private String input = HEX + "\n";
    private String out = "";
    private String err = "";

    private int sign(String... arguments) {
        Printed outText = new Printed();
        Printed errText = new Printed();
        int code = new CommandLine(
                        new SignCommand(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), CLOCK))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(Printer.to(outText))
                .setErr(Printer.to(errText))
                .execute(arguments);
        out = outText.toString();
        err = errText.toString();
        return code;
    }

    private int signFor(String action, String... more) {
        List<String> all = new ArrayList<>(List.of(action, "--user", "anna", "--gateway", "home", "--key-from", "-"));
        all.addAll(List.of(more));
        return sign(all.toArray(String[]::new));
    }

    private Command signed() {
        assertThat(out).endsWith("}\n").hasLineCount(1);
        Command command =
                Optional.ofNullable(CommandText.read(out.strip()).command()).orElseThrow();
        Signed signed = Optional.ofNullable(command.signed()).orElseThrow();
        Signature signature =
                new Signature("anna", signed.text("home", command.action(), command.bypass()), signed.mac());
        assertThat(SigningKey.of(HEX).orElseThrow().made(signature)).isTrue();
        return command;
    }

    private static Signed proof(Command command) {
        return Optional.ofNullable(command.signed()).orElseThrow();
    }

    @Test
    void lineIsACommandThatIsRightlySigned() {
        assertThat(signFor("arm_away", "--bypass", "back_door.tamper,window", "--expires", "2m"))
                .as(err)
                .isEqualTo(ExitCode.OK);
        Command command = signed();
        assertThat(command.action()).isEqualTo(Action.ARM_AWAY);
        assertThat(command.bypass()).containsExactly("back_door.tamper", "window");
        assertThat(proof(command).expires()).isEqualTo(Instant.parse("2026-11-23T10:02:00Z"));
        assertThat(out).doesNotContain(HEX);
    }

    @Test
    void noTwoHaveTheSameNonceAndHalfAMinuteIsUsual(@TempDir Path folder) throws IOException {
        Path key = Files.writeString(folder.resolve("anna.key"), HEX + "\n");
        String[] words = {"DISARM", "--user", "anna", "--gateway", "home", "--key-from", key.toString()};
        assertThat(sign(words)).isEqualTo(ExitCode.OK);
        Signed first = proof(signed());
        assertThat(sign(words)).isEqualTo(ExitCode.OK);
        assertThat(proof(signed()).nonce()).isNotEqualTo(first.nonce());
        assertThat(first.expires()).isEqualTo(Instant.parse("2026-11-23T10:00:30Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--user=Anna", "--gateway=a/b", "--expires=6m", "--expires=500ms", "--bypass=a", "--key=x"})
    void wrongArgumentsAreRefused(String wrong) {
        String[] words = wrong.startsWith("--user")
                ? new String[] {"DISARM", wrong, "--gateway=home", "--key-from=-"}
                : wrong.startsWith("--gateway")
                        ? new String[] {"DISARM", "--user=anna", wrong, "--key-from=-"}
                        : new String[] {"DISARM", "--user=anna", "--gateway=home", "--key-from=-", wrong};
        assertThat(sign(words)).isEqualTo(ExitCode.USAGE);
        assertThat(out).isEmpty();
    }

    @Test
    void whatIsNoKeyIsNotShown() {
        input = "secret but no key\n";
        assertThat(signFor("DISARM")).isEqualTo(ExitCode.FAILED);
        assertThat(err).contains("holds no key").doesNotContain("secret but");
        assertThat(sign("DISARM", "--user", "anna", "--gateway", "home", "--key-from", "/nowhere/key"))
                .isEqualTo(ExitCode.FAILED);
        assertThat(err).contains("can't be read");
    }

    @Test
    void whatTheGatewayWouldFindTooLongIsNotSigned() {
        String many = String.join(
                ",",
                java.util.stream.IntStream.range(0, 30)
                        .mapToObj(i -> "sensor_with_a_very_long_name_" + i)
                        .toList());
        assertThat(signFor("ARM_AWAY", "--bypass", many)).isEqualTo(ExitCode.FAILED);
        assertThat(err).contains("1024 bytes");
    }
}
