package io.github.reedgate.link;

import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Host and port of a URL. {@link URI#getHost} knows none with an underscore, though resolvers do, and leaves the zone of an
 * IPv6 address encoded (RFC 6874). Immutable.
 *
 * @param host a name or an address, without brackets, a zone behind a plain {@code %}; empty if there is none
 * @param port 0 or more; -1 if there is none
 */
public record HostPort(String host, int port) {

    private static final Pattern NAMED = Pattern.compile("([A-Za-z0-9._-]+)(?::([0-9]{1,5}))?");
    private static final String ENCODED_PERCENT = "%25";

    /** What a URL says; its user part, if it has one, is not looked at. */
    public static HostPort of(URI url) {
        String host = url.getHost();
        if (host != null && host.startsWith("[") && host.endsWith("]")) {
            return new HostPort(decoded(host.substring(1, host.length() - 1)), url.getPort());
        }
        if (host != null && !host.isEmpty()) {
            return new HostPort(host, url.getPort());
        }
        Matcher named = NAMED.matcher(url.getRawAuthority() == null ? "" : url.getRawAuthority());
        return named.matches()
                ? new HostPort(named.group(1), named.group(2) == null ? -1 : Integer.parseInt(named.group(2)))
                : new HostPort("", -1);
    }

    private static String decoded(String address) {
        int percent = address.indexOf(ENCODED_PERCENT);
        boolean isEncoded = percent >= 0 && address.length() > percent + ENCODED_PERCENT.length();
        return isEncoded
                ? address.substring(0, percent) + "%" + address.substring(percent + ENCODED_PERCENT.length())
                : address;
    }

    /** The host as certificates and servers know it: without the zone, which means something on this machine only. */
    public String name() {
        int percent = host.indexOf('%');
        return percent < 0 ? host : host.substring(0, percent);
    }

    /** The host as it stands in a URL: an IPv6 address in brackets. */
    public String shown() {
        return host.contains(":") ? "[" + host + "]" : host;
    }
}
