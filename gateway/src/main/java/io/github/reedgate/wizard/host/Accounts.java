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
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Makes accounts at the broker on this machine, and knows which it has made. Used by one thread. */
final class Accounts {

    private final BrokerHere broker;
    private final Set<String> made = new TreeSet<>();
    private boolean isNew;
    private boolean isBrokenOff;

    /** Of a broker. */
    Accounts(BrokerHere broker) {
        this.broker = broker;
    }

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
        Set<String> before = broker.accounts();
        boolean wasThere = broker.isThere();
        isBrokenOff = true;
        Outcome outcome = made(draft, present);
        isBrokenOff = false;
        Set<String> now = new TreeSet<>(broker.accounts());
        now.removeAll(before);
        made.addAll(now);
        isNew |= !wasThere && broker.isThere();
        return outcome;
    }

    private Outcome made(Draft draft, Optional<Config> present) throws InterruptedException {
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

    /** What this has done at the broker and how to undo it, as sentences; empty if it has done nothing. */
    List<String> remains() {
        if (isBrokenOff) {
            return List.of("The work at the broker on this machine was broken off. What is set up there: sudo"
                    + " reedgate-broker status. Another run of setup goes on with it.");
        }
        String names = made.isEmpty() ? "" : " with the accounts " + String.join(", ", made);
        if (isNew) {
            return List.of("The broker on this machine stays set up" + names
                    + ". To undo that: docs/brokers.md, 'To undo everything'");
        }
        if (made.isEmpty()) {
            return List.of();
        }
        String undo =
                made.stream().map(name -> "sudo reedgate-broker remove " + name).collect(Collectors.joining("; "));
        return List.of("The broker on this machine keeps the new accounts " + String.join(", ", made)
                + ". To undo that: " + undo);
    }
}
