package io.github.reedgate.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.testbroker.Account;
import io.github.reedgate.testbroker.BrokerOptions;
import io.github.reedgate.testbroker.TestBroker;
import io.github.reedgate.testbroker.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The link against a real broker that wants to know who is there. */
@Timeout(120)
class HiveMqLinkAccessIT {

    private static final TestBroker BROKER =
            TestBroker.create(BrokerOptions.plain().with(Account.unlimited("user", "right")));

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void startBroker() {
        BROKER.start();
    }

    @AfterAll
    static void closeBroker() {
        BROKER.close();
    }

    private static TestSettings settings() {
        return TestSettings.url(BROKER.url(Transport.MQTT).toString());
    }

    private Path password(String password) throws IOException {
        return Files.writeString(folder.resolve("password"), password + "\n");
    }

    @Test
    void wrongPasswordIsToldWithItsFixAndTheRightOneIsPickedUp() throws IOException {
        try (LinkProbe probe = LinkProbe.started(settings().withUser("user").withPassword(password("wrong")))) {
            LinkEvent.Down down = probe.down();
            // mosquitto says 'not authorized' of a wrong password too
            assertThat(down.trouble()).isIn(LinkTrouble.BAD_CREDENTIALS, LinkTrouble.NOT_AUTHORIZED);
            assertThat(down.message()).contains("password", "user 'user'").doesNotContain("wrong");
            assertThat(down.retryIn()).isGreaterThan(Duration.ofSeconds(1));
            password("right");
            assertThat(probe.up().connection()).isEqualTo(1);
        }
    }

    @Test
    void clientWithoutUserIsNotAuthorized() {
        try (LinkProbe probe = LinkProbe.started(settings())) {
            LinkEvent.Down down = probe.down();
            assertThat(down.trouble()).isEqualTo(LinkTrouble.NOT_AUTHORIZED);
            assertThat(down.message()).contains("a client without user name");
        }
    }

    @Test
    void missingPasswordFileIsToldAndReadOnceItIsThere() throws IOException {
        try (LinkProbe probe =
                LinkProbe.started(settings().withUser("user").withPassword(folder.resolve("password")))) {
            LinkEvent.Down down = probe.down();
            assertThat(down.trouble()).isEqualTo(LinkTrouble.LOCAL_FILES);
            assertThat(down.message()).contains(folder.resolve("password").toString());
            password("right");
            assertThat(probe.up().connection()).isEqualTo(1);
        }
    }

    @Test
    void twoGatewaysWithOneClientIdLearnOfEachOther() throws IOException {
        TestSettings same = settings().withUser("user").withPassword(password("right"));
        try (LinkProbe one = LinkProbe.started(same);
                LinkProbe other = LinkProbe.started(same)) {
            other.up();
            LinkEvent.Down down = one.down();
            while (down.trouble() != LinkTrouble.TAKEN_OVER) {
                // unreadable: thrown out while it connected, it gets DISCONNECT from this broker where CONNACK has to
                // come first
                assertThat(down.trouble()).isIn(LinkTrouble.NETWORK, LinkTrouble.UNREADABLE);
                down = one.down();
            }
            assertThat(down.message()).contains("client id 'gate'", "give each its own");
            assertThat(down.retryIn()).isGreaterThan(Duration.ofSeconds(1));
        }
    }
}
