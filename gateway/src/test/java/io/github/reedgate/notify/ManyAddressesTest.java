package io.github.reedgate.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.link.Resolver;
import io.github.reedgate.secrets.TlsFiles;
import io.github.reedgate.testbroker.CertificateKit;
import io.github.reedgate.testbroker.Identity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers whose names have many addresses, and names that Java's URLs don't know. */
@Timeout(120)
class ManyAddressesTest {

    private static final String TAKEN = HttpScript.taken("hwQ2YpKdmg", Sayings.TOPIC);
    private static final HttpScript.Reply TAKES = HttpScript.answer("200 OK", TAKEN);

    @TempDir
    private Path folder;

    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();

    private HttpPost post(Resolver resolver) {
        return new HttpPost(answers::add, new Secrets(Map.of()), ZoneId.of("Europe/Berlin"), resolver);
    }

    private Answer.Outcome send(HttpPost post, NotifyTarget target) throws InterruptedException {
        post.send(new Dispatch(target, 5, Sayings.alarm(target.id(), 4711), Sayings.PROMPT));
        Answer answer = answers.poll(60, TimeUnit.SECONDS);
        assertThat(answer).isNotNull();
        return answer.outcome();
    }

    private Answer.Outcome send(Resolver resolver, NotifyTarget target) throws InterruptedException {
        try (HttpPost post = post(resolver)) {
            return send(post, target);
        }
    }

    private static Resolver giving(String... addresses) {
        return host -> {
            assertThat(host).isEqualTo("ntfy.test");
            List<InetAddress> found = new ArrayList<>();
            for (String each : addresses) {
                found.add(InetAddress.getByName(each));
            }
            return found;
        };
    }

    private static ServerSocket on(String address, int port) throws IOException {
        return new ServerSocket(port, 10, InetAddress.getByName(address));
    }

