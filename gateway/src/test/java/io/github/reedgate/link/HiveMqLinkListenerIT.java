package io.github.reedgate.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A listener that throws: the link goes on all the same. */
@Timeout(60)
@Tag("brokerless")
class HiveMqLinkListenerIT {

    private static final int ATTEMPTS = 5;

    @Test
    void listenerThatThrowsErrorsHindersNoFurtherAttempt() throws InterruptedException {
        CountDownLatch attempts = new CountDownLatch(ATTEMPTS);
        try (RawServer server = new RawServer(client -> {
            attempts.countDown();
            client.shutdownOutput();
        })) {
            BrokerSettings settings = LinkProbe.quick(server.settings().build(), "gate");
            HiveMqLink link = new HiveMqLink(
                    settings, new ClientFactory(settings, new CredentialSource(settings, Map.of())), LinkProbe.OFFLINE);
            link.start(Subscriptions.NONE, event -> {
                throw new StackOverflowError("planted");
            });

            assertThat(attempts.await(30, TimeUnit.SECONDS)).as("tried again").isTrue();
            link.stop(LinkProbe.OFFLINE, Duration.ofSeconds(2));
        }
    }
}
