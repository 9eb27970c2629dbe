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

    private Texts() {}

    /**
     * How the gateway reaches its broker.
     *
     * @param url where it is
     * @param user the user name, if it wants one
     * @param hasPassword true if there is a password
     * @param hasCa true if there is an own authority
     * @param insecure true if clear text to another machine is allowed
     */
    record Access(String url, Optional<String> user, boolean hasPassword, boolean hasCa, boolean insecure) {

        static Access of(BrokerChoice broker) {
            return new Access(
                    broker.url(),
                    Optional.of(broker.user()).filter(user -> !user.isEmpty()),
                    !broker.password().isEmpty(),
                    broker.ca().isPresent(),
                    broker.insecure());
        }
    }

    /** A new configuration. */
    static String fresh(Draft draft, Access access, boolean simulate, boolean isElsewhere) throws SetupException {
        Plan plan = new Plan(
                draft.id(),
                draft.gatewayName(),
                new Plan.Broker(access.url(), access.user(), access.hasPassword(), access.hasCa(), access.insecure()),
                draft.doors());
        String text = plan.text();
        if (isElsewhere) {
            text = YamlEdit.set(text, List.of("state_dir"), "reedgate-state");
        }
        if (simulate) {
            text = YamlEdit.set(text, List.of("gpio", "provider"), "simulator");
        }
        return phones(text, draft);
    }

    /** The present configuration with what is added. */
    static String extended(String present, Draft draft, Optional<Access> access) throws SetupException {
        String text = present;
        if (access.isPresent()) {
            text = broker(text, access.get());
        }
        for (SensorPlan door : draft.doors()) {
            text = YamlEdit.add(text, "sensors", door.entry());
        }
        return phones(text, draft);
    }

    private static String broker(String present, Access access) throws SetupException {
        String text = YamlEdit.set(present, List.of(BROKER, "url"), quoted(access.url()));
        text = access.user().isPresent()
                ? YamlEdit.set(
                        text, List.of(BROKER, "user"), quoted(access.user().get()))
                : YamlEdit.remove(text, BROKER, "user");
        text = access.hasPassword()
                ? YamlEdit.set(text, List.of(BROKER, "password_file"), Plan.PASSWORD_FILE.toString())
                : YamlEdit.remove(text, BROKER, "password_file");
        text = access.hasCa()
                ? YamlEdit.set(text, List.of(BROKER, "ca_file"), Plan.CA_FILE.toString())
                : YamlEdit.remove(text, BROKER, "ca_file");
        return access.insecure()
                ? YamlEdit.set(text, List.of(BROKER, "insecure"), "true")
                : YamlEdit.remove(text, BROKER, "insecure");
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
        lines.add("  url: " + quoted(ntfy.server()));
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

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
