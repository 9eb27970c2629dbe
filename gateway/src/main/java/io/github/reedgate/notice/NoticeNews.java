package io.github.reedgate.notice;

import java.time.Duration;

/** What became of notices. Immutable. */
public sealed interface NoticeNews {

    /** The target's id. */
    String target();

    /**
     * A notice is no longer kept, for it was accepted.
     *
     * @param id the notice's number
     * @param notice the notice
     * @param proof what the server said of it, for people: never empty
     * @param messageId the server's id of it; empty if it gives none
     * @param tries how often it was sent; 1 or more
     */
    record Accepted(long id, Notice notice, String proof, String messageId, int tries) implements NoticeNews {

        @Override
        public String target() {
            return notice.target();
        }
    }

    /**
     * A notice is no longer kept, for the server takes everything but this one.
     *
     * @param id the notice's number
     * @param notice the notice
     * @param reason what the server said
     * @param tries how often it was sent
     */
    record GivenUp(long id, Notice notice, String reason, int tries) implements NoticeNews {

        @Override
        public String target() {
            return notice.target();
        }
    }

    /**
     * A target can't be told anything now; it is tried again and again.
     *
     * @param target its id
     * @param reason why, for people
     * @param waiting how many notices wait for it
     */
    record Failing(String target, String reason, int waiting) implements NoticeNews {}

    /**
     * It can be told again.
     *
     * @param target its id
     * @param outage for how long it could not
     */
    record Restored(String target, Duration outage) implements NoticeNews {}

    /**
     * Somebody has pressed a button of a notification.
     *
     * @param target the target it was sent to
     * @param incident the incident it told of
     * @param button which one
     */
    record Pressed(String target, String incident, Button button) implements NoticeNews {}

    /**
     * Notices that waited were dropped, as too many did.
     *
     * @param target the target's id
     * @param routine how many that were no alarm
     * @param alarms how many alarms
     */
    record Dropped(String target, int routine, int alarms) implements NoticeNews {}
}
