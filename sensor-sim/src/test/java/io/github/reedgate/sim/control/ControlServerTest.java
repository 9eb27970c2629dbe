package io.github.reedgate.sim.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.reedgate.sim.DoorPosition;
import io.github.reedgate.sim.Fault;
import io.github.reedgate.sim.LineLevel;
import io.github.reedgate.sim.SimulatedLines;
import io.github.reedgate.sim.SwitchSettings;
import io.github.reedgate.sim.scenario.ScenarioPlayer;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The control socket with real clients. */
@Timeout(60)
final class ControlServerTest {

    @TempDir
    private @SuppressWarnings("NullAway.Init") Path folder;

    private final SimulatedLines lines =
            new SimulatedLines(SwitchSettings.parseAll("front_door=17:high;back_door=27:low"), 1, System::nanoTime);
    private final List<String> marks = new ArrayList<>();
    private final ScenarioPlayer player = new ScenarioPlayer(lines, marks::add);
    private @SuppressWarnings("NullAway.Init") ControlServer server;

    @BeforeEach
    void open() throws IOException {
        server = ControlServer.open(socket(), lines, player);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        player.close();
    }

    private Path socket() {
        return folder.resolve("sim.sock");
    }

    /** A client with its own connection. */
    private static final class Client implements AutoCloseable {
        private final SocketChannel channel;
        private final BufferedReader reader;

        Client(Path socket) throws IOException {
            channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            channel.connect(UnixDomainSocketAddress.of(socket));
            reader = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
        }

        void send(byte[] bytes) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }

        /** All lines up to the empty one, joined by LF. */
        String answer() throws IOException {
            StringBuilder answer = new StringBuilder();
            String line = reader.readLine();
            while (line != null && !line.isEmpty()) {
                answer.append(answer.isEmpty() ? "" : "\n").append(line);
                line = reader.readLine();
            }
            return answer.toString();
        }

