package io.github.reedgate.cli;

import io.github.reedgate.alarm.PanelSensor;
import io.github.reedgate.command.Action;
import io.github.reedgate.command.CommandText;
import io.github.reedgate.command.Nonces;
import io.github.reedgate.command.Right;
import io.github.reedgate.command.Signed;
import io.github.reedgate.command.SigningKey;
import io.github.reedgate.file.FileReason;
import io.github.reedgate.file.OrdinaryFile;
import io.github.reedgate.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code reedgate sign}: writes a command that a broker can't forge or change. Owned by one command line. */
@Command(
        name = "sign",
        description = {
            "Signs a command to an alarm panel and prints it as one line of JSON, for a broker that is not trusted"
                    + " with codes. Send it to the gateway's topic panel/set, not retained, before it expires. Each works"
                    + " once.",
            "Nothing is sent or read but the key: it runs on any machine whose clock is right."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  reedgate sign ARM_AWAY --user anna --key-from anna.key --gateway home",
            "  reedgate sign DISARM --user anna --key-from anna.key --gateway home |",
            "      mosquitto_pub -q 1 -t reedgate/home/panel/set -s"
        })
final class SignCommand implements Callable<Integer> {

    private static final String ID = "[a-z0-9_-]{1,32}";
    private static final int MOST_BYTES = 4096;
    private static final int MOST_FILE_BYTES = 1 << 16;
    private static final int NONCE_BYTES = 16;

    @Spec
    private @SuppressWarnings("NullAway.Init") CommandSpec spec;

    @Parameters(
            paramLabel = "ACTION",
            description = "ARM_HOME, ARM_AWAY, ARM_NIGHT, DISARM or ACKNOWLEDGE, in small letters, too.")
    private @SuppressWarnings("NullAway.Init") Action action;

    @Option(names = "--user", paramLabel = "NAME", required = true, description = "Whose key it is.")
    private @SuppressWarnings("NullAway.Init") String user;

    @Option(
            names = "--key-from",
            paramLabel = "FILE",
            required = true,
            description = "File whose first line is the key; - is standard input.")
    private @SuppressWarnings("NullAway.Init") Path source;

    @Option(names = "--gateway", paramLabel = "ID", required = true, description = "The id of the gateway it is for.")
    private @SuppressWarnings("NullAway.Init") String gateway;

    @Option(
            names = "--bypass",
            paramLabel = "ID",
            split = ",",
            description = "Sensors that are left out; only for arming.")
    private List<String> bypass = List.of();

    @Option(
            names = "--expires",
            paramLabel = "TIME",
            defaultValue = "30s",
            converter = Durations.class,
            description = "For how long it holds: 1s to 5m (default: ${DEFAULT-VALUE}).")
    private @SuppressWarnings("NullAway.Init") Duration expires;

    private final InputStream input;
    private final Clock clock;

    /** The command with this machine's clock. */
    SignCommand() {
        this(System.in, Clock.systemUTC());
    }

    /** The command with an input and a time of a test's choice. */
    SignCommand(InputStream input, Clock clock) {
        this.input = input;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        check();
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try {
            Optional<SigningKey> key = SigningKey.of(firstLine());
            if (key.isEmpty()) {
                err.println("reedgate: " + source
                        + " holds no key; expected 64 hexadecimal digits, as 'reedgate user key'" + " writes them");
                return ExitCode.FAILED;
            }
            String text = signed(key.get());
            if (CommandText.read(text).command() == null) {
                err.println("reedgate: the command is longer than " + CommandText.LIMIT_BYTES
                        + " bytes; leave out fewer sensors");
                return ExitCode.FAILED;
            }
            out.println(text);
            return ExitCode.OK;
        } catch (IOException e) {
            err.println("reedgate: the key can't be read from " + source + ": " + FileReason.of(e));
            return ExitCode.FAILED;
        } finally {
            out.flush();
            err.flush();
        }
    }

    private void check() {
        if (!user.matches(ID)) {
            throw wrong("--user: no user's name; allowed: 1 to 32 of a-z, 0-9, _ and -");
        }
        if (!gateway.matches(ID)) {
            throw wrong("--gateway: no id of a gateway; allowed: 1 to 32 of a-z, 0-9, _ and -");
        }
        if (!bypass.stream().allMatch(id -> id.matches(PanelSensor.ID))
                || bypass.stream().distinct().count() < bypass.size()) {
            throw wrong("--bypass: allowed are ids of sensors, none twice, with commas between");
        }
        if (action.right() != Right.ARM && !bypass.isEmpty()) {
            throw wrong("--bypass goes with arming only");
        }
        if (expires.toSeconds() < 1 || expires.compareTo(Nonces.LONGEST_LIFE) > 0) {
            throw wrong("--expires: allowed is 1s to " + Nonces.LONGEST_LIFE.toMinutes() + "m");
        }
    }

    private String signed(SigningKey key) {
        byte[] random = new byte[NONCE_BYTES];
        new SecureRandom().nextBytes(random);
        Instant end = clock.instant().plus(expires).truncatedTo(ChronoUnit.SECONDS);
        Signed unsigned = new Signed(user, HexFormat.of().formatHex(random), end, "");
        return Json.write(json -> {
            json.text("action", action.name());
            if (!bypass.isEmpty()) {
                json.value("bypass", bypass);
            }
            json.text("user", user);
            json.text("nonce", unsigned.nonce());
            json.text("expires", end.toString());
            json.text("signature", key.sign(unsigned.text(gateway, action, bypass)));
        });
    }

    private String firstLine() throws IOException {
        if ("-".equals(source.toString())) {
            return line(input.readNBytes(MOST_BYTES));
        }
        return line(OrdinaryFile.readNamed(source, MOST_FILE_BYTES));
    }

    private static String line(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8).lines().findFirst().orElse("");
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