    private static ServerSocket tlsOn(String address, Identity identity) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                TlsFiles.identity(identity.certificateFile(), identity.keyFile())
                        .getKeyManagers(),
                null,
                null);
        return context.getServerSocketFactory().createServerSocket(0, 10, InetAddress.getByName(address));
    }

    private static NotifyTarget trusting(CertificateKit kit, String url) {
        NotifyTarget target = Sayings.ntfy(url);
        return Sayings.with(
                target,
                new NotifyTarget.Access(
                        URI.create(url),
                        target.access().topic(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(kit.authorityFile())));
    }

    @Test
    void addressesThatRefuseArePassedOverAndTheServerIsAskedForByItsName() throws Exception {
        try (HttpScript server = new HttpScript(on("::1", 0), TAKES)) {
            NotifyTarget target = Sayings.ntfy("http://ntfy.test:" + server.port());
            assertThat(send(giving("127.0.0.1", "127.0.0.2", "::1"), target)).isInstanceOf(Answer.Accepted.class);
            assertThat(server.requests())
                    .filteredOn(request -> !request.isEmpty())
                    .singleElement()
                    .asString()
                    .containsOnlyOnce("\r\nHost: ntfy.test:" + server.port() + "\r\n");
        }
    }

    @Test
    void addressThatIsSilentCostsAQuarterOfASecond() throws Exception {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.3"));
                HttpScript server = new HttpScript(on("::1", full.getLocalPort()), TAKES);
                Socket one = filling(full);
                Socket two = filling(full)) {
            NotifyTarget target = Sayings.ntfy("http://ntfy.test:" + server.port());
            long beginNanos = System.nanoTime();
            assertThat(send(giving("127.0.0.3", "::1"), target)).isInstanceOf(Answer.Accepted.class);
            assertThat(Duration.ofNanos(System.nanoTime() - beginNanos))
                    .isBetween(Duration.ofMillis(250), Duration.ofSeconds(20));
            assertThat(one.isClosed() || two.isClosed()).isFalse();
        }
    }

    /** Nobody accepts: when the queue is full, the kernel answers no more. */
    private static Socket filling(ServerSocket full) throws IOException {
        Socket socket = new Socket();
        socket.connect(full.getLocalSocketAddress(), 2_000);
        return socket;
    }

    @Test
    void addressAtWhichAnAttemptFailsComesLastInTheNext() throws Exception {
        try (HttpScript broken = new HttpScript(on("127.0.0.1", 0), Socket::close);
                HttpScript server = new HttpScript(on("::1", broken.port()), TAKES);
                HttpPost post = post(giving("127.0.0.1", "::1"))) {
            NotifyTarget target = Sayings.ntfy("http://ntfy.test:" + server.port());
            assertThat(send(post, target)).isInstanceOf(Answer.Failed.class);
            assertThat(send(post, target)).isInstanceOf(Answer.Accepted.class);
            assertThat(send(post, target)).as("what answered comes first").isInstanceOf(Answer.Accepted.class);
        }
    }

    @Test
    void serverThatNobodyReachesIsSaidToRefuseOrNotToAnswer() throws Exception {
        int port;
        try (ServerSocket gone = on("127.0.0.1", 0)) {
            port = gone.getLocalPort();
        }
        NotifyTarget target = Sayings.ntfy("http://ntfy.test:" + port);
        assertThat(send(giving("127.0.0.1", "::1", "127.0.0.1"), target))
                .isEqualTo(new Answer.Failed(
                        Trouble.NETWORK, "ntfy.test:" + port + " can't be reached, or refuses connections"));
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.3"));
                Socket one = filling(full);
                Socket two = filling(full)) {
            target = Sayings.impatient(Sayings.ntfy("http://ntfy.test:" + full.getLocalPort()));
            assertThat(send(giving("127.0.0.3", "::1"), target))
                    .isEqualTo(new Answer.Failed(
                            Trouble.NO_ANSWER, "ntfy.test:" + full.getLocalPort() + " did not answer within 1 s"));
            assertThat(one.isClosed() || two.isClosed()).isFalse();
        }
    }

    @Test
    void certificateHasToBeForTheNameAndTheServerGetsTheName() throws Exception {
        CertificateKit kit = new CertificateKit(folder, "home-authority");
        BlockingQueue<String> names = new LinkedBlockingQueue<>();
        HttpScript.Reply noting = client -> {
            ExtendedSSLSession session = (ExtendedSSLSession) ((SSLSocket) client).getSession();
            session.getRequestedServerNames().forEach(name -> names.add(((SNIHostName) name).getAsciiName()));
            TAKES.to(client);
        };
        try (HttpScript server = new HttpScript(tlsOn("::1", kit.server("ntfy.test")), noting)) {
            for (String name : List.of("ntfy.test", "NTFY.test")) {
                assertThat(send(
                                host -> giving("127.0.0.1", "::1").resolve("ntfy.test"),
                                trusting(kit, "https://" + name + ":" + server.port())))
                        .isInstanceOf(Answer.Accepted.class);
            }
            assertThat(names).containsExactly("ntfy.test", "NTFY.test");
        }
        for (String address : List.of("127.0.0.1", "::1")) {
            Identity ofTheAddress = kit.server(address, "other.test");
            try (HttpScript server = new HttpScript(tlsOn(address, ofTheAddress), TAKES)) {
                Answer.Outcome outcome =
                        send(giving("127.0.0.1", "::1"), trusting(kit, "https://ntfy.test:" + server.port()));
                assertThat(outcome)
                        .as("a certificate for the address, and not for the name")
                        .isInstanceOfSatisfying(
                                Answer.Failed.class,
                                failed -> assertThat(failed.trouble()).isEqualTo(Trouble.TLS));
                assertThat(server.requests()).isEmpty();
            }
        }
    }

    @Test
    void certificateMayBeForTheAddressThatTheUrlNames() throws Exception {
        CertificateKit kit = new CertificateKit(folder, "home-authority");
        try (HttpScript server = new HttpScript(tlsOn("::1", kit.server("::1")), TAKES)) {
            assertThat(send(Resolver.SYSTEM, trusting(kit, "https://[::1]:" + server.port())))
                    .isInstanceOf(Answer.Accepted.class);
        }
    }

    @Test
    void nameServiceThatHangsIsNamed() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Resolver hanging = host -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return List.of();
        };
        try {
            assertThat(send(hanging, Sayings.impatient(Sayings.ntfy("http://ntfy.test"))))
                    .isEqualTo(new Answer.Failed(
                            Trouble.NETWORK,
                            "the name of ntfy.test is not known: the name service did not answer within 1 s"));
        } finally {
            never.countDown();
        }
        Resolver none = host -> {
            throw new UnknownHostException(host);
        };
        assertThat(send(none, Sayings.ntfy("http://ntfy.test")))
                .isEqualTo(new Answer.Failed(Trouble.NETWORK, "the name of ntfy.test is not known"));
        assertThat(send(Resolver.SYSTEM, Sayings.ntfy("http://[fe80::1%25none7]")))
                .asString()
                .contains("the name of [fe80::1%none7] is not known: no such interface none7");
    }

    @Test
    void hostWithAnUnderscoreOrAZoneIsReached() throws Exception {
        Resolver underscored = host -> {
            assertThat(host).isEqualTo("door_pi");
            return List.of(InetAddress.getAllByName("::1"));
        };
        try (HttpScript server = new HttpScript(on("::1", 0), TAKES)) {
            String url = "http://door_pi:" + server.port();
            assertThat(send(underscored, Sayings.ntfy(url))).isInstanceOf(Answer.Accepted.class);
            assertThat(send(Resolver.SYSTEM, Sayings.ntfy("http://[::1%25lo]:" + server.port())))
                    .isInstanceOf(Answer.Accepted.class);
            assertThat(server.requests().get(0)).contains("\r\nHost: door_pi:" + server.port() + "\r\n");
            assertThat(server.requests().get(1)).contains("\r\nHost: [::1]:" + server.port() + "\r\n");
        }
        InetSocketAddress taken = new InetSocketAddress(InetAddress.getAllByName("::1")[0], 80);
        assertThat(Approach.of(URI.create("http://door_pi:80/a%2Fb?c=%20d")))
                .extracting(each -> each.at(taken.getAddress()), Approach::hostHeader)
                .containsExactly(URI.create("http://[0:0:0:0:0:0:0:1]:80/a%2Fb?c=%20d"), "door_pi");
        assertThat(Approach.of(URI.create("https://ntfy.sh.")))
                .extracting(each -> each.place().port(), Approach::hostHeader, Approach::certificateName)
                .containsExactly(443, "ntfy.sh.", "ntfy.sh");
    }
}
