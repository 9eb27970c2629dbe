package io.github.reedgate.link;

/** Why there is no connection; decides how soon the next attempt is made and how it is told. */
public enum LinkTrouble {
    /** The network, DNS or the broker's host did not answer, or the connection broke: retried with the ordinary back-off. */
    NETWORK,
    /** The broker accepted the TCP connection but did not answer CONNECT in time. */
    NO_ANSWER,
    /** The TLS handshake failed: unknown CA, wrong host name, expired or refused certificate. Retried slowly. */
    TLS,
    /** CONNACK 0x86: user name or password is wrong. Retried slowly. */
    BAD_CREDENTIALS,
    /** CONNACK 0x87, 0x8A or 0x8C: the broker does not let this user in. Retried slowly. */
    NOT_AUTHORIZED,
    /** Another client connected with the same client id. Retried slowly. */
    TAKEN_OVER,
    /** The broker refuses what is asked of it (client id 0x85, protocol 0x84, quota …). Retried slowly. */
    REFUSED,
    /** This client ended the connection, because it can't take what came in on it. Retried with the ordinary back-off. */
    UNREADABLE,
    /** A file with a secret or certificate cannot be read. Retried slowly. */
    LOCAL_FILES,
    /** The gateway itself is stopping. */
    STOPPED
}
