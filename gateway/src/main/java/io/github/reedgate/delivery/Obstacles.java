package io.github.reedgate.delivery;

import io.github.reedgate.link.LinkEvent;
import io.github.reedgate.link.PublishOutcome;
import io.github.reedgate.message.Message;
import io.github.reedgate.message.QoS;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a broker does not take, and what waits because of that: topics that it refuses are paused; a message that it refuses is
 * judged by {@link Refused}, and one for which it closes the connection by {@link Suspicion}. Owned by the loop thread; time is
 * an argument.
 */
final class Obstacles {

    private final Parking parking;
    private final Duration parkTime;
    private final Refused refused;
    private final Suspicion suspicion;
    private final List<SetAside> aside = new ArrayList<>();
    private final Set<String> held = new HashSet<>();
    private long refusals;

    Obstacles(Duration parkTime, String alarmTopic) {
        this.parkTime = parkTime;
        this.parking = new Parking(parkTime);
        this.suspicion = new Suspicion(alarmTopic);
        this.refused = new Refused(alarmTopic);
    }

    Parking parking() {
        return parking;
    }

    Suspicion suspicion() {
        return suspicion;
    }

    /** Whether what waits on a topic is held back. */
    boolean holds(String topic) {
        return held.contains(topic) || parking.holds(topic) || suspicion.holds(topic);
    }

    /** Whether a topic is held back for a reason of the gateway's own. */
    boolean isHeld(String topic) {
        return held.contains(topic);
    }

    /** Holds back what waits on a topic, or lets it go; true if it was held back until now. */
    boolean hold(String topic, boolean on) {
        if (on) {
            held.add(topic);
            return false;
        }
        return held.remove(topic);
    }

    /** There is a connection. */
    void connected(long nowNanos) {
        refused.connected();
        suspicion.connected(nowNanos);
    }

    /** A connection has ended; gives what is set aside because of that. */
    Optional<OnTheWay.Sent> lost(List<OnTheWay.Sent> unanswered) {
        Optional<OnTheWay.Sent> convicted = suspicion.lost(unanswered);
        convicted.ifPresent(sent -> setAside(closes(sent.message())));
        return convicted;
    }

    private static SetAside closes(Message message) {
        return new SetAside(
                message,
                SetAside.Why.CONNECTION_CLOSED,
                Suspicion.STRIKES,
                "the broker closes the connection for a message of "
                        + message.payload().length() + " characters on " + message.topic()
                        + " and not without it; allow larger packets there, or this topic to the gateway's user, and"
                        + " see the broker's log");
    }

    private void setAside(SetAside one) {
        aside.add(one);
        parking.release(one.message().topic());
    }

    /** A message was answered, and with it what was sent before; true if what was held back may go now. */
    boolean proved(OnTheWay.Sent sent, long token, OnTheWay inFlight) {
        if (sent.message().qos() == QoS.AT_MOST_ONCE && !suspicion.isCareful()) {
            return false;
        }
        inFlight.provedBy(token).forEach(suspicion::proved);
        return suspicion.proved(sent);
    }

    /** How many refusals there were. */
    long refusals() {
        return refusals;
    }

    /** A message was accepted; gives what is set aside because of that. */
    Optional<OnTheWay.Sent> accepted(OnTheWay.Sent sent) {
        Optional<OnTheWay.Sent> other = refused.convicts(sent);
        other.ifPresent(each -> setAside(refused.giveUp(each.message().topic())));
        return other;
    }

    /**
     * What follows from a refusal.
     *
     * @param isNews whether the refusal of the topic should be reported
     * @param isGivenUp whether the message is set aside
     * @param isInDoubt whether the next one on the topic is to be tried right now
     */
    record Refusal(boolean isNews, boolean isGivenUp, boolean isInDoubt) {}

    /** A message was refused, or has no answer on a living connection. */
    Refusal refused(OnTheWay.Sent sent, LinkEvent.Published answer, long nowNanos) {
        PublishOutcome outcome = answer.outcome();
        refusals += outcome == PublishOutcome.UNKNOWN ? 0 : 1;
        Optional<SetAside> givenUp = refused.refused(sent, outcome, answer.message());
        if (givenUp.isPresent()) {
            setAside(givenUp.get());
            return new Refusal(false, true, false);
        }
        boolean isNews = parking.park(
                sent.message().topic(),
                outcome != PublishOutcome.UNKNOWN,
                nowNanos,
                refused.pause(sent, outcome, parkTime));
        return new Refusal(isNews, false, refused.isInDoubt(sent));
    }

    /** When the first try is due: a suspect's, or if others may be sent beside it a paused topic's. */
    OptionalLong deadlineNanos(boolean suspectsToo, boolean parkedToo) {
        OptionalLong suspect = suspectsToo ? suspicion.deadlineNanos() : OptionalLong.empty();
        OptionalLong parked = parkedToo ? parking.deadlineNanos() : OptionalLong.empty();
        boolean isParkedFirst =
                parked.isPresent() && (suspect.isEmpty() || parked.getAsLong() - suspect.getAsLong() < 0);
        return isParkedFirst ? parked : suspect;
    }

    /** What was set aside since this was asked last. */
    List<SetAside> takeSetAside() {
        List<SetAside> taken = List.copyOf(aside);
        aside.clear();
        return taken;
    }
}
