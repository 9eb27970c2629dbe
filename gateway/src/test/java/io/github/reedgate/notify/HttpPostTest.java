package io.github.reedgate.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import io.github.reedgate.notice.Button;
import io.github.reedgate.secrets.TlsFiles;
import io.github.reedgate.testbroker.CertificateKit;
import io.github.reedgate.testbroker.Identity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Notices sent to real servers on loopback that take them, fail, stall and lie. */
class HttpPostTest {

    private static final String TAKEN = HttpScript.taken("hwQ2YpKdmg", Sayings.TOPIC);

    @TempDir
    private Path folder;

    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private final HttpPost post = new HttpPost(answers::add, new Secrets(Map.of()), ZoneId.of("Europe/Berlin"));

    @AfterEach
    void close() {
        post.close();
    }

    private Answer.Outcome send(NotifyTarget target) throws InterruptedException {
        return send(target, Sayings.PROMPT);
    }

    private Answer.Outcome send(NotifyTarget target, Delay delay) throws InterruptedException {
        post.send(new Dispatch(target, 5, Sayings.alarm(target.id(), 4711), delay));
        Answer answer = answers.poll(120, TimeUnit.SECONDS);
        assertThat(answer).isNotNull();
        assertThat(answer.target()).isEqualTo(target.id());
        assertThat(answer.attempt()).isEqualTo(5);
        return answer.outcome();
    }

    private Answer.Failed fail(NotifyTarget target) throws InterruptedException {
        Answer.Outcome outcome = send(target);
        assertThat(outcome).isInstanceOf(Answer.Failed.class);
        return (Answer.Failed) outcome;
    }

    private static Map<String, Object> body(String request) throws IOException {
        return JSON.std.mapFrom(request.substring(request.indexOf("\r\n\r\n") + 4));
    }

    @Test
    void ntfyGetsAnUrgentMessageAndProvesItWithItsId() throws Exception {
        try (HttpScript server = HttpScript.saying("200 OK", TAKEN)) {
            assertThat(send(Sayings.ntfy(server.url())))
                    .isEqualTo(new Answer.Accepted("ntfy answered 200 with message id hwQ2YpKdmg", "hwQ2YpKdmg"));

            String request = server.requests().get(0);
            assertThat(request)
                    .startsWith("POST / HTTP/1.1\r\n")
                    .contains("Content-Type: application/json")
                    .doesNotContain("Authorization");
            assertThat(body(request))
                    .containsEntry("topic", Sayings.TOPIC)
                    .containsEntry("title", "Alarm: home")
                    .containsEntry("message", "Front door opened while armed away, 22:14:03")
                    .containsEntry("priority", 5)
                    .containsEntry("tags", List.of("rotating_light"))
                    .doesNotContainKeys("actions", "click");
        }
    }

    @Test
    void queryOfTheUrlIsKept() throws Exception {
        try (HttpScript server = HttpScript.saying("200 OK", TAKEN)) {
            for (String url :
                    List.of(server.url() + "?auth=QmVhcmVyIHRr%3D", server.url() + "/?auth=QmVhcmVyIHRr%3D")) {
                assertThat(send(Sayings.ntfy(url))).isInstanceOf(Answer.Accepted.class);
                post.ask(new Inquiry(Sayings.ntfy(url), "replies", 9, "10m"));
                assertThat(answers.poll(120, TimeUnit.SECONDS)).isNotNull();
            }
            assertThat(server.requests())
                    .extracting(request -> request.lines().findFirst().orElseThrow())
                    .containsExactly(
                            "POST /?auth=QmVhcmVyIHRr%3D HTTP/1.1",
                            "GET /replies/json?poll=1&since=10m&auth=QmVhcmVyIHRr%3D HTTP/1.1",
                            "POST /?auth=QmVhcmVyIHRr%3D HTTP/1.1",
                            "GET /replies/json?poll=1&since=10m&auth=QmVhcmVyIHRr%3D HTTP/1.1");
        }
    }

