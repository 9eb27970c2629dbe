package io.github.reedgate.wizard;

import io.github.reedgate.setup.SensorPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is going to be written, in words. Immutable.
 *
 * @param scene what is there
 * @param draft what is added
 */
record Summary(Scene scene, Draft draft) {

    List<Said> lines() {
        List<Said> lines = new ArrayList<>();
        draft.broker()
                .ifPresent(broker -> lines.add(text("broker: "
                        + (broker.isHere()
                                ? "mosquitto on this machine, with TLS and an account each for the gateway and its readers"
                                : broker.url() + (broker.user().isEmpty() ? "" : ", user " + broker.user())))));
        if (scene.present().isEmpty()) {
            lines.add(text("gateway: its id is " + draft.id()));
        }
        for (SensorPlan door : draft.doors()) {
            lines.add(text("door: " + door.settings().getOrDefault("name", door.id()) + " (" + door.id() + "), "
                    + DoorTalk.placed(door.line()) + ", "
                    + door.settings().getOrDefault("contact", "normally_open").replace('_', ' ')));
        }
        for (Phone phone : draft.phones()) {
            lines.add(text("phone: " + words(phone)));
        }
        former().ifPresent(lines::add);
        String alarm = scene.testAlarm()
                .map(sent -> sent ? "; a test alarm is sent" : "; no test alarm is sent")
                .orElse("; the next question is about a test alarm");
        lines.add(text((scene.present().isEmpty()
                        ? "the configuration is written, the gateway is started"
                        : "the configuration gets what is new, its comments stay; the gateway starts again")
                + alarm));
        return lines;
    }

    /** The settings that go with the former broker. */
    private Optional<Said> former() {
        return draft.broker()
                .flatMap(broker -> scene.present()
                        .map(there -> there.brokerKeys().stream()
                                .filter(BrokerChoice.FORMER_KEYS::contains)
                                .toList()))
                .filter(keys -> !keys.isEmpty())
                .map(keys -> text("removed if the broker is another one, because they belong to the former: broker."
                        + String.join(", broker.", keys)));
    }

    private static String words(Phone phone) {
        if (phone instanceof Phone.Ntfy ntfy) {
            return "a push by " + ntfy.server();
        }
        return phone instanceof Phone.MqttApp ? "an MQTT app" : "Home Assistant, by discovery";
    }

    private static Said text(String text) {
        return new Said.Text("  - " + text);
    }
}
