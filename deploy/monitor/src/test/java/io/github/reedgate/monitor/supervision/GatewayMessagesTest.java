package io.github.reedgate.monitor.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What messages say, and what can't be read. */
class GatewayMessagesTest {

    private static final List<String> TOPICS =
            List.of("availability", "diagnostics", "panel/state", "panel/detail", "event", "door/state");

    private final GatewayMessages reader = new GatewayMessages("reedgate");

    private Saying saying(String topic, String payload) throws IOException {
        return reader.read("reedgate/home/" + topic, payload, false)
                .orElseThrow()
                .saying();
    }

    @Test
    void aDetailHasDeadlineAndDelay() throws IOException {
        String detail = "{\"since\":\"2026-11-22T21:14:03.120Z\",\"incident_id\":\"i\",\"open\":[\"door\"],"
                + "\"deadline\":\"2026-11-22T21:14:33.120Z\"}";

        assertThat(saying("panel/detail", detail)).isInstanceOfSatisfying(Saying.PanelDetail.class, it -> {
            assertThat(it.delay()).isEqualTo(Duration.ofSeconds(30));
            assertThat(it.open()).containsExactly("door");
            assertThat(it.incident()).isEqualTo("i");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "disarmed, DISARMED",
        "arming, ARMED",
        "armed_home, ARMED",
        "pending, PENDING",
        "triggered, TRIGGERED",
        "unknown, ARMED",
        "of a later version, ARMED"
    })
    void aWordOfThePanelIsAMood(String word, PanelMood mood) throws IOException {
        assertThat(saying("panel/state", word)).isEqualTo(new Saying.Panel(mood));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "reedgate/home",
                "reedgate//availability",
                "reedgate/Home/availability",
                "other/home/availability",
                "reedgate/home/panel/reply",
                "reedgate/home/diagnostics/watermark"
            })
    void otherTopicsMeanNothing(String topic) throws IOException {
        assertThat(reader.read(topic, "online", false)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "availability|maybe",
                "diagnostics|{}",
                "diagnostics|{\"time\":\"yesterday\"}",
                "diagnostics|{\"time\":\"+999999999-12-31T23:59:59Z\"}",
                "event|{\"event_type\":\"stopping\"}",
                "event|{\"event_type\":\"stopping\",\"seq\":-1}",
                "panel/detail|[1]"
            })
    void whatCantBeReadIsSaid(String topic, String payload) {
        assertThatThrownBy(() -> saying(topic, payload)).isInstanceOf(IOException.class);
    }

    @Test
    void anEventThatTheHistoryWouldRejectIsNotTaken() {
        String good = SupervisionRig.eventOf("home", "stopping", 3, 12) + "}";
        assertThatCode(() -> saying("event", good)).doesNotThrowAnyException();
        for (String bad : List.of(
                good.replace("\"seq\":12", "\"seq\":9000000000000000000"),
                good.replace("\"seq\":12", "\"seq\":12.5"),
                good.replace("\"boot\":3", "\"boot\":9007199254740992"),
                good.replace("\"gateway\":\"home\"", "\"gateway\":\"barn\""),
                good.replace("\"id\":\"home-3-12\"", "\"id\":\"" + "x".repeat(65) + "\""))) {
            assertThat(bad).isNotEqualTo(good);
            assertThatThrownBy(() -> saying("event", bad)).as(bad).isInstanceOf(IOException.class);
        }
    }

    @Test
    void textOfOthersIsOneShortLine() throws IOException {
        String event = SupervisionRig.eventOf("home", "pending", 1, 1) + ",\"name\":\"a\\nb" + "x".repeat(250) + "\"}";

        assertThat(saying("event", event)).isInstanceOfSatisfying(Saying.Happened.class, it -> {
            assertThat(it.sensor()).hasSize(200).startsWith("abx");
        });
    }

    @Test
    void noPayloadMakesTheSupervisionFail() {
        SplittableRandom random = new SplittableRandom(7);
        SupervisionRig rig = SupervisionRig.watching("home");
        String alphabet = "{}[]\":,0123456789abcdefZT-+.\\ \u0000\ud800deadlinesinceseqtimeonlf";
        for (int round = 0; round < 20_000; round++) {
            StringBuilder payload = new StringBuilder(random.nextBoolean() ? "{\"seq\":1,\"deadline\":" : "");
            int length = random.nextInt(40);
            for (int i = 0; i < length; i++) {
                payload.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            String topic = "reedgate/home/" + TOPICS.get(random.nextInt(TOPICS.size()));
            try {
                reader.read(topic, payload.toString(), random.nextBoolean()).ifPresent(rig::take);
            } catch (IOException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
        rig.pass(Duration.ofMinutes(10));

        assertThat(rig.state().conditions()).containsOnlyKeys("home");
    }

    @Test
    void noPayloadThrowsAnythingButThatItCantBeRead() {
        List<String> good = List.of(
                "{\"time\":\"2026-11-22T21:00:00Z\",\"uptime_s\":1}",
                "{\"since\":\"2026-11-22T21:00:00Z\",\"open\":[\"a\",\"b\"],\"incident_id\":\"i\",\"deadline\":null}",
                SupervisionRig.eventOf("home", "pending", 3, 12) + ",\"incident_id\":\"i\"}");
        SplittableRandom random = new SplittableRandom(11);
        int unread = 0;
        for (int count = 0; count < 60_000; count++) {
            StringBuilder text = new StringBuilder(good.get(random.nextInt(good.size())));
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                int place = random.nextInt(text.length());
                switch (random.nextInt(4)) {
                    case 0 -> text.setCharAt(place, (char) random.nextInt(0x10000));
                    case 1 -> text.setCharAt(place, (char) (' ' + random.nextInt(95)));
                    case 2 -> text.insert(place, "9".repeat(random.nextInt(30)));
                    default -> text.delete(place, Math.min(text.length(), place + 1 + random.nextInt(9)));
                }
                if (text.isEmpty()) {
                    text.append('{');
                }
            }
            for (String topic : List.of("diagnostics", "panel/detail", "event")) {
                try {
                    saying(topic, text.toString());
                } catch (IOException e) {
                    unread++;
                }
            }
        }
        assertThat(unread).isGreaterThan(60_000);
    }
}
