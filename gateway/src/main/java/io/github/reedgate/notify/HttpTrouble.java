package io.github.reedgate.notify;

import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;

/** What an exception of the HTTP client means, without what a hostile server may have put into it. Stateless. */
final class HttpTrouble {

    private static final int MOST_CHARS = 160;

    private HttpTrouble() {}

    static Answer.Failed tooSlow(NotifyTarget target) {
        return new Answer.Failed(
                Trouble.NO_ANSWER,
                target.access().place() + " did not answer within "
                        + target.timeout().toSeconds() + " s");
    }

    static Answer.Failed of(Throwable cause, NotifyTarget target) {
        String place = target.access().place();
        if (cause instanceof HttpConnectTimeoutException || cause instanceof HttpTimeoutException) {
            return tooSlow(target);
        }
        if (cause instanceof SSLException) {
            return new Answer.Failed(
                    Trouble.TLS,
                    "TLS with " + place + " failed (" + plain(cause)
                            + "); if its certificate is from an authority of your" + " own, name that with ca_file");
        }
        if (cause instanceof ConnectException connect) {
            boolean unknown = connect.getCause() instanceof ConnectException inner
                    && inner.getCause() instanceof UnresolvedAddressException;
            unknown |= connect.getCause() instanceof UnresolvedAddressException;
            return new Answer.Failed(
                    Trouble.NETWORK,
                    unknown
                            ? "the name of " + place + " is not known"
                            : place + " can't be reached, or refuses connections");
        }
        return new Answer.Failed(Trouble.NETWORK, "the connection to " + place + " broke (" + plain(cause) + ")");
    }

    /** The message cut short and without anything unprintable; only its kind if there is none. */
    private static String plain(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        if (cause.getMessage() == null || !(cause instanceof SSLException)) {
            return cause.getClass().getSimpleName();
        }
        String clean = message.replaceAll("[^ -~]", "?");
        return clean.length() > MOST_CHARS ? clean.substring(0, MOST_CHARS) + "..." : clean;
    }
}
