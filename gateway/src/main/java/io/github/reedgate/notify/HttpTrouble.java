package io.github.reedgate.notify;

import io.github.reedgate.link.CertificateFault;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
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
            return new Answer.Failed(Trouble.TLS, "TLS with " + place + " failed: " + tls(cause, target));
        }
        if (cause instanceof UnknownHostException) {
            return new Answer.Failed(Trouble.NETWORK, "the name of " + place + " is not known" + why(cause));
        }
        if (cause instanceof ConnectException) {
            return new Answer.Failed(Trouble.NETWORK, place + " can't be reached, or refuses connections");
        }
        return new Answer.Failed(Trouble.NETWORK, "the connection to " + place + " broke (" + plain(cause) + ")");
    }

    /** Why a handshake failed, and what to do about it. */
    private static String tls(Throwable failure, NotifyTarget target) {
        return CertificateFault.of(failure, "server", target.access().caFile())
                .map(fault -> fault.what() + "; " + fault.fix())
                .orElseGet(() -> plain(failure) + "; is that its port for https? See the server's log");
    }

    /** Why a look-up failed, if there is more to say than that there is no address. */
    private static String why(Throwable cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            String message = String.valueOf(each.getMessage());
            if (message.startsWith("the name service") || message.startsWith("no such interface")) {
                return ": " + message.replaceAll("[^ -~]", "?");
            }
        }
        return "";
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
