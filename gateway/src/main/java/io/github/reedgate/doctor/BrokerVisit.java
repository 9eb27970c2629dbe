package io.github.reedgate.doctor;

import io.github.reedgate.link.BrokerTrial;
import io.github.reedgate.link.CredentialSource;
import io.github.reedgate.link.LinkException;
import io.github.reedgate.link.Refusals;
import io.github.reedgate.message.Topics;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Logs in at the broker with a client id of its own and tries one topic, which it leaves empty. Used by one thread at a time;
 * close it when all is done.
 */
final class BrokerVisit implements AutoCloseable {

    private final Broker broker;
    private final CredentialSource credentials;
    private final Topics topics;
    private final String mark;
    private @Nullable BrokerTrial trial;
    private final PacketLimit packets;
    private BrokerTrial.Granted granted = new BrokerTrial.Granted(true, 1, Integer.MAX_VALUE);
    private boolean wrote;
    private boolean mayRead;
    private boolean sawRetained;

    /**
     * Ready to go.
     *
     * @param broker where, with a client id that nobody else uses
     * @param credentials as whom
     * @param topics of the gateway
     * @param mark a text nobody else would send
     * @param packets what the gateway sends
     */
    BrokerVisit(Broker broker, CredentialSource credentials, Topics topics, String mark, PacketLimit packets) {
        this.broker = broker;
        this.credentials = credentials;
        this.topics = topics;
        this.mark = mark;
        this.packets = packets;
    }

    /** Logs in. */
    Finding login() throws InterruptedException, GeneralSecurityException {
        try {
            connected();
            String who = new LoginVerdict(broker).who();
            if (granted.maximumQos() == 0) {
                return Finding.fail(
                        CheckName.LOGIN,
                        "the broker takes QoS 0 only, or messages would get lost",
                        "allow QoS 1 in the broker's configuration (mosquitto: max_qos 2)");
            }
            Optional<Finding> tooSmall = packets.judge(granted.maximumPacketBytes());
            return tooSmall.isPresent()
                    ? tooSmall.get()
                    : Finding.ok(
                            CheckName.LOGIN,
                            who + " is let in, as client " + broker.settings().clientId());
        } catch (LinkException e) {
            return new LoginVerdict(broker).judge(e);
        }
    }

    private BrokerTrial connected() throws LinkException, InterruptedException {
        BrokerTrial known = trial;
        if (known != null) {
            return known;
        }
        BrokerTrial fresh = new BrokerTrial(broker.settings(), credentials);
        trial = fresh;
        // TCP, TLS and CONNACK have a limit each
        granted = fresh.connect(broker.limit().multipliedBy(3));
        return fresh;
    }

    /** Writes to the topic, retained if the broker keeps such messages. */
    Finding publish() throws InterruptedException {
        try {
            BrokerTrial link = connected();
            BrokerTrial.Answer answer = link.publish(topics.doctor(), kept(), granted.retain(), broker.limit());
            wrote = answer.isGranted();
            return judgePublish(answer);
        } catch (LinkException e) {
            return Finding.failed(CheckName.PUBLISH, String.valueOf(e.getMessage()));
        }
    }

    private String kept() {
        return mark + " kept";
    }

    private Finding judgePublish(BrokerTrial.Answer answer) {
        if (answer.isGranted()) {
            return Finding.ok(CheckName.PUBLISH, topics.doctor() + " was acknowledged");
        }
        String who = new LoginVerdict(broker).who();
        return Finding.fail(
                CheckName.PUBLISH,
                "the broker refused a message on " + topics.doctor() + ": " + words(answer),
                answer.isForbidden()
                        ? "have its access rules let " + who + " write below " + topics.root()
                                + "; mosquitto, in the acl_file below the user: topic write " + topics.root() + "/#"
                        : Refusals.publish(answer.code(), who, "topic_prefix"));
    }

    /** Subscribes to the topic and waits for a message of its own. */
    Finding subscribe() throws InterruptedException {
        try {
            BrokerTrial link = connected();
            BrokerTrial.Answer answer = link.subscribe(topics.doctor(), broker.limit());
            if (!answer.isGranted()) {
                return denied(
                        "the broker refused the subscription to " + topics.doctor() + ": " + words(answer),
                        answer.isForbidden()
                                ? rules()
                                : Refusals.subscription(answer.code(), new LoginVerdict(broker).who(), "topic_prefix"));
            }
            String live = mark + " live";
            link.publish(topics.doctor(), live, false, broker.limit());
            mayRead = arrives(link, live);
            return mayRead
                    ? Finding.ok(CheckName.SUBSCRIBE, "what was sent to " + topics.doctor() + " came back")
                    : denied(
                            "what was sent to " + topics.doctor() + " did not come back within "
                                    + broker.limit().toSeconds() + " s, although the subscription was granted",
                            rules());
        } catch (LinkException e) {
            return Finding.failed(CheckName.SUBSCRIBE, String.valueOf(e.getMessage()));
        }
    }

    private static Finding denied(String seen, String fix) {
        return Finding.warn(CheckName.SUBSCRIBE, seen + "; the gateway can't find out what a broker forgot", fix);
    }

    private String rules() {
        return "have its access rules let " + new LoginVerdict(broker).who() + " read " + topics.watermark() + " and "
                + topics.doctor() + "; mosquitto, in the acl_file below the user: topic read " + topics.diagnostics()
                + "/#";
    }

    private boolean arrives(BrokerTrial link, String payload) throws InterruptedException {
        long limitNanos = broker.limit().toNanos();
        long deadlineNanos = System.nanoTime() + limitNanos;
        for (long left = limitNanos; left > 0; left = deadlineNanos - System.nanoTime()) {
            Optional<BrokerTrial.Arrival> message = link.next(Duration.ofNanos(left));
            sawRetained |= message.filter(BrokerTrial.Arrival::retained)
                    .filter(arrival -> arrival.payload().equals(kept()))
                    .isPresent();
            if (message.filter(arrival -> arrival.payload().equals(payload)).isPresent()) {
                return true;
            }
        }
        return false;
    }

    /** Whether the message that was sent before the subscription came as a retained one. */
    Finding retain() throws InterruptedException {
        String fix = "switch retained messages on in the broker's configuration (mosquitto: retain_available true):"
                + " states and availability need them";
        if (!granted.retain()) {
            return Finding.fail(CheckName.RETAIN, "the broker keeps no retained messages, it says so itself", fix);
        }
        BrokerTrial link = trial;
        if (!mayRead || link == null) {
            return Finding.skipped(CheckName.RETAIN, topics.doctor() + " can't be read back");
        }
        return sawRetained || arrives(link, kept())
                ? Finding.ok(CheckName.RETAIN, "the broker keeps the last value of a topic")
                : Finding.fail(CheckName.RETAIN, "a retained message on " + topics.doctor() + " was not kept", fix);
    }

    private static String words(BrokerTrial.Answer answer) {
        return String.format(
                Locale.ROOT,
                "%s (0x%02X)",
                answer.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                answer.code());
    }

    /** Empties the topic and leaves. */
    @Override
    public void close() {
        BrokerTrial link = trial;
        if (link == null) {
            return;
        }
        try (link) {
            if (wrote && granted.retain()) {
                link.publish(topics.doctor(), "", true, broker.limit());
            }
        } catch (LinkException e) {
            wrote = false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
