package io.github.reedgate.doctor;

import io.github.reedgate.link.Addresses;
import io.github.reedgate.link.BrokerSettings;
import io.github.reedgate.link.Dialer;
import io.github.reedgate.link.HostPort;
import io.github.reedgate.link.Resolver;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The way to the broker: its name and its port. Used by one thread. */
final class Broker {

    private final BrokerSettings settings;
    private List<InetAddress> addresses = List.of();

    Broker(BrokerSettings settings) {
        this.settings = settings;
    }

    BrokerSettings settings() {
        return settings;
    }

    /** The host without the brackets of an IPv6 address, and without its zone. */
    String host() {
        return HostPort.of(settings.url()).name();
    }

    /** Host and port, for messages. */
    String server() {
        return settings.server();
    }

    Duration limit() {
        return settings.timing().connectTimeout();
    }

    /** The addresses that were found. */
    List<InetAddress> addresses() {
        return List.copyOf(addresses);
    }

    /** Asks for the addresses of the name; blocks for the time limit at most. */
    Finding dns() throws InterruptedException {
        String host = HostPort.of(settings.url()).host();
        try {
            addresses = lookUp();
            return Finding.ok(CheckName.DNS, host + " is " + texts());
        } catch (UnknownHostException e) {
            if (host.contains("%")) {
                return Finding.fail(
                        CheckName.DNS,
                        "no address is known for " + host,
                        "what follows the % is a network interface of this machine: see them with ip link");
            }
            return Finding.fail(
                    CheckName.DNS,
                    String.valueOf(e.getMessage()).startsWith("the name service")
                            ? String.valueOf(e.getMessage())
                            : "no address is known for " + host,
                    "check broker.url for a typing error; ask yourself: getent hosts " + host
                            + "; if no name is found at all, see the nameserver in /etc/resolv.conf");
        }
    }

    private List<InetAddress> lookUp() throws UnknownHostException, InterruptedException {
        return new Addresses(Resolver.SYSTEM, HostPort.of(settings.url())).await(limit());
    }

    private String texts() {
        return String.join(
                ", ", addresses.stream().map(InetAddress::getHostAddress).toList());
    }

    /** Connects to the port of each address and leaves; all is well if one of them accepts. */
    Finding tcp() throws InterruptedException {
        List<String> answers = new ArrayList<>();
        Map<InetAddress, IOException> dead = new LinkedHashMap<>();
        for (InetAddress address : addresses.isEmpty() ? resolved() : addresses) {
            long beginNanos = System.nanoTime();
            Dialer.Dialled dialled = Dialer.dial(List.of(address), settings.port(), share());
            try (Socket socket = dialled.socket()) {
                if (socket != null) {
                    long millis = (System.nanoTime() - beginNanos) / 1_000_000;
                    answers.add(shown(address) + " in " + millis + " ms");
                } else {
                    dead.put(
                            address, dialled.failures().getOrDefault(address, new SocketTimeoutException("no answer")));
                }
            } catch (IOException e) {
                dead.put(address, e);
            }
        }
        if (answers.isEmpty()) {
            return judge(
                    dead.values().stream().reduce((one, next) -> next).orElse(new IOException("there is no address")));
        }
        String seen = "connected to " + String.join(", ", answers);
        return dead.isEmpty()
                ? Finding.ok(CheckName.TCP, seen)
                : Finding.ok(
                        CheckName.TCP,
                        seen + "; not to "
                                + String.join(
                                        ", ",
                                        dead.keySet().stream().map(this::shown).toList())
                                + ", which the gateway passes over");
    }

    /** All addresses together take no longer than one may. */
    private Duration share() {
        return limit().dividedBy(Math.max(1, addresses.size()));
    }

    private String shown(InetAddress address) {
        String text = address.getHostAddress();
        return (text.contains(":") ? "[" + text + "]" : text) + ":" + settings.port();
    }

    private List<InetAddress> resolved() throws InterruptedException {
        dns();
        return addresses;
    }

    private Finding judge(IOException failure) {
        String port = String.valueOf(settings.port());
        if (failure instanceof SocketTimeoutException || failure instanceof NoRouteToHostException) {
            return Finding.fail(
                    CheckName.TCP,
                    server() + " does not answer",
                    "is the broker's machine up, and does its firewall let the port through? There: sudo ufw allow "
                            + port + "/tcp");
        }
        if (failure instanceof ConnectException) {
            return Finding.fail(
                    CheckName.TCP,
                    "nothing listens at " + server() + " ("
                            + String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT) + ")",
                    "start the broker and see which ports it has (there: sudo ss -ltnp), and correct the port in"
                            + " broker.url");
        }
        return Finding.fail(
                CheckName.TCP, server() + " can't be reached: " + failure.getMessage(), "check the network: ip route");
    }

    /** A connected socket that gives up reading after the time limit; the caller closes it. */
    Socket connect() throws IOException {
        try {
            Dialer.Dialled dialled = Dialer.dial(addresses.isEmpty() ? lookUp() : addresses, settings.port(), limit());
            Socket socket = dialled.socket();
            if (socket == null) {
                throw dialled.failures().values().stream()
                        .findFirst()
                        .orElseGet(() -> new SocketTimeoutException("no address answered in time"));
            }
            socket.setSoTimeout((int) limit().toMillis());
            return socket;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
