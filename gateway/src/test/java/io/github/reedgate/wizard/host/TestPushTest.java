package io.github.reedgate.wizard.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.reedgate.wizard.Outcome;
import io.github.reedgate.wizard.Phone;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sending a test to servers that take it, refuse it, or are none. */
@Timeout(60)
final class TestPushTest {

    private static final String TOPIC = "door-abcdefghij0123456789";

    private static Outcome send(int code, String body) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/" + TOPIC, exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(code, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        try {
            return new TestPush()
                    .send(new Phone.Ntfy(
                            "phone", "http://127.0.0.1:" + server.getAddress().getPort(), TOPIC));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void serverThatTakesItRepeatsTheTopic() throws Exception {
        assertThat(send(200, "{\"id\":\"x\",\"event\":\"message\",\"topic\":\"" + TOPIC + "\"}"))
                .isEqualTo(new Outcome.Well());
    }

    @ParameterizedTest
    @CsvSource({
        "200, <html>log in</html>, not as an ntfy server does",
        "403, no, answered with 403",
        "429, no, answered with 429",
        "500, no, answered with 500",
    })
    void anythingElseIsNoSuccess(int code, String body, String said) throws Exception {
        assertThat(send(code, body))
                .isInstanceOfSatisfying(
                        Outcome.Wrong.class, wrong -> assertThat(wrong.seen()).contains(said));
    }

    @ParameterizedTest
    @CsvSource({"http://127.0.0.1:1, can't be reached", "http://a b, no address"})
    void serverThatIsNotThereIsTold(String server, String said) throws Exception {
        assertThat(new TestPush().send(new Phone.Ntfy("phone", server, TOPIC)))
                .isInstanceOfSatisfying(
                        Outcome.Wrong.class, wrong -> assertThat(wrong.seen()).contains(said));
    }
}