    @Test
    void lateMessageSaysWhenItHappened() throws Exception {
        try (HttpScript server = HttpScript.saying("200 OK", TAKEN)) {
            send(Sayings.ntfy(server.url()), new Delay(Duration.ofMinutes(38), Sayings.TIME, Duration.ZERO));
            send(Sayings.ntfy(server.url()), new Delay(null, null, Duration.ZERO));

            assertThat(server.requests())
                    .extracting(request -> body(request).get("message"))
                    .containsExactly(
                            "Late: happened on 2026-11-22 at 22:14:03, 38 min ago. Front door opened while armed away,"
                                    + " 22:14:03",
                            "Late: nobody knows by how much. Front door opened while armed away, 22:14:03");
        }
    }

    @Test
    void tapOpensWhatTheConfigurationSays() throws Exception {
        try (HttpScript server = HttpScript.saying("200 OK", TAKEN)) {
            send(Sayings.offering(
                    Sayings.ntfy(server.url()),
                    new NotifyTarget.Taps(Optional.of(URI.create("https://ha.lan/alarm")), Optional.empty(), false)));

            assertThat(body(server.requests().get(0)))
                    .containsEntry("click", "https://ha.lan/alarm")
                    .containsEntry(
                            "actions",
                            List.of(Map.of("action", "view", "label", "Open", "url", "https://ha.lan/alarm")));
        }
    }

    @Test
    void buttonsAcknowledgeAndDisarmByAWordOnTheReplyTopic() throws Exception {
        try (HttpScript server = HttpScript.saying("200 OK", TAKEN)) {
            NotifyTarget target = Sayings.offering(
                    Sayings.ntfy(server.url()), new NotifyTarget.Taps(Optional.empty(), Optional.of("replies"), true));
            post.send(new Dispatch(
                    target,
                    5,
                    Sayings.alarm("phone", 1),
                    Sayings.PROMPT,
                    Map.of(Button.DISARM, "disarm xyz", Button.ACKNOWLEDGE, "acknowledge abc")));
            assertThat(answers.poll(120, TimeUnit.SECONDS)).isNotNull();

            assertThat(body(server.requests().get(0)).get("actions"))
                    .isEqualTo(List.of(
                            Map.of(
                                    "action", "http",
                                    "label", "Acknowledge",
                                    "url", server.url() + "/replies",
                                    "method", "POST",
                                    "body", "acknowledge abc",
                                    "clear", true),
                            Map.of(
                                    "action", "http",
                                    "label", "Disarm",
                                    "url", server.url() + "/replies",
                                    "method", "POST",
                                    "body", "disarm xyz",
                                    "clear", true)));
        }
    }

    private Answer.Outcome ask(HttpScript server) throws InterruptedException {
        post.ask(new Inquiry(Sayings.ntfy(server.url()), "replies", 9, "10m"));
        Answer answer = answers.poll(120, TimeUnit.SECONDS);
        assertThat(answer).isNotNull();
        assertThat(answer.attempt()).isEqualTo(9);
        return answer.outcome();
    }

    @Test
    void repliesAreReadLineByLineAndWhatIsNoneIsSkipped() throws Exception {
        String lines = """
            {"id":"a","event":"open","topic":"replies"}
            {"id":"b","event":"message","topic":"replies","message":"acknowledge abc"}
            no JSON at all
            {"id":"c","event":"message","topic":"others","message":"acknowledge abc"}
            {"id":"d","event":"message","topic":"replies","message":7}
            {"id":"e","event":"message","topic":"replies","mess\
            """;
        try (HttpScript server = HttpScript.saying("200 OK", lines)) {
            assertThat(ask(server)).isEqualTo(new Answer.Heard(List.of("acknowledge abc", ""), "d"));
            assertThat(server.requests().get(0)).startsWith("GET /replies/json?poll=1&since=10m HTTP/1.1\r\n");
        }
    }

    @Test
    void repliesThatFailOrNeverEndAreOneLook() throws Exception {
        try (HttpScript server = HttpScript.saying("403 No", "")) {
            assertThat(ask(server)).isInstanceOf(Answer.Failed.class);
            server.becomes(client -> HttpScript.endlessly(
                    client,
                    "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n",
                    "{\"id\":\"f\",\"event\":\"message\",\"topic\":\"replies\",\"message\":\"x\"}\n"));
            assertThat(ask(server)).isInstanceOfSatisfying(Answer.Heard.class, heard -> {
                assertThat(heard.lastId()).isEqualTo("f");
                assertThat(heard.messages()).hasSizeLessThan(HttpPost.LIMIT_BYTES / 50);
            });
        }
    }

