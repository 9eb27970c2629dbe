package io.github.reedgate.doctor;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Judges the state of the systemd unit. Stateless. */
final class UnitCheck {

    private static final List<String> QUESTION = List.of(
            "systemctl",
            "show",
            "reedgate.service",
            "-p",
            "LoadState,ActiveState,SubState,NRestarts,Result,UnitFileState,User,SupplementaryGroups,LoadCredential");
    private static final String JOURNAL = "see why: journalctl -u reedgate -n 50";
    private static final String PASSWORD = "/mqtt.password";
    private static final int MANY_RESTARTS = 3;

    private UnitCheck() {}

    /**
     * What systemd says of the unit. Immutable.
     *
     * @param properties by name, as {@code systemctl show} prints them; empty if there is no systemd
     */
    record Facts(Map<String, String> properties) {

        /** Copies the map. */
        Facts {
            properties = Map.copyOf(properties);
        }

        /** Asks systemctl; blocks for it. */
        static Facts ask(Programs programs) {
            Map<String, String> properties = new HashMap<>();
            programs.output(QUESTION).orElse("").lines().forEach(line -> {
                int equals = line.indexOf('=');
                if (equals > 0) {
                    properties.put(line.substring(0, equals), line.substring(equals + 1));
                }
            });
            return new Facts(properties);
        }

        String get(String name) {
            return properties.getOrDefault(name, "");
        }

        boolean isLoaded() {
            return get("LoadState").equals("loaded");
        }

        boolean isActive() {
            return get("ActiveState").equals("active");
        }

        /** The user it runs as; empty if it is not loaded. */
        Optional<String> user() {
            return isLoaded() ? Optional.of(get("User")).filter(name -> !name.isEmpty()) : Optional.empty();
        }

        List<String> groups() {
            return List.of(get("SupplementaryGroups").split("\\s+", -1));
        }

        /** The folder from which it hands the gateway a password: {@code mqtt.password:FILE} or {@code NAME:FOLDER}. */
        Optional<Path> credentials() {
            return Stream.of(get("LoadCredential").split("\\s+", -1))
                    .filter(entry -> entry.indexOf(':') > 0)
                    .map(entry -> entry.substring(entry.indexOf(':') + 1))
                    .filter(path -> path.startsWith("/"))
                    .map(path -> path.endsWith(PASSWORD) ? path.substring(0, path.length() - PASSWORD.length()) : path)
                    .map(Path::of)
                    .findFirst();
        }
    }

    static Finding judge(Facts unit) {
        if (unit.properties().isEmpty()) {
            return Finding.skipped(CheckName.UNIT, "systemd does not answer here");
        }
        if (!unit.isLoaded()) {
            return Finding.warn(
                    CheckName.UNIT,
                    "reedgate.service: " + unit.get("LoadState"),
                    "install the package, or copy systemd/reedgate.service to /etc/systemd/system/ and call: sudo"
                            + " systemctl daemon-reload");
        }
        String seen = "reedgate.service is " + unit.get("ActiveState") + " (" + unit.get("SubState") + "), "
                + unit.get("UnitFileState") + ", restarted " + unit.get("NRestarts") + " times";
        if (unit.get("ActiveState").equals("failed") || unit.get("SubState").equals("auto-restart")) {
            return Finding.fail(CheckName.UNIT, seen + ", result " + unit.get("Result"), JOURNAL);
        }
        if (!unit.isActive()) {
            return Finding.warn(CheckName.UNIT, seen, "start it: sudo systemctl enable --now reedgate");
        }
        if (unit.get("UnitFileState").equals("disabled")) {
            return Finding.warn(CheckName.UNIT, seen, "have it start with the machine: sudo systemctl enable reedgate");
        }
        return restarts(unit) >= MANY_RESTARTS
                ? Finding.warn(CheckName.UNIT, seen, JOURNAL)
                : Finding.ok(CheckName.UNIT, seen);
    }

    private static int restarts(Facts unit) {
        String number = unit.get("NRestarts");
        return number.matches("[0-9]{1,9}") ? Integer.parseInt(number) : 0;
    }
}