        String ask(String request) throws IOException {
            send((request + "\n").getBytes(StandardCharsets.UTF_8));
            return answer();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    private String ask(String request) throws IOException {
        try (Client client = new Client(socket())) {
            return client.ask(request);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            open front_door | ok front_door is open
            close back_door | ok back_door is closed already
            open front_door worn | ok front_door is open
            bounce front_door emi | ok front_door bounces
            stick front_door | ok front_door sticks
            loosen front_door | ok front_door is intermittent
            unstick front_door | ok front_door is sound
            deaf front_door on | ok front_door is deaf
            throw front_door read-error | ok front_door throws: read-error
            throw front_door off | ok front_door throws nothing
            seed 12 | ok seed 12
            stop | ok nothing is playing
            play status | ok nothing was played yet
            "" | error unknown request ''; expected one of open, close, bounce, stick, loosen, mend, unstick, deaf, throw, status, seed, stop, play, check, help
            opne front_door | error unknown request 'opne'; did you mean 'open'?
            open | error expected: open NAME [MODEL]
            open front_door worn now | error expected: open NAME [MODEL]
            open frontdoor | error no simulated switch is named 'frontdoor'; did you mean 'front_door'?
            open front_door wron | error unknown bounce model 'wron'; did you mean 'worn'?
            deaf front_door maybe | error unknown state 'maybe'; expected one of on, off
            throw front_door up | error unknown word 'up'; expected one of off, read, read-error, edge, edge-error
            seed x | error seed 'x' is not a whole number
            play burglry | error no ready scenario is named 'burglry'; did you mean 'burglary'?
            play burglary speed fast | error speed 'fast' is not a number
            play burglary speed 0 | error speed 0.0 is out of range; 0.01 to 100000 is allowed
            play burglary 3 | error expected 'speed' and not 'burglary'
            play burglary speed 3 4 | error expected: play [READY] [speed NUMBER]
            play burglary quickly 3 | error expected 'speed' and not 'quickly'
            """)
    void requestIsAnswered(String request, String answer) throws IOException {
        assertThat(ask(request)).isEqualTo(answer);
    }

    @Test
    void commandsReachTheSwitches() throws IOException {
        ask("open front_door clean");
        assertThat(lines.level(17)).isEqualTo(LineLevel.HIGH);
        ask("stick back_door");
        assertThat(lines.status("back_door").fault()).isEqualTo(Fault.STUCK);
        ask("deaf back_door on");
        assertThat(lines.status("back_door").deaf()).isTrue();
    }

    @Test
    void statusComesAsTableAndAsJson() throws IOException {
        ask("open front_door clean");
        assertThat(ask("status").lines().map(String::strip))
                .containsExactly(
                        "ok status",
                        "name                             line  position  level  fault         deaf  throws      edges sent",
                        "front_door                         17  open      high   none          no    off                  1",
                        "back_door                          27  closed    high   none          no    off                  0");
        assertThat(ask("status json"))
                .isEqualTo("ok status\n {\"name\":\"front_door\",\"line\":17,\"position\":\"open\",\"level\":\"high\","
                        + "\"fault\":\"none\",\"deaf\":false,\"throws\":\"off\",\"edges_sent\":1}\n"
                        + " {\"name\":\"back_door\",\"line\":27,\"position\":\"closed\",\"level\":\"high\","
                        + "\"fault\":\"none\",\"deaf\":false,\"throws\":\"off\",\"edges_sent\":0}");
    }

    @Test
    void scenarioIsSentOverTheSocketAndPlayed() throws Exception {
        try (Client client = new Client(socket())) {
            assertThat(client.ask("play\ntitle mine\n\nopen back_door with clean\nmark here\n."))
                    .isEqualTo("ok playing 'mine'");
            assertThat(player.await(Duration.ofSeconds(20))).isTrue();
            assertThat(client.ask("play status"))
                    .isEqualTo("ok finished 'mine': 2 steps done, at 00:00:00.000, last mark 'here'");
        }
        assertThat(lines.status("back_door").position()).isEqualTo(DoorPosition.OPEN);
    }

    @Test
    void oneScenarioPlaysAtATime() throws IOException {
        assertThat(ask("play ordinary_day speed 2")).isEqualTo("ok playing 'an ordinary day'");
        assertThat(ask("play burglary")).isEqualTo("error 'an ordinary day' is playing; stop it first");
        assertThat(ask("stop")).isEqualTo("ok stopped");
    }

    @Test
    void allMistakesOfAScenarioComeBackAndTheConnectionGoesOn() throws IOException {
        try (Client client = new Client(socket())) {
            assertThat(client.ask("check\nopen fron_door\nclse any\n."))
                    .isEqualTo(
                            "error 2 mistakes\n line 1, column 6: unknown door 'fron_door'; did you mean 'front_door'?\n"
                                    + " line 2, column 1: unknown word 'clse'; did you mean 'close'?");
            assertThat(client.ask("check\nopen any\n.")).isEqualTo("ok 'untitled' is right");
        }
    }

    @Test
    void severalClientsAreServedAtOnceAndOneTooManyIsToldSo() throws IOException {
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            Client client = new Client(socket());
            clients.add(client);
            assertThat(client.ask("stop")).isEqualTo("ok nothing is playing");
        }
        try (Client seventeenth = new Client(socket())) {
            assertThat(seventeenth.answer()).isEqualTo("error too many clients; 16 are served at a time");
        }
        for (Client client : clients) {
            client.close();
        }
        assertThat(eventuallyAsked("stop")).isEqualTo("ok nothing is playing");
    }

    /** One client too many may be cut off before it has asked; the server then has not seen yet that others have left. */
    private String eventuallyAsked(String request) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        Optional<String> answer = asked(request);
        while (answer.isEmpty() && System.nanoTime() - deadline < 0) {
            answer = asked(request);
        }
        return answer.orElse("nobody left");
    }

    private Optional<String> asked(String request) {
        try {
            return Optional.of(ask(request)).filter(answer -> !answer.startsWith("error too many"));
        } catch (IOException cutOff) {
            return Optional.empty();
        }
    }

    @Test
    void tooLongALineIsToldAndEndsTheConnection() throws IOException {
        try (Client client = new Client(socket())) {
            client.send("x".repeat(4_097).getBytes(StandardCharsets.UTF_8));
            assertThat(client.answer()).isEqualTo("error the line is longer than 4096 bytes; the connection is closed");
        }
        assertThat(ask("stop")).startsWith("ok");
    }

    @Test
    void hostileBytesGiveAnErrorAndNeverEndTheServer() throws IOException {
        for (int seed = 0; seed < 200; seed++) {
            byte[] bytes = new byte[200];
            new SplittableRandom(seed).nextBytes(bytes);
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = bytes[i] == '\n' ? 0 : bytes[i];
            }
            bytes[199] = '\n';
            try (Client client = new Client(socket())) {
                client.send(bytes);
                assertThat(client.answer())
                        .as("seed " + seed)
                        .startsWith("error ")
                        .doesNotContain("\u001b");
            }
        }
        assertThat(ask("stop")).isEqualTo("ok nothing is playing");
    }

    @Test
    void socketIsItsOwnersAlone() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())))
                .isEqualTo("rw-------");
    }

    @Test
    void staleSocketIsReplacedAndClosingRemovesIt() throws IOException {
        try (ControlServer other = ControlServer.open(socket(), lines, player)) {
            assertThat(other).isNotNull();
            assertThat(ask("stop")).startsWith("ok");
        }
        assertThat(socket()).doesNotExist();
    }

    @Test
    void fileThatIsNoSocketIsLeftAlone() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "precious");
        assertThatThrownBy(() -> ControlServer.open(file, lines, player))
                .hasMessage("control socket " + file + " can't be made: there is a file that is no socket");
        assertThat(file).hasContent("precious");
    }
}
