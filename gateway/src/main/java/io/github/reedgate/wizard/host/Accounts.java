package io.github.reedgate.wizard.host;

import io.github.reedgate.config.Config;
import io.github.reedgate.wizard.BrokerChoice;
import io.github.reedgate.wizard.Draft;
import io.github.reedgate.wizard.Outcome;
import io.github.reedgate.wizard.Outcome.Wrong;
import io.github.reedgate.wizard.Phone;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes accounts at the broker on this machine. Used by one thread.
 *
 * @param broker sets it up
 */
record Accounts(BrokerHere broker) {

    /** Options of the program for topics that are not the usual ones: its rules have to fit the gateway's. */
    private static List<String> prefixes(Config config) {
        List<String> options = new ArrayList<>();
        if (!config.topicPrefix().equals("reedgate")) {
            options.addAll(List.of("--prefix", config.topicPrefix()));
        }
        if (!config.monitorPrefix().equals("reedgate-monitor")) {
            options.addAll(List.of("--monitor-prefix", config.monitorPrefix()));
        }
        return options;
    }

    /**
     * Makes the accounts that are wanted; sets the broker up if that was chosen. Blocks for minutes.
     *
     * @param present the configuration so far
     */
    Outcome make(Draft draft, Optional<Config> present) throws InterruptedException {
        String id = present.map(Config::gatewayId).orElse(draft.id());
        if (draft.broker().filter(BrokerChoice::isHere).isPresent()) {
            boolean isHomeServer = draft.phones().stream().anyMatch(Phone.HomeAssistant.class::isInstance);
            List<String> readers = isHomeServer ? List.of("phone", "homeassistant") : List.of("phone");
            return broker.setUp(id, readers, present.map(Accounts::prefixes).orElse(List.of()));
        }
        if (draft.broker().isEmpty()
                && broker.isThere()
                && present.filter(Config::isBrokerHere).isPresent()) {
            for (Phone phone : draft.phones()) {
                Outcome added = phone instanceof Phone.MqttApp app
                        ? broker.add(app.account())
                        : phone instanceof Phone.HomeAssistant home ? broker.add(home.account()) : new Outcome.Well();
                if (added instanceof Wrong) {
                    return added;
                }
            }
        }
        return new Outcome.Well();
    }
}