    private static String message(String id, String text) {
        StringBuilder escaped = new StringBuilder();
        text.chars().forEach(c -> escaped.append(c < ' ' ? String.format("\\u%04x", c) : String.valueOf((char) c)));
        return "{\"id\":\"" + id + "\",\"time\":1790000000,\"event\":\"message\",\"topic\":\"replies\",\"message\":\""
                + escaped + "\"}\n";
    }

    @Test
    void wordIsFoundBehindWhateverOthersWrote() throws Exception {
        String word = "acknowledge abcdefghijklmnopqrstuv";
        for (String before : List.of(
                message("a", "\u0001".repeat(4_000)),
                message("a", "x".repeat(4_000)).repeat(60),
                message("a", "\u0001".repeat(4_000)).repeat(200),
                message("a", "\u0001".repeat(300_000)),
                "null\n[]\n\n" + "[".repeat(50_000) + "\n",
                "\u00e9".repeat(200_000) + "\n")) {
            try (HttpScript server = HttpScript.saying("200 OK", before + message("b", word) + message("c", ""))) {
                assertThat(ask(server)).isInstanceOfSatisfying(Answer.Heard.class, heard -> {
                    assertThat(heard.messages()).containsExactly(word, "");
                    assertThat(heard.lastId()).isEqualTo("c");
                    assertThat(heard.hasMore()).isFalse();
                });
            }
        }
    }

    @Test
    void lookGoesOnBehindWhatWasReadIfThereIsTooMuch() throws Exception {
        StringBuilder much = new StringBuilder();
        for (int i = 0; much.length() < ReplyReader.MOST_BYTES + 100_000; i++) {
            much.append(message("id" + i, "x".repeat(4_000)));
        }
        try (HttpScript server = HttpScript.saying("200 OK", much.toString())) {
            assertThat(ask(server)).isInstanceOfSatisfying(Answer.Heard.class, heard -> {
                assertThat(heard.messages()).isEmpty();
                assertThat(heard.lastId()).startsWith("id").isNotEqualTo("id0");
                assertThat(heard.tooLong()).isGreaterThan(1_000);
                assertThat(heard.hasMore()).isTrue();
            });
            server.becomes(HttpScript.answer("200 OK", message("big", "x".repeat(ReplyReader.MOST_BYTES))));
            assertThat(ask(server)).isEqualTo(new Answer.Heard(List.of(), "big", 1, true));
        }
    }

    @Test
    void whatCameBeforeTheTimeWasOverCounts() throws Exception {
        try (HttpScript server = new HttpScript(client -> {
            client.getOutputStream()
                    .write(("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + message("a", "acknowledge abc")
                                    + "{\"id\":\"b")
                            .getBytes(StandardCharsets.UTF_8));
            HttpScript.silently(client);
        })) {
            post.ask(new Inquiry(Sayings.impatient(Sayings.ntfy(server.url())), "replies", 9, "10m"));
            Answer answer = answers.poll(120, TimeUnit.SECONDS);
            assertThat(answer).isNotNull();
            assertThat(answer.outcome()).isEqualTo(new Answer.Heard(List.of("acknowledge abc"), "a", 0, true));
        }
    }

    @Test
    void tokenAndTopicComeFromFilesThatAreReadAnew() throws Exception {
        Path token = Files.writeString(folder.resolve("token"), "tk_first\n");
        Path topic = Files.writeString(folder.resolve("topic"), Sayings.TOPIC + "\n");
        try (HttpScript server = HttpScript.saying("200 OK", TAKEN)) {
            NotifyTarget target = Sayings.with(
                    Sayings.ntfy(server.url()),
                    new NotifyTarget.Access(
                            URI.create(server.url()),
                            Optional.empty(),
                            Optional.of(topic),
                            Optional.of(token),
                            Optional.empty()));
            send(target);
            Files.writeString(token, "tk_second\n");
            send(target);

            assertThat(server.requests().get(0)).contains("Authorization: Bearer tk_first\r\n");
            assertThat(server.requests().get(1)).contains("Authorization: Bearer tk_second\r\n");
            assertThat(target.toString()).doesNotContain("tk_").doesNotContain(Sayings.TOPIC);
        }
    }

