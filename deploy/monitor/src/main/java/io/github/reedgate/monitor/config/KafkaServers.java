package io.github.reedgate.monitor.config;

import io.github.reedgate.config.BadValueException;
import io.github.reedgate.config.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One to eight servers of Kafka, each {@code HOST:PORT}, with commas. Stateless. */
final class KafkaServers implements ValueType<List<KafkaServers.Server>> {

    private static final int MOST = 8;
    private static final int HIGHEST_PORT = 65_535;
    private static final Pattern SERVER =
            Pattern.compile("([A-Za-z0-9][A-Za-z0-9.-]{0,252}|\\[[0-9A-Fa-f:.]{2,45}]):([1-9][0-9]{0,4})");

    /**
     * One server.
     *
     * @param host a name or address; one of IPv6 in brackets
     * @param port 1 to 65535
     */
    record Server(String host, int port) {

        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    @Override
    public List<Server> parse(String text) throws BadValueException {
        List<Server> servers = new ArrayList<>();
        for (String each : text.split(",", -1)) {
            Matcher matcher = SERVER.matcher(each.strip());
            if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > HIGHEST_PORT) {
                throw BadValueException.of(text, "does not name servers of Kafka", "");
            }
            servers.add(new Server(matcher.group(1), Integer.parseInt(matcher.group(2))));
        }
        if (servers.size() > MOST) {
            throw BadValueException.of(text, "names more than " + MOST + " servers", "");
        }
        return List.copyOf(servers);
    }

    @Override
    public String allowed() {
        return "1 to " + MOST + " of HOST:PORT with commas";
    }
}
