package io.github.reedgate.wizard.host;

import io.github.reedgate.notify.HttpSettings;
import io.github.reedgate.wizard.Outcome;
import io.github.reedgate.wizard.Outcome.Part;
import io.github.reedgate.wizard.Outcome.Wrong;
import io.github.reedgate.wizard.Phone;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Sends a test to an ntfy server. Stateless; blocks for 30 seconds at most. */
public final class TestPush {

    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final int MOST_BYTES = 1 << 16;
    private static final int FORBIDDEN = 403;
    private static final int TOO_MANY = 429;

    /** Sends one text to the target's topic. */
    Outcome send(Phone.Ntfy target) throws InterruptedException {
        try {
            HttpSettings.apply();
            HttpClient client = HttpClient.newBuilder().connectTimeout(LIMIT).build();
            HttpRequest request = HttpRequest.newBuilder(URI.create(target.server() + "/" + target.topic()))
                    .timeout(LIMIT)
                    .header("Title", "reedgate")
                    .header("Priority", "5")
                    .POST(HttpRequest.BodyPublishers.ofString(
                            "A test from reedgate: this is how an alarm rings.", StandardCharsets.UTF_8))
                    .build();
            HttpResponse<InputStream> answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                String text = new String(body.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
                int code = answer.statusCode();
                if (code / 100 != 2) {
                    return refused(target.server(), code);
                }
                return text.contains(target.topic()) ? new Outcome.Well() : noNtfy(target.server());
            }
        } catch (IOException e) {
            String why = e.getMessage() == null ? "" : ": " + e.getMessage();
            return new Wrong(
                    Part.ADDRESS,
                    target.server() + " can't be reached" + why,
                    "see whether this machine has a way to the Internet: ping -c 3 ntfy.sh");
        } catch (IllegalArgumentException e) {
            return new Wrong(Part.ADDRESS, target.server() + " is no address of a server", "expected https://host");
        }
    }

    /** A page on which one has to log in answers with 200, too. */
    private static Outcome noNtfy(String server) {
        return new Wrong(
                Part.OTHER,
                server + " has answered, but not as an ntfy server does",
                "is the address the server's, and is there no log-in page of the network before it?");
    }

    private static Outcome refused(String server, int code) {
        String fix = switch (code) {
            case FORBIDDEN -> "the topic is protected there: see docs/phone.md about an access token";
            case TOO_MANY -> "wait a few minutes: it takes so many messages from one address only";
            default -> "see whether that is an ntfy server, and whether it is well";
        };
        return new Wrong(Part.OTHER, server + " answered with " + code, fix);
    }
}
