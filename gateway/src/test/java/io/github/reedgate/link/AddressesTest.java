package io.github.reedgate.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The order of addresses, their name, and a resolver that hangs. */
@Timeout(30)
class AddressesTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    static List<InetAddress> ips(String... texts) throws UnknownHostException {
        InetAddress[] found = new InetAddress[texts.length];
        for (int i = 0; i < texts.length; i++) {
            found[i] = InetAddress.getByName(texts[i]);
        }
        return List.of(found);
    }

    private static HostPort host(String url) {
        return HostPort.of(URI.create(url));
    }

    @Test
    void familiesTakeTurnsBeginningWithTheFirst() throws UnknownHostException {
        assertThat(Addresses.inTurns(ips("::1", "::2", "::3", "127.0.0.1", "127.0.0.2")))
                .isEqualTo(ips("::1", "127.0.0.1", "::2", "127.0.0.2", "::3"));
        assertThat(Addresses.inTurns(ips("127.0.0.1", "::1"))).isEqualTo(ips("127.0.0.1", "::1"));
        assertThat(Addresses.inTurns(ips("::1"))).isEqualTo(ips("::1"));
        assertThat(Addresses.inTurns(List.of())).isEmpty();
    }

    @Test
    void eachAddressHasTheNameThatWasLookedUp() throws UnknownHostException, InterruptedException {
        Resolver fake = host -> ips("127.0.0.2", "::1");
        for (InetAddress each : new Addresses(fake, host("mqtt://my_broker.lan")).await(LIMIT)) {
            assertThat(new InetSocketAddress(each, 1).getHostString()).isEqualTo("my_broker.lan");
        }
    }

    @Test
    void noAddressIsAnUnknownHost() {
        Addresses none = new Addresses(host -> List.of(), host("mqtt://broker"));
        assertThatExceptionOfType(UnknownHostException.class).isThrownBy(() -> none.await(LIMIT));
    }

    @Test
    void resolverThatHangsIsNotAskedAgainAndEndsInTime() throws UnknownHostException, InterruptedException {
        CountDownLatch hanging = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        Addresses slow = new Addresses(
                host -> {
                    asked.incrementAndGet();
                    try {
                        hanging.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return ips("127.0.0.1");
                },
                host("mqtt://broker"));
        for (int i = 0; i < 3; i++) {
            assertThatExceptionOfType(UnknownHostException.class)
                    .isThrownBy(() -> slow.await(Duration.ofMillis(20)))
                    .withMessageContaining("did not answer");
        }
        CompletableFuture<List<InetAddress>> joined = slow.lookUp();
        hanging.countDown();
        assertThat(joined).succeedsWithin(LIMIT).asInstanceOf(LIST).hasSize(1);
        assertThat(asked).hasValue(1);
    }

    @ParameterizedTest
    @CsvSource({
        "mqtt://broker, broker, -1, broker",
        "mqtt://my_broker:1884, my_broker, 1884, my_broker",
        "mqtt://my_broker.lan, my_broker.lan, -1, my_broker.lan",
        "ws://my_broker:80/mqtt, my_broker, 80, my_broker",
        "mqtt://[::1]:1883, ::1, 1883, ::1",
        "mqtt://[fe80::1%25eth0], fe80::1%eth0, -1, fe80::1",
        "mqtt://[fe80::1%eth0]:1, fe80::1%eth0, 1, fe80::1",
        "mqtt://[fe80::1%252], fe80::1%2, -1, fe80::1"
    })
    void hostAndPortOfAUrl(String url, String host, int port, String name) {
        assertThat(host(url)).isEqualTo(new HostPort(host, port));
        assertThat(host(url).name()).isEqualTo(name);
    }
}
