package io.github.reedgate.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.demo.World.HouseNow;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The picture in the README is a screen that was captured from a terminal: {@code captured-80x24.txt}. The same story gives the same
 * screen and the same picture. If the board changes on purpose, capture it again and run this test with
 * {@code -Dreedgate.picture=write}.
 */
final class ReadmePictureTest {

    private static final Path PICTURE = Path.of("../../docs/images/demo.svg");
    private static final String TITLE =
            "The demo in a terminal: on the left the house, its panel and its broker, on the"
                    + " right the phone with an alarm";

    private World world = World.atFirst();

    private void got(String time, String topic, String payload) {
        world = world.got(time, new Arrival("reedgate/home/" + topic, payload, false, Map.of(), 0));
    }

    private void did(String time, String text, Tone tone) {
        world = world.did(time, text, tone);
    }

    private void house(boolean isDoorOpen, boolean isWindowOpen) {
        world = world.with(new HouseNow(isDoorOpen, isWindowOpen, true));
    }

    /** The front door opens and closes while the panel is disarmed; then it is armed, and somebody forces the window open. */
    private List<Row> burglary() {
        got("19:39:20", "front_door/state", "closed");
        got("19:39:20", "kitchen_window/state", "closed");
        got("19:39:20", "panel/state", "disarmed");
        got("19:39:20", "availability", "online");
        did("19:39:22", "the door opens", Tone.BOLD);
        got("19:39:23", "alarm", "Front door opened, 19:39:22");
        got("19:39:23", "front_door/state", "open");
        did("19:39:23", "5 edges on the line", Tone.DIM);
        did("19:39:24", "the door closes", Tone.BOLD);
        got("19:39:24", "front_door/state", "closed");
        did("19:39:24", "9 edges on the line", Tone.DIM);
        did("19:39:25", "the phone sends ARM_AWAY, code 2580", Tone.BOLD);
        got("19:39:26", "panel/state", "arming");
        got("19:39:26", "panel/reply", "{\"action\":\"ARM_AWAY\",\"accepted\":true,\"reason\":null}");
        got("19:39:28", "panel/state", "armed_away");
        house(false, true);
        did("19:39:29", "the kitchen window is forced open", Tone.BOLD);
        got("19:39:29", "alarm", "Kitchen window opened while armed away, 19:39:29");
        got("19:39:29", "kitchen_window/state", "open");
        got("19:39:29", "panel/state", "triggered");
        while (world.messages() < 40) {
            got("19:39:30", "diagnostics", "counted, and not shown");
        }
        Row.Span invitation =
                new Row.Span("look on: mosquitto_sub -h localhost -p 21718 -v -t 'reedgate/home/#'", Tone.DIM);
        return new Picture(Glyphs.unicode(), 21718, List.of(invitation)).rows(world, "19:39:30", 80, 24);
    }

    private static String captured() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(ReadmePictureTest.class.getResourceAsStream("/captured-80x24.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void storyGivesTheCapturedScreen() throws IOException {
        String drawn = burglary().stream()
                .map(row -> row.plain().stripTrailing() + "\n")
                .collect(Collectors.joining());

        assertThat(drawn).isEqualTo(captured());
    }

    @Test
    void pictureInTheReadmeShowsThisScreen() throws IOException {
        String svg = Svg.of(burglary(), TITLE);
        if (System.getProperty("reedgate.picture", "").equals("write")) {
            Files.writeString(PICTURE, svg);
        }

        assertThat(Files.readString(PICTURE)).isEqualTo(svg);
        assertThat(Files.readString(Path.of("../../README.md"))).contains("![" + TITLE + "](docs/images/demo.svg)");
    }
}
