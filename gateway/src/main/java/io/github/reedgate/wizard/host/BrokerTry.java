package io.github.reedgate.wizard.host;

import io.github.reedgate.config.Config;
import io.github.reedgate.config.ConfigException;
import io.github.reedgate.config.ConfigReader;
import io.github.reedgate.doctor.CheckName;
import io.github.reedgate.doctor.Checkup;
import io.github.reedgate.doctor.Finding;
import io.github.reedgate.doctor.PacketLimit;
import io.github.reedgate.doctor.ReadConfig;
import io.github.reedgate.doctor.Status;
import io.github.reedgate.doctor.Surroundings;
import io.github.reedgate.file.FileReason;
import io.github.reedgate.setup.Plan;
import io.github.reedgate.setup.SensorPlan;
import io.github.reedgate.wizard.BrokerChoice;
import io.github.reedgate.wizard.Outcome;
import io.github.reedgate.wizard.Outcome.Part;
import io.github.reedgate.wizard.Outcome.Wrong;
import io.github.reedgate.wizard.Said;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Tries a broker elsewhere with the doctor's checks: name, port, TLS, login, a message, a subscription. Used by one thread; blocks. */
public final class BrokerTry {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Set<CheckName> CHECKS = EnumSet.of(
            CheckName.DNS, CheckName.TCP, CheckName.TLS, CheckName.LOGIN, CheckName.PUBLISH, CheckName.SUBSCRIBE);

    private final Surroundings here;

    /** From a machine. */
    public BrokerTry(Surroundings here) {
        this.here = here;
    }

    /** Tries it; what it needs to know lies in a folder that only this user may enter, while it is tried. */
    Outcome look(BrokerChoice broker, String gatewayId) throws InterruptedException {
        try {
            Path folder = Files.createTempDirectory(
                    "reedgate-setup",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            try {
                return look(broker, gatewayId, folder);
            } finally {
                remove(folder);
            }
        } catch (IOException e) {
            return new Wrong(
                    Part.OTHER,
                    "the folder for temporary files can't be used: " + FileReason.of(e),
                    "make room there: df -h " + System.getProperty("java.io.tmpdir", "/tmp"));
        }
    }

    private Outcome look(BrokerChoice broker, String gatewayId, Path folder) throws IOException, InterruptedException {
        Files.createDirectory(folder.resolve(Plan.CREDENTIALS));
        if (!broker.password().isEmpty()) {
            Files.writeString(folder.resolve(Plan.PASSWORD_FILE), broker.password() + "\n", StandardCharsets.UTF_8);
        }
        if (broker.ca().isPresent()) {
            try {
                Files.copy(
                        Path.of(broker.ca().get()), folder.resolve(Plan.CA_FILE), StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                return new Wrong(
                        Part.CERTIFICATE,
                        "the authority's file " + broker.ca().get() + " can't be read: " + FileReason.of(e),
                        "name another file, or nothing for a public authority");
            }
        }
        Plan plan = new Plan(
                gatewayId,
                Optional.empty(),
                new Plan.Broker(
                        broker.url(),
                        Optional.of(broker.user()).filter(user -> !user.isEmpty()),
                        !broker.password().isEmpty(),
                        broker.ca().isPresent(),
                        broker.insecure()),
                List.of(new SensorPlan("door", 17, Map.of())));
        try {
            Path file = folder.resolve("reedgate.yaml");
            return judge(findings(new ConfigReader().read(plan.text(), file.toString()), file));
        } catch (ConfigException e) {
            return new Wrong(Part.ADDRESS, e.problems().get(0).text(), "");
        }
    }

    private List<Finding> findings(Config config, Path file) throws InterruptedException {
        try (Checkup checkup = new Checkup(here, new Checkup.Options(LIMIT, true, true))) {
            checkup.with(config, new ReadConfig(file, "", Optional.empty(), new PacketLimit(0, false)));
            return checkup.examine(CHECKS, check -> {}, found -> {});
        }
    }

    private static Outcome judge(List<Finding> findings) {
        List<Said> said = new ArrayList<>();
        for (Finding finding : findings) {
            if (finding.status() == Status.FAIL) {
                return new Wrong(part(finding.check()), finding.seen(), finding.fix());
            }
            if (finding.status() == Status.WARN) {
                said.add(new Said.Text("Note: " + finding.seen() + ". Fix: " + finding.fix() + "."));
            }
        }
        said.add(new Said.Text("The broker answers, lets us in and takes a message."));
        return new Outcome.Well(said);
    }

    private static Part part(CheckName check) {
        return switch (check) {
            case DNS, TCP -> Part.ADDRESS;
            case TLS -> Part.CERTIFICATE;
            case LOGIN, PUBLISH, SUBSCRIBE -> Part.LOGIN;
            default -> Part.OTHER;
        };
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
