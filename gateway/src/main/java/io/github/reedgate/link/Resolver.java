package io.github.reedgate.link;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** The port to the name service. Blocks for as long as that does. */
@FunctionalInterface
public interface Resolver {

    /** The system's. */
    Resolver SYSTEM = host -> List.of(InetAddress.getAllByName(host));

    /**
     * The addresses of a host, the preferred one first.
     *
     * @param host a name or an address
     * @throws UnknownHostException if there are none
     */
    List<InetAddress> resolve(String host) throws UnknownHostException;
}
