package io.github.reedgate.notify;

import io.github.reedgate.link.HostPort;
import io.github.reedgate.notice.Button;
import io.github.reedgate.notice.NoticeTarget;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Somebody who is told, and how. Immutable.
 *
 * @param rules what it is told, and when
 * @param kind in which form
 * @param access where, and with what secrets
 * @param timeout how long one attempt may take, from the look-up of the name to the last byte that matters
 * @param late the age from which a notice says when it happened
 * @param taps what its notifications offer
 */
public record NotifyTarget(NoticeTarget rules, Kind kind, Access access, Duration timeout, Duration late, Taps taps) {

    /** True if whoever reads the configuration knows where to read or send notifications: a topic in it, or a webhook's address. */
    public boolean hasSecretInConfiguration() {
        return kind == Kind.WEBHOOK || access.topic().isPresent();
    }

    /** In which form a target is told. */
    public enum Kind {
        /** An ntfy server: a message on a topic. */
        NTFY,
        /** Any server that takes the event as JSON. */
        WEBHOOK;

        /** The word in the configuration. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Where a target is reached. Nothing of it but host and port is for logs: path and topic can be secrets.
     *
     * @param url the server; for a webhook the whole address
     * @param topic ntfy's topic, if it stands in the configuration
     * @param topicFile the file that has it otherwise
     * @param tokenFile the file with the access token, if one is wanted
     * @param caFile the authorities to trust instead of the system's
     */
    public record Access(
            URI url,
            Optional<String> topic,
            Optional<Path> topicFile,
            Optional<Path> tokenFile,
            Optional<Path> caFile) {

        /**
         * A place at the same server, with the query of the url behind the own one: a proxy or ntfy itself may want it.
         *
         * @param path from the root on, with its slash
         * @param query what is asked; empty for nothing
         */
        URI at(String path, String query) {
            String given = url.getRawQuery() == null ? "" : url.getRawQuery();
            String both = query.isEmpty() || given.isEmpty() ? query + given : query + "&" + given;
            return URI.create(
                    url.getScheme() + "://" + url.getRawAuthority() + path + (both.isEmpty() ? "" : "?" + both));
        }

        /** Host and port, for logs and events. */
        public String place() {
            HostPort place = HostPort.of(url);
            return place.shown() + (place.port() < 0 ? "" : ":" + place.port());
        }

        @Override
        public String toString() {
            return "Access[" + place() + "]";
        }
    }

    /**
     * What an ntfy notification offers.
     *
     * @param open what a tap on it opens, if anything
     * @param replyTopic the topic to which its buttons write, if it has some
     * @param disarms whether one of them disarms
     */
    public record Taps(Optional<URI> open, Optional<String> replyTopic, boolean disarms) {

        /** Nothing. */
        public static final Taps NONE = new Taps(Optional.empty(), Optional.empty(), false);

        /** The buttons of an alarm; empty if it has none. */
        public Set<Button> buttons() {
            if (replyTopic.isEmpty()) {
                return Set.of();
            }
            return disarms ? EnumSet.allOf(Button.class) : EnumSet.of(Button.ACKNOWLEDGE);
        }

        @Override
        public String toString() {
            return "Taps[" + (open.isPresent() ? "open " : "") + buttons() + "]";
        }
    }

    /** The target's id. */
    public String id() {
        return rules.id();
    }
}
