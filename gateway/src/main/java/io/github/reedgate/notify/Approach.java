package io.github.reedgate.notify;

import io.github.reedgate.link.HostPort;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * A server as a URL names it, and how a request for it is written that goes to one of its addresses. Immutable.
 *
 * @param url the URL, http or https
 * @param place its host, and its port or the usual one
 */
record Approach(URI url, HostPort place) {

    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final Pattern V4 = Pattern.compile("[0-9.]+");

    /** What a URL says. */
    static Approach of(URI url) {
        HostPort written = HostPort.of(url);
        return new Approach(url, new HostPort(written.host(), written.port() < 0 ? usual(url) : written.port()));
    }

    private static int usual(URI url) {
        return url.getScheme().equals("https") ? HTTPS : HTTP;
    }

    /** The value of the header Host: the name in the URL, its port if it is not the usual one. */
    String hostHeader() {
        String name = new HostPort(place.name(), place.port()).shown();
        return place.port() == usual(url) ? name : name + ":" + place.port();
    }

    /** The name to which the server's certificate has to belong; an address without brackets. */
    String certificateName() {
        String name = place.name();
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    /** True if the server is spoken to with TLS. */
    boolean isTls() {
        return url.getScheme().equals("https");
    }

    /** True if a host without brackets is an address, which is not sent as a name. */
    static boolean isAddress(String host) {
        return host.contains(":") || V4.matcher(host).matches();
    }

    /** The URL with an address in the place of the host. */
    URI at(InetAddress address) {
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        return URI.create(url.getScheme() + "://" + literal(address) + ":" + place.port() + url.getRawPath() + query);
    }

    private static String literal(InetAddress address) {
        if (!(address instanceof Inet6Address wide)) {
            return address.getHostAddress();
        }
        try {
            // by number, as the names of some interfaces do not fit into a URI
            String zone = wide.getScopeId() == 0 ? "" : "%" + wide.getScopeId();
            return "[" + InetAddress.getByAddress(wide.getAddress()).getHostAddress() + zone + "]";
        } catch (UnknownHostException e) {
            throw new IllegalStateException("the address has a wrong length", e);
        }
    }
}
