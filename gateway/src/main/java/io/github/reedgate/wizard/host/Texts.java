package io.github.reedgate.wizard.host;

import io.github.reedgate.setup.Plan;
import io.github.reedgate.setup.SensorPlan;
import io.github.reedgate.setup.SetupException;
import io.github.reedgate.setup.YamlEdit;
import io.github.reedgate.wizard.BrokerChoice;
import io.github.reedgate.wizard.Draft;
import io.github.reedgate.wizard.Phone;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the configuration's text: a new one, or the present one with what is added. Stateless and pure. */
final class Texts {

    private static final String BROKER = "broker";
    private static final String PASSWORD_FILE = "password_file";
    private static final String CA_FILE = "ca_file";

    private Texts() {}

    /**
     * How the gateway reaches its broker.
     *
     * @param url where it is
     * @param user the user name, if it wants one
     * @param passwordFile the file with the password, as the configuration names it, if there is a password
     * @param caFile the file with the own authority, if there is one
     * @param insecure true if clear text to another machine is allowed
     */
    record Access(
            String url,
            Optional<String> user,
            Optional<String> passwordFile,
            Optional<String> caFile,
            boolean insecure) {

        /** With files of the usual names. */
        static Access of(BrokerChoice broker) {
            return new Access(
                    broker.url(),
                    Optional.of(broker.user()).filter(user -> !user.isEmpty()),
                    Optional.of(Plan.PASSWORD_FILE.toString())
                            .filter(file -> !broker.password().isEmpty()),
                    broker.ca().map(file -> Plan.CA_FILE.toString()),
                    broker.insecure());
        }

        /** With the files that are written. */
        Access with(Optional<String> password, Optional<String> ca) {
            return new Access(url, user, password, ca, insecure);
        }
    }

    /** A new configuration. */
    static String fresh(Draft draft, Access access, boolean simulate, boolean isElsewhere) throws SetupException {
        Plan plan = new Plan(
                draft.id(),
                draft.gatewayName(),
                new Plan.Broker(
                        access.url(),
                        access.user(),
                        access.passwordFile().isPresent(),
                        access.caFile().isPresent(),
                        access.insecure()),
                draft.doors());
        String text = plan.text();
        text = files(text, access);
        if (isElsewhere) {
            text = YamlEdit.set(text, List.of("state_dir"), "reedgate-state");
        }
        if (simulate) {
            text = YamlEdit.set(text, List.of("gpio", "provider"), "simulator");
        }
        return phones(text, draft);
    }

    /**
     * The present configuration with what is added.
     *
     * @param isAnother true if the broker is another one than before: what belongs to the former goes
     */
    static String extended(String present, Draft draft, Optional<Access> access, boolean isAnother)
            throws SetupException {
        String text = present;
        if (access.isPresent()) {
            text = broker(text, access.get());
        }
        if (access.isPresent() && isAnother) {
            for (String key : BrokerChoice.FORMER_KEYS) {
                text = YamlEdit.remove(text, BROKER, key);
            }
        }
        for (SensorPlan door : draft.doors()) {
            text = YamlEdit.add(text, "sensors", door.entry());
        }
        return phones(text, draft);
    }

    private static String broker(String present, Access access) throws SetupException {
        String text = YamlEdit.set(present, List.of(BROKER, "url"), YamlEdit.quoted(access.url()));
        text = access.user().isPresent()
                ? YamlEdit.set(
                        text,
                        List.of(BROKER, "user"),
                        YamlEdit.quoted(access.user().get()))
                : YamlEdit.remove(text, BROKER, "user");
        text = access.passwordFile().isPresent() ? text : YamlEdit.remove(text, BROKER, PASSWORD_FILE);
        text = access.caFile().isPresent() ? text : YamlEdit.remove(text, BROKER, CA_FILE);
        text = files(text, access);
        return access.insecure()
                ? YamlEdit.set(text, List.of(BROKER, "insecure"), "true")
                : YamlEdit.remove(text, BROKER, "insecure");
    }

    private static String files(String present, Access access) throws SetupException {
        String text = present;
        if (access.passwordFile().isPresent()) {
            text = YamlEdit.set(
                    text, List.of(BROKER, PASSWORD_FILE), access.passwordFile().get());
        }
        return access.caFile().isPresent()
                ? YamlEdit.set(text, List.of(BROKER, CA_FILE), access.caFile().get())
                : text;
    }

    private static String phones(String present, Draft draft) throws SetupException {
        String text = present;
        for (Phone phone : draft.phones()) {
            if (phone instanceof Phone.Ntfy ntfy) {
                text = YamlEdit.add(text, "notify", target(ntfy));
            } else if (phone instanceof Phone.HomeAssistant) {
                text = YamlEdit.set(text, List.of("homeassistant", "discovery", "enabled"), "true");
            }
        }
        return text;
    }

    private static List<String> target(Phone.Ntfy ntfy) {
        List<String> lines = new ArrayList<>();
        lines.add("# A push by ntfy. The topic is a secret, so it has a file of its own.");
        lines.add(ntfy.id() + ":");
        lines.add("  type: ntfy");
        lines.add("  url: " + YamlEdit.quoted(ntfy.server()));
        lines.add("  topic_file: " + topicFile(ntfy));
        if (isClearText(ntfy.server())) {
            lines.add("  insecure: true   # clear text: everybody on the way can read it");
        }
        return lines;
    }

    /** Where the topic is, below the folder of the configuration. */
    static String topicFile(Phone.Ntfy ntfy) {
        return Plan.CREDENTIALS.resolve("notify." + ntfy.id() + ".topic").toString();
    }

    private static boolean isClearText(String server) {
        return server.startsWith("http://")
                && !List.of("localhost", "127.0.0.1")
                        .contains(String.valueOf(URI.create(server).getHost()));
    }
}
