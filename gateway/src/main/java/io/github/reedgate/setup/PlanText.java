package io.github.reedgate.setup;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes a plan as a commented configuration. Stateless. */
final class PlanText {

    private PlanText() {}

    /** The file's text, in UTF-8 when written. */
    static String of(Plan plan) {
        List<String> lines = new ArrayList<>();
        lines.add("# The configuration of this gateway. After a change ask");
        lines.add("#     sudo reedgate check");
        lines.add("# and take it over with");
        lines.add("#     sudo systemctl restart reedgate");
        lines.add("# Every key is explained by: man reedgate.yaml");
        lines.add("");
        lines.add("gateway:");
        lines.add("  id: " + quoted(plan.gatewayId()) + "   # a topic level: reedgate/" + comment(plan.gatewayId())
                + "/...");
        plan.gatewayName().ifPresent(name -> lines.add("  name: " + quoted(name) + "   # for people"));
        lines.add("");
        broker(plan.broker(), lines);
        lines.add("");
        lines.add(
                "# One section for each switch, under its id, which is a topic level as well. The line is the GPIO (BCM)");
        lines.add("# number, not the header pin.");
        lines.add("sensors:");
        for (SensorPlan sensor : plan.sensors()) {
            sensor(sensor, lines);
        }
        return String.join("\n", lines) + "\n";
    }

    private static void broker(Plan.Broker broker, List<String> lines) {
        lines.add("broker:");
        lines.add(
                "  url: " + quoted(broker.url()) + "   # mqtts:// and wss:// are encrypted, mqtt:// and ws:// are not");
        broker.user().ifPresent(user -> lines.add("  user: " + quoted(user)));
        if (broker.hasPassword()) {
            lines.add("  password_file: " + Plan.PASSWORD_FILE + "   # its first line is the password");
        }
        if (broker.hasCa()) {
            lines.add("  ca_file: " + Plan.CA_FILE + "   # the authority that signed the broker's certificate");
        }
        if (broker.insecure()) {
            lines.add("  insecure: true   # clear text: everybody on the way can read it, the password included");
        }
    }

    private static void sensor(SensorPlan sensor, List<String> lines) {
        lines.add("  " + comment(sensor));
        lines.add("  " + quoted(sensor.id()) + ":");
        settings(sensor).forEach(line -> lines.add("    " + line));
    }

    /** Where its wires go, as a comment. */
    static String comment(SensorPlan sensor) {
        int pin = sensor.pin();
        boolean supply = sensor.goesToSupply();
        int other = supply ? HeaderPin.supplyNear(pin) : HeaderPin.groundNear(pin);
        return "# Header pin " + pin + "; the switch's other wire goes to " + (supply ? "3.3 V, never 5 V" : "ground")
                + ", pin " + other + " for one.";
    }

    /** Its keys with their values. */
    static List<String> settings(SensorPlan sensor) {
        List<String> lines = new ArrayList<>();
        lines.add("line: " + sensor.line());
        sensor.settings().forEach((key, value) -> lines.add(key + ": " + quoted(value)));
        return lines;
    }

    /** The text so that YAML reads it as it is: plain if that is safe, else in quotes. */
    static String quoted(String text) {
        if (text.matches("[a-z_][a-z0-9_-]*") && !text.matches("true|false|null|yes|no|on|off")) {
            return text;
        }
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(character -> {
            if (character == '"' || character == '\\') {
                quoted.append('\\').appendCodePoint(character);
            } else if (Character.getType(character) == Character.CONTROL || isSpecial(character)) {
                quoted.append(String.format(Locale.ROOT, "\\U%08X", character));
            } else {
                quoted.appendCodePoint(character);
            }
        });
        return quoted.append('"').toString();
    }

    /** Line separators and what else is no visible character. */
    private static boolean isSpecial(int character) {
        int type = Character.getType(character);
        return type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.UNASSIGNED
                || type == Character.PRIVATE_USE;
    }

    private static String comment(String text) {
        return text.matches("[a-z0-9_-]{1,32}") ? text : "<id>";
    }
}
