package io.github.reedgate.link;

/** What became of a publish. */
public enum PublishOutcome {
    /** Acknowledged with success; 0x10 (no matching subscribers) counts as success. */
    ACCEPTED,
    /** PUBACK 0x87: the broker's access rules forbid this topic to this user. */
    NOT_AUTHORIZED,
    /** Any other unsuccessful PUBACK (0x80 unspecified, 0x83, 0x90, 0x91, 0x97 quota, 0x99). */
    REJECTED,
    /** Larger than the broker takes, as it said in CONNACK, or nothing that MQTT can carry: it was not sent. */
    TOO_LARGE,
    /** No answer: the connection ended or the client failed; whether the broker has it is unknown. */
    UNKNOWN
}
