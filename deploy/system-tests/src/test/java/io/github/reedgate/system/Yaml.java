package io.github.reedgate.system;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Configurations for the tests, as text. */
final class Yaml {

    private static final String QUICK = "  retry:\n    first: 100ms\n    max: 1s\n    refused: 5s\n";

    private Yaml() {}

    /** One front door on line 17 and a broker without password. */
    static String frontDoor(int port) {
        return broker(port, "") + door();
    }

    /** The same with credentials. */
    static String frontDoor(int port, String user, String passwordFile) {
        return broker(port, "  user: " + user + "\n  password_file: " + passwordFile + "\n") + door();
    }

    /** Doors named door_0, door_1 … on the lines 2, 3 …. */
    static String doors(int port, int count) {
        return broker(port, "")
                + IntStream.range(0, count)
                        .mapToObj(i -> "  door_" + i + ":\n    line: " + (i + 2) + "\n")
                        .collect(Collectors.joining());
    }

    /** The same with quiet times so long that bounces stay one move on a machine that holds them up for a while. */
    static String patient(String yaml) {
        return yaml.replaceAll("(    line: \\d+\n)", "$1    debounce:\n      open: 250ms\n      close: 250ms\n");
    }

    /** Doors with a short keep-alive, so that a dead line is noticed soon. */
    static String watchfulDoors(String host, int port, int count) {
        return doors(port, count)
                .replace("localhost", host)
                .replace("  retry:\n", "  insecure: true\n  keep_alive: 5s\n  connect_timeout: 2s\n  retry:\n");
    }

    /** Doors that may move sixty times a second for a while, without alarms. */
    static String busyDoors(int port, int count) {
        String quick = "    alarm: never\n    debounce:\n      open: 1ms\n      close: 1ms\n";
        return "store:\n  max_events: 200000\ngpio:\n  queue: 65536\n"
                + doors(port, count)
                        .replaceAll("(    line: \\d+\n)", "$1" + quick)
                        .replace("limits:\n", "limits:\n  edges_per_minute: 100000\n");
    }

    private static String broker(int port, String more) {
        return "gateway:\n  id: home\nbroker:\n  url: mqtt://localhost:" + port + "\n" + more + QUICK
                + "limits:\n  changes_per_minute: 600\nsensors:\n";
    }

    private static String door() {
        return "  front_door:\n    name: Front door\n    line: 17\n";
    }
}
