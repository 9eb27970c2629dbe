package io.github.reedgate.testbroker;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a {@link TestBroker} is set up. Immutable; begin with {@link #plain()} or {@link #tls} and refine.
 *
 * @param ports the transports it listens on, each with its port; 0 for a free one
 * @param identity the server's certificate, needed for the transports with TLS
 * @param clientAuthorityFile if given, each client has to show a certificate signed by this authority (PEM file)
 * @param anonymous whether clients without user name are let in; they may do everything
 * @param accounts the users
 * @param maximumPacketBytes the largest packet taken, told to clients in CONNACK; 0 for no limit
 * @param bindAddress the address it listens on; loopback unless others on the network are to reach it
 * @param careful whether every change is on disk soon, if that can be chosen; it makes mosquitto slow
 */
public record BrokerOptions(
        Map<Transport, Integer> ports,
        Optional<Identity> identity,
        Optional<Path> clientAuthorityFile,
        boolean anonymous,
        List<Account> accounts,
        int maximumPacketBytes,
        InetAddress bindAddress,
        boolean careful) {

    /** Checks that TLS has a certificate, and copies. */
    public BrokerOptions {
        if (ports.isEmpty()) {
            throw new IllegalArgumentException("the broker needs at least one transport");
        }
        if (identity.isEmpty() && ports.keySet().stream().anyMatch(Transport::usesTls)) {
            throw new IllegalArgumentException("a transport with TLS needs the server's certificate and key");
        }
        ports = new EnumMap<>(ports);
        accounts = List.copyOf(accounts);
    }

    /** Clear text MQTT on a free port, everybody let in. */
    public static BrokerOptions plain() {
        return new BrokerOptions(
                Map.of(Transport.MQTT, 0),
                Optional.empty(),
                Optional.empty(),
                true,
                List.of(),
                0,
                Ports.LOOPBACK,
                true);
    }

    /** MQTT over TLS on a free port, everybody let in. */
    public static BrokerOptions tls(Identity identity) {
        return new BrokerOptions(
                Map.of(Transport.MQTTS, 0),
                Optional.of(identity),
                Optional.empty(),
                true,
                List.of(),
                0,
                Ports.LOOPBACK,
                true);
    }

    /** Listens on one more transport; port 0 for a free one. */
    public BrokerOptions with(Transport transport, int port) {
        Map<Transport, Integer> more = new EnumMap<>(ports);
        more.put(transport, port);
        return new BrokerOptions(
                more, identity, clientAuthorityFile, anonymous, accounts, maximumPacketBytes, bindAddress, careful);
    }

    /** Adds a user; anonymous clients are refused from then on. */
    public BrokerOptions with(Account account) {
        List<Account> more =
                Stream.concat(accounts.stream(), Stream.of(account)).toList();
        return new BrokerOptions(
                ports, identity, clientAuthorityFile, false, more, maximumPacketBytes, bindAddress, careful);
    }

    /** Lets clients without user name in, or not. */
    public BrokerOptions withAnonymous(boolean allowed) {
        return new BrokerOptions(
                ports, identity, clientAuthorityFile, allowed, accounts, maximumPacketBytes, bindAddress, careful);
    }

    /** Demands client certificates signed by the authority in this PEM file on the transports with TLS. */
    public BrokerOptions withClientAuthority(Path file) {
        return new BrokerOptions(
                ports, identity, Optional.of(file), anonymous, accounts, maximumPacketBytes, bindAddress, careful);
    }

    /** Limits the size of a packet. */
    public BrokerOptions withMaximumPacketBytes(int bytes) {
        return new BrokerOptions(
                ports, identity, clientAuthorityFile, anonymous, accounts, bytes, bindAddress, careful);
    }

    /** Listens on this address instead of loopback; the wildcard address stands for all. */
    public BrokerOptions withBindAddress(InetAddress address) {
        return new BrokerOptions(
                ports, identity, clientAuthorityFile, anonymous, accounts, maximumPacketBytes, address, careful);
    }

    /** Leaves the disk alone until it ends, where that can be chosen: for measuring. */
    public BrokerOptions careless() {
        return new BrokerOptions(
                ports, identity, clientAuthorityFile, anonymous, accounts, maximumPacketBytes, bindAddress, false);
    }
}
