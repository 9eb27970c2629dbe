package io.github.reedgate.wizard;

import java.util.List;
import java.util.Optional;

/**
 * Which broker the gateway is going to use. Immutable. Holds the password, so it is never printed.
 *
 * @param isHere true if it is set up on this machine; the rest is empty then
 * @param url where it is
 * @param user the user name; empty if it wants none
 * @param password the password; empty if there is none
 * @param ca PEM file with the authority that signed its certificate, if that is an own one
 * @param insecure true if clear text to another machine is allowed
 */
public record BrokerChoice(
        boolean isHere, String url, String user, String password, Optional<String> ca, boolean insecure) {

    /**
     * The keys below {@code broker} that belong to one broker and go when another one is chosen: the id, the certificate and
     * the account that it knows. The times of the connection stay, because they fit the network of the gateway.
     */
    public static final List<String> FORMER_KEYS = List.of("client_id", "certificate_file", "key_file", "viewer");

    /** The one on this machine. */
    public static final BrokerChoice HERE = new BrokerChoice(true, "", "", "", Optional.empty(), false);

    /** One elsewhere, of which nothing is known yet. */
    public static final BrokerChoice ELSEWHERE = new BrokerChoice(false, "", "", "", Optional.empty(), false);

    BrokerChoice withUrl(String given) {
        return new BrokerChoice(isHere, given, user, password, ca, insecure);
    }

    BrokerChoice withUser(String given) {
        return new BrokerChoice(isHere, url, given, password, ca, insecure);
    }

    BrokerChoice withPassword(String given) {
        return new BrokerChoice(isHere, url, user, given, ca, insecure);
    }

    BrokerChoice withCa(String given) {
        return new BrokerChoice(
                isHere, url, user, password, Optional.of(given).filter(file -> !file.isEmpty()), insecure);
    }

    BrokerChoice withInsecure() {
        return new BrokerChoice(isHere, url, user, password, ca, true);
    }

    @Override
    public String toString() {
        return isHere ? "a broker on this machine" : "the broker " + url;
    }
}
