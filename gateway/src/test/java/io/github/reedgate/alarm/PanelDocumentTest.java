package io.github.reedgate.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.contact.Position;
import io.github.reedgate.text.Spoilt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the panel remembers, damaged: it is read or not, and what is read can go on. */
class PanelDocumentTest {

    private static final House HOUSE = new House();

    private static List<String> documents() {
        List<String> all = new ArrayList<>();
        House house = new House();
        all.add(text(house));
        house.arm(AlarmMode.AWAY);
        all.add(text(house));
        house.pass(House.EXIT.plus(Duration.ofSeconds(1)));
        all.add(text(house));
        house.step(new PanelInput.Moved(House.WINDOW, Position.OPEN));
        all.add(text(house));
        return all;
    }

    private static String text(House house) {
        return PanelDocument.of(house.settings(), house.state(), new Moment(house.now(), ""), true)
                .text();
    }

    @Test
    void otherJsonIsNoDocument() {
        for (String shape : Spoilt.JSON_SHAPES) {
            assertThat(PanelDocument.read(shape)).as("%.20s", shape).isEmpty();
        }
    }

    @Test
    void spoiltDocumentIsReadOrNotAndGoesOn() {
        Spoilt.each(
                documents(),
                text -> PanelDocument.read(text).ifPresent(read -> {
                    PanelState state = read.resumed(HOUSE.settings(), 0);
                    assertThat(state.state().isArmed() && state.mode() == null).isFalse();
                    new AlarmPanel(HOUSE.settings())
                            .step(state, new PanelInput.TimePassed(), new Moment(HOUSE.now(), "i"));
                }));
    }
}
