package io.github.reedgate.config;

import io.github.reedgate.link.HostPort;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** Tells hosts that are this machine from all others, without asking DNS. */
public final class Loopback {

    private static final Pattern V4 = Pattern.compile("127(\\.(0|[1-9][0-9]{0,2})){3}");

    private Loopback() {}

    /** The host of a URL as {@link #isLoopback} takes it: an IPv6 address in brackets; empty if there is none. */
    public static String hostOf(URI url) {
        return HostPort.of(url).shown();
    }

    /**
     * True for {@code localhost}, 127.0.0.0/8 and ::1; false for every other name, whatever it resolves to.
     *
     * @param host as in {@link java.net.URI#getHost()}: an IPv6 address in brackets
     */
    public static boolean isLoopback(String host) {
        if (host.equalsIgnoreCase("localhost") || V4.matcher(host).matches()) {
            return true;
        }
        if (!host.startsWith("[")) {
            return false;
        }
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
