package io.github.reedgate.doctor;

import io.github.reedgate.link.BrokerSettings;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

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

    /** The host without the brackets of an IPv6 address. */
    String host() {
        String host = settings.url().getHost() == null ? "" : settings.url().getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** Host and port, for messages. */
    String server() {
        return settings.url().getHost() + ":" + settings.port();
    }

    Duration limit() {
        return settings.timing().connectTimeout();
    }

    /** The addresses that were found. */
    List<InetAddress> addresses() {
        return List.copyOf(addresses);
    }

    /** Asks for the addresses of the name; blocks for as long as the resolver does. */
    Finding dns() {
        try {
            addresses = Arrays.asList(InetAddress.getAllByName(host()));
            return Finding.ok(CheckName.DNS, host() + " is " + texts());
        } catch (UnknownHostException e) {
            return Finding.fail(
                    CheckName.DNS,
                    "no address is known for " + host(),
                    "check broker.url for a typing error; ask yourself: getent hosts " + host()
                            + "; if no name is found at all, see the nameserver in /etc/resolv.conf");
        }
    }

    private String texts() {
        return String.join(
                ", ", addresses.stream().map(InetAddress::getHostAddress).toList());
    }

    /** Connects to the port and leaves. */
    Finding tcp() {
        IOException last = new IOException("there is no address");
        for (InetAddress address : addresses.isEmpty() ? resolved() : addresses) {
            long beginNanos = System.nanoTime();
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(address, settings.port()), (int) limit().toMillis());
                long millis = (System.nanoTime() - beginNanos) / 1_000_000;
                return Finding.ok(
                        CheckName.TCP,
                        "connected to " + address.getHostAddress() + ":" + settings.port() + " in " + millis + " ms");
            } catch (IOException e) {
                last = e;
            }
        }
        return judge(last);
    }

    private List<InetAddress> resolved() {
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
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(host(), settings.port()), (int) limit().toMillis());
            socket.setSoTimeout((int) limit().toMillis());
            return socket;
        } catch (IOException e) {
            try (socket) {
                throw e;
            }
        }
    }
}