    @Test
    void tokenThatCannotBeUsedIsNotShownAndSendsNothing() throws Exception {
        Path token = Files.writeString(folder.resolve("token"), "tk_secret with blanks\n");
        try (HttpScript server = HttpScript.saying("200 OK", TAKEN)) {
            NotifyTarget.Access access = new NotifyTarget.Access(
                    URI.create(server.url()), Optional.of("t"), Optional.empty(), Optional.of(token), Optional.empty());
            Answer.Failed failed = fail(Sayings.with(Sayings.ntfy(server.url()), access));

            assertThat(failed.trouble()).isEqualTo(Trouble.LOCAL);
            assertThat(failed.reason()).contains("token file").doesNotContain("tk_secret");
            Files.delete(token);
            assertThat(fail(Sayings.with(Sayings.ntfy(server.url()), access)).reason())
                    .contains("does not exist");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void systemdCredentialsAreTakenIfNoFileIsNamed() throws Exception {
        Files.writeString(folder.resolve("notify.phone.token"), "tk_credential\n");
        Secrets secrets = new Secrets(Map.of("CREDENTIALS_DIRECTORY", folder.toString()));

        Files.writeString(folder.resolve("reedgate_notify.phone.topic"), "from-a-credential\n");
        NotifyTarget.Access nothing = new NotifyTarget.Access(
                URI.create("http://127.0.0.1"), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        assertThat(secrets.token(Sayings.ntfy("http://127.0.0.1"))).hasValue("tk_credential");
        assertThat(secrets.topic(Sayings.with(Sayings.ntfy("http://127.0.0.1"), nothing)))
                .isEqualTo("from-a-credential");
        assertThat(secrets.token(Sayings.webhook("http://127.0.0.1"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "400 Bad Request, UNFIT",
        "401 Unauthorized, DENIED",
        "403 Forbidden, DENIED",
        "404 Not Found, DENIED",
        "413 Too Large, UNFIT",
        "500 Oh, SERVER",
        "502 Bad Gateway, SERVER",
        "507 No Room, SERVER",
    })
    void refusalIsToldByItsKind(String status, Trouble trouble) throws Exception {
        try (HttpScript server = HttpScript.saying(status, TAKEN)) {
            Answer.Failed failed = fail(Sayings.ntfy(server.url()));

            assertThat(failed.trouble()).isEqualTo(trouble);
            assertThat(failed.reason()).startsWith("answered " + status.substring(0, 3));
            assertThat(failed.asked()).isEmpty();
        }
    }

    @Test
    void serverThatHasTooMuchSaysForHowLong() throws Exception {
        try (HttpScript server = HttpScript.saying("429 Too Many Requests", "{}", "Retry-After: 30")) {
            Answer.Failed failed = fail(Sayings.ntfy(server.url()));
            assertThat(failed.trouble()).isEqualTo(Trouble.BUSY);
            assertThat(failed.asked()).hasValue(Duration.ofSeconds(30));
        }
        try (HttpScript server = HttpScript.saying("503 Later", "{}", "Retry-After: Fri, 31 Dec 1999 23:59:59 GMT")) {
            assertThat(fail(Sayings.ntfy(server.url())).asked()).isEmpty();
        }
    }

    @Test
    void yesAloneIsNoProof() throws Exception {
        for (String lie : List.of(
                "<html>Please log in</html>",
                "",
                "{}",
                "[]",
                "{\"id\":\"x\",\"event\":\"message\",\"topic\":\"another\"}",
                "{\"id\":\"x\",\"event\":\"open\",\"topic\":\"" + Sayings.TOPIC + "\"}",
                "{\"id\":\"x y\",\"event\":\"message\",\"topic\":\"" + Sayings.TOPIC + "\"}",
                "{\"id\":7,\"event\":\"message\",\"topic\":\"" + Sayings.TOPIC + "\"}",
                "{\"a\":".repeat(5_000),
                "{\"id\":\"x\",\"event\":\"message\"")) {
            try (HttpScript server = HttpScript.saying("200 OK", lie)) {
                assertThat(fail(Sayings.ntfy(server.url())).trouble()).as(lie).isEqualTo(Trouble.NOT_PROVEN);
            }
        }
    }

    @Test
    void redirectIsNotFollowed() throws Exception {
        try (HttpScript elsewhere = HttpScript.saying("200 OK", TAKEN);
                HttpScript server = HttpScript.saying("307 Elsewhere", "", "Location: " + elsewhere.url() + "/")) {
            Answer.Failed failed = fail(Sayings.ntfy(server.url()));

            assertThat(failed.trouble()).isEqualTo(Trouble.DENIED);
            assertThat(failed.reason()).contains("redirect").doesNotContain(String.valueOf(elsewhere.port()));
            assertThat(elsewhere.requests()).isEmpty();
        }
    }

    @Test
    void serverThatNeverAnswersIsLeft() throws Exception {
        try (HttpScript server = new HttpScript(HttpScript::silently)) {
            Answer.Failed failed = fail(Sayings.impatient(Sayings.ntfy(server.url())));

            assertThat(failed.trouble()).isEqualTo(Trouble.NO_ANSWER);
            assertThat(failed.reason()).isEqualTo("127.0.0.1:" + server.port() + " did not answer within 1 s");
        }
    }

    @Test
    void serverThatStopsInItsAnswerIsLeft() throws Exception {
        try (HttpScript server = new HttpScript(client -> {
            client.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"id\"".getBytes(StandardCharsets.US_ASCII));
            HttpScript.silently(client);
        })) {
            assertThat(fail(Sayings.impatient(Sayings.ntfy(server.url()))).trouble())
                    .isEqualTo(Trouble.NO_ANSWER);
        }
    }

    @Test
    void endlessAnswerIsReadNoFurtherThanItsLimit() throws Exception {
        try (HttpScript server = new HttpScript(
                client -> HttpScript.endlessly(client, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", "lie "))) {
            assertThat(fail(Sayings.ntfy(server.url())).trouble()).isEqualTo(Trouble.NOT_PROVEN);
        }
    }

    @Test
    void endlessHeadEndsWithTheTimeLimitAtTheLatest() throws Exception {
        try (HttpScript server =
                new HttpScript(client -> HttpScript.endlessly(client, "HTTP/1.1 200 OK\r\n", "X-More: and more\r\n"))) {
            assertThat(fail(Sayings.impatient(Sayings.ntfy(server.url()))).trouble())
                    .isIn(Trouble.NO_ANSWER, Trouble.NETWORK);
        }
    }

    @Test
    void brokenConnectionIsToldAsSuch() throws Exception {
        try (HttpScript server = new HttpScript(client -> client.setSoLinger(true, 0))) {
            Answer.Failed failed = fail(Sayings.ntfy(server.url()));
            assertThat(failed.trouble()).isEqualTo(Trouble.NETWORK);
            assertThat(failed.reason()).startsWith("the connection to 127.0.0.1:" + server.port() + " broke");
        }
        try (HttpScript server = new HttpScript(
                client -> client.getOutputStream().write("SSH-2.0-Secret\r\n".getBytes(StandardCharsets.US_ASCII)))) {
            Answer.Failed failed = fail(Sayings.ntfy(server.url()));
            assertThat(failed.trouble()).isEqualTo(Trouble.NETWORK);
            assertThat(failed.reason()).doesNotContain("SSH");
        }
    }

    @Test
    void nobodyThereIsToldAsSuch() throws Exception {
        int port;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = gone.getLocalPort();
        }
        Answer.Failed refused = fail(Sayings.ntfy("http://127.0.0.1:" + port));
        assertThat(refused.trouble()).isEqualTo(Trouble.NETWORK);
        assertThat(refused.reason()).contains("can't be reached, or refuses connections");

        Answer.Failed unknown = fail(Sayings.ntfy("http://no-such-host.invalid"));
        assertThat(unknown.trouble()).isEqualTo(Trouble.NETWORK);
        assertThat(unknown.reason()).isEqualTo("the name of no-such-host.invalid is not known");
    }

    @Test
    void certificateOfAnUnknownAuthorityIsRefusedUnlessItIsNamed() throws Exception {
        CertificateKit kit = new CertificateKit(folder, "home-authority");
        Identity identity = kit.server("127.0.0.1");
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                TlsFiles.identity(identity.certificateFile(), identity.keyFile())
                        .getKeyManagers(),
                null,
                null);
        ServerSocket socket =
                context.getServerSocketFactory().createServerSocket(0, 10, InetAddress.getLoopbackAddress());
        try (HttpScript server = new HttpScript(socket, HttpScript.answer("200 OK", TAKEN))) {
            NotifyTarget target = Sayings.ntfy("https://127.0.0.1:" + server.port());
            Answer.Failed failed = fail(target);
            assertThat(failed.trouble()).isEqualTo(Trouble.TLS);
            assertThat(failed.reason())
                    .contains(
                            "TLS with 127.0.0.1:" + server.port(),
                            "its certificate was signed by none of the authorities of this system",
                            "name the server's CA certificate with ca_file");
            assertThat(server.requests()).isEmpty();

            NotifyTarget.Access own = new NotifyTarget.Access(
                    target.access().url(),
                    target.access().topic(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(kit.authorityFile()));
            assertThat(send(Sayings.with(target, own))).isInstanceOf(Answer.Accepted.class);

            NotifyTarget.Access otherName = new NotifyTarget.Access(
                    URI.create("https://localhost:" + server.port()),
                    target.access().topic(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(kit.authorityFile()));
            assertThat(fail(Sayings.with(target, otherName)).trouble())
                    .as("a certificate for another name")
                    .isEqualTo(Trouble.TLS);
        }
    }

    @Test
    void certificateThatIsNotValidYetIsAMatterOfClocks() throws Exception {
        CertificateKit kit = new CertificateKit(folder, "home-authority");
        Identity identity = kit.futureServer("127.0.0.1");
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                TlsFiles.identity(identity.certificateFile(), identity.keyFile())
                        .getKeyManagers(),
                null,
                null);
        ServerSocket socket =
                context.getServerSocketFactory().createServerSocket(0, 10, InetAddress.getLoopbackAddress());
        try (HttpScript server = new HttpScript(socket, HttpScript.answer("200 OK", TAKEN))) {
            NotifyTarget target = Sayings.ntfy("https://127.0.0.1:" + server.port());
            NotifyTarget.Access own = new NotifyTarget.Access(
                    target.access().url(),
                    target.access().topic(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(kit.authorityFile()));
            Answer.Failed failed = fail(Sayings.with(target, own));
            assertThat(failed.trouble()).isEqualTo(Trouble.TLS);
            assertThat(failed.reason()).contains("its certificate is not valid yet; is this machine's clock right?");
        }
    }

    @Test
    void clearTextWhereTlsIsWantedIsNoServer() throws Exception {
        try (HttpScript server = HttpScript.saying("200 OK", TAKEN)) {
            assertThat(fail(Sayings.impatient(Sayings.ntfy("https://127.0.0.1:" + server.port())))
                            .trouble())
                    .isIn(Trouble.TLS, Trouble.NO_ANSWER);
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void webhookGetsTheEventAsTheBrokerDoes() throws Exception {
        try (HttpScript server = HttpScript.saying("204 No Content", "")) {
            NotifyTarget target = Sayings.webhook(server.url() + "/api/webhook/secret?x=1");
            assertThat(send(target)).isEqualTo(new Answer.Accepted("answered 204", ""));

            String request = server.requests().get(0);
            assertThat(request)
                    .startsWith("POST /api/webhook/secret?x=1 HTTP/1.1\r\n")
                    .contains("Idempotency-Key: 0193-4711.hook.0\r\n");
            assertThat(body(request))
                    .containsEntry("event_type", "triggered")
                    .containsEntry("seq", 4711)
                    .containsEntry("replayed", false)
                    .containsEntry("incident_id", "i4711")
                    .containsEntry(
                            "notice",
                            Map.of(
                                    "target",
                                    "hook",
                                    "grade",
                                    "alarm",
                                    "text",
                                    "Front door opened while armed away, 22:14:03",
                                    "repeat",
                                    0,
                                    "escalated",
                                    false,
                                    "late",
                                    false));
            assertThat(target.toString()).doesNotContain("secret");
        }
    }

    @Test
    void webhookThatTalksForEverHasTakenItAllTheSame() throws Exception {
        try (HttpScript server = new HttpScript(
                client -> HttpScript.endlessly(client, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", "talk "))) {
            assertThat(send(Sayings.webhook(server.url()))).isEqualTo(new Answer.Accepted("answered 200", ""));
        }
    }
}
