package io.github.reedgate.wizard;

import io.github.reedgate.setup.SensorPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is known so far of what is going to be written. Immutable.
 *
 * @param gatewayId the gateway's id, if it was given or is there already
 * @param gatewayName its name for people, if it was given
 * @param broker the broker; empty if it is not chosen yet, or the present one stays
 * @param brokerDone true if there is nothing more to ask about the broker
 * @param doors the new sensors, in order
 * @param doorsDone true if there are no more
 * @param phones the new ways to a phone, in order
 * @param phonesDone true if there are no more
 */
public record Draft(
        Optional<String> gatewayId,
        Optional<String> gatewayName,
        Optional<BrokerChoice> broker,
        boolean brokerDone,
        List<SensorPlan> doors,
        boolean doorsDone,
        List<Phone> phones,
        boolean phonesDone) {

    /** Nothing is known. */
    public static final Draft EMPTY =
            new Draft(Optional.empty(), Optional.empty(), Optional.empty(), false, List.of(), false, List.of(), false);

    /** Copies the lists. */
    public Draft {
        doors = List.copyOf(doors);
        phones = List.copyOf(phones);
    }

    /** The id under which the gateway is going to be known. */
    public String id() {
        return gatewayId
                .or(() -> broker.map(BrokerChoice::user).filter(user -> user.matches("[a-z0-9_-]{1,32}")))
                .orElse("home");
    }

    Draft withId(String id) {
        return new Draft(Optional.of(id), gatewayName, broker, brokerDone, doors, doorsDone, phones, phonesDone);
    }

    Draft withBroker(Optional<BrokerChoice> chosen) {
        return new Draft(gatewayId, gatewayName, chosen, true, doors, doorsDone, phones, phonesDone);
    }

    Draft withDoor(SensorPlan door) {
        List<SensorPlan> more = new ArrayList<>(doors);
        more.add(door);
        return new Draft(gatewayId, gatewayName, broker, brokerDone, more, doorsDone, phones, phonesDone);
    }

    Draft withoutMoreDoors() {
        return new Draft(gatewayId, gatewayName, broker, brokerDone, doors, true, phones, phonesDone);
    }

    Draft withPhone(Phone phone) {
        List<Phone> more = new ArrayList<>(phones);
        more.add(phone);
        return new Draft(gatewayId, gatewayName, broker, brokerDone, doors, doorsDone, more, phonesDone);
    }

    Draft withoutMorePhones() {
        return new Draft(gatewayId, gatewayName, broker, brokerDone, doors, doorsDone, phones, true);
    }

    /** Only what a later run is asked to change is still open. */
    Draft only(boolean broker, boolean doors, boolean phones) {
        return new Draft(gatewayId, gatewayName, this.broker, !broker, this.doors, !doors, this.phones, !phones);
    }
}
