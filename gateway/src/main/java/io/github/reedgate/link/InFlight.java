package io.github.reedgate.link;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The publishes of one connection that nobody has answered yet; sees to it that each is answered once. The only lock of the
 * link: the owner adds, the client's thread takes, and the end of the connection closes, each in any order. None of them
 * blocks under the lock.
 */
final class InFlight {

    private final Map<Long, Long> tokens = new LinkedHashMap<>();
    private long lastTicket;
    private boolean closed;

    /** Notes a publish; its ticket, or empty if the connection has ended. */
    synchronized OptionalLong add(long token) {
        if (closed) {
            return OptionalLong.empty();
        }
        lastTicket++;
        tokens.put(lastTicket, token);
        return OptionalLong.of(lastTicket);
    }

    /** Takes a publish out; true for exactly one caller, who has to answer it. */
    synchronized boolean take(long ticket) {
        return tokens.remove(ticket) != null;
    }

    /** Takes no more and hands out the tokens of all that are left, oldest first, for the caller to answer. */
    synchronized List<Long> close() {
        closed = true;
        List<Long> left = List.copyOf(tokens.values());
        tokens.clear();
        return left;
    }
}
