package io.github.reedgate.monitor.app;

import io.github.reedgate.link.LinkTrouble;
import io.github.reedgate.monitor.link.SessionEvents;
import io.github.reedgate.monitor.record.Delivery;

/**
 * Hands what happens to the session to the recorder and to the supervision. The recorder acknowledges messages once they are
 * stored; the supervision hears them at once. What the supervision can't take is not acknowledged, so it comes again. Immutable.
 *
 * @param recorder stores
 * @param supervision judges
 */
record SessionEars(RecorderThread recorder, SupervisionThread supervision) implements SessionEvents {

    @Override
    public void up(boolean sessionPresent) {
        recorder.up(sessionPresent);
        supervision.up(sessionPresent);
    }

    @Override
    public void received(Delivery delivery) {
        String topic = delivery.topic();
        if (recorder.isAnswer(topic)) {
            recorder.received(delivery);
            return;
        }
        if (supervision.received(delivery) && !supervision.isProbe(topic)) {
            recorder.received(delivery);
        }
    }

    @Override
    public void down(boolean wasUp, LinkTrouble trouble, String message) {
        recorder.down(wasUp, trouble, message);
        if (wasUp) {
            supervision.down();
        }
    }
}
