package io.github.reedgate.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.alarm.FormerPanelDocument;
import io.github.reedgate.alarm.PanelDocument;
import io.github.reedgate.contact.Trouble;
import io.github.reedgate.event.Event;
import io.github.reedgate.event.EventType;
import io.github.reedgate.json.Json;
import io.github.reedgate.notice.NoticeDocument;
import io.github.reedgate.notice.NoticePlan;
import io.github.reedgate.notice.Told;
import io.github.reedgate.text.JsonObject;
import io.github.reedgate.text.Spoilt;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A snapshot is read as it was written; a part that is damaged costs no other part, and never disarms. */
class SnapshotJsonTest {

    private static final Instant AT = Instant.parse("2026-11-22T21:14:00Z");
    private static final String NONCES = "0 anna:0123456789abcdef:1795382060";
    private static final String PANEL = """
            {"version":1,"state":"armed_away","mode":"away","since":"2026-11-22T21:14:00Z","left_ns":5,"bypassed":["lid"],\
            "former":{"mode":"home","bypassed":[]},"open":["lid"],"unknown":[],"sensors":["door","lid"],\
            "incident":{"id":"01H","sensors":["door"],"raised":true,"acknowledged":false,"repeat_ns":7},\
            "at":"2026-11-22T21:14:00Z","clock_synced":true}""";

    private static final GatewaySnapshot WHOLE = new GatewaySnapshot(
            panel(PANEL),
            "the disk is new",
            new NoticeDocument(plan(), 0, AT, true),
            Map.of("door", new LeftOpenReport(2, AT), "lid", new LeftOpenReport(1, null)),
            Map.of("door", Trouble.CHATTERING),
            3,
            NONCES);

    private static PanelDocument panel(String text) {
        try {
            return PanelDocument.of(JsonObject.read(text));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static NoticePlan plan() {
        Event event = new Event(
                EventType.TRIGGERED,
                new Event.Stamp("01H", 7, 1, AT, true, 5),
                "home",
                "door",
                "Door",
                "open",
                "Door opened",
                Map.of("incident_id", "01H"));
        return new NoticePlan(
                "01H",
                new Told(event, "Door opened, 22:14"),
                -5,
                List.of(new NoticePlan.Due("phone", 9L, 1), new NoticePlan.Due("neighbour", null, 0)));
    }

    @Test
    void wholeSnapshotAndEmptyOneAreReadAsWritten() {
        assertThat(SnapshotJson.read(SnapshotJson.write(WHOLE), "")).isEqualTo(WHOLE);
        assertThat(SnapshotJson.read(SnapshotJson.write(GatewaySnapshot.NOTHING), ""))
                .isEqualTo(GatewaySnapshot.NOTHING);
        assertThat(SnapshotJson.read("", "")).isEqualTo(GatewaySnapshot.NOTHING);
        GatewaySnapshot unknown = WHOLE.withUnknownNonces();
        assertThat(SnapshotJson.read(SnapshotJson.write(unknown), "")).isEqualTo(unknown);
    }

    @Test
    void versionBeforeTheSnapshotFindsItsPanelInTheCopy() {
        FormerPanelDocument former =
                FormerPanelDocument.read(SnapshotJson.write(WHOLE)).orElseThrow();
        assertThat(former.state()).isEqualTo(panel(PANEL).state());
        assertThat(former.sensors()).isEqualTo(panel(PANEL).sensors());
        assertThat(former.at()).isEqualTo(AT);
        assertThat(former.clockSynced()).isTrue();
        assertThat(SnapshotJson.read("", PANEL).panel())
                .as("and its copy is read")
                .isEqualTo(panel(PANEL));
    }

    /** Each part is replaced by what it can't be; the copy is whole, but for another number of wrong codes. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "state",
                "since",
                "bypassed",
                "open",
                "sensors",
                "incident.sensors",
                "escalation",
                "escalation.dues",
                "escalation.event",
                "left_open",
                "left_open.door.reports",
                "left_open.door.since",
                "troubles",
                "troubles.door"
            })
    void partThatCanNotBeReadCostsNoOtherAndIsTakenFromTheCopy(String path) throws Exception {
        String damaged = replaced(SnapshotJson.write(WHOLE), path, "nonsense of " + path);
        GatewaySnapshot other =
                new GatewaySnapshot(WHOLE.panel(), "", WHOLE.escalation(), WHOLE.leftOpen(), WHOLE.troubles(), 99, "");

        assertThat(SnapshotJson.read(damaged, SnapshotJson.write(other)))
                .isEqualTo(path.matches("state|since|bypassed|open|sensors|incident.sensors") ? withoutLoss() : WHOLE);
        GatewaySnapshot alone = SnapshotJson.read(damaged, "");
        assertThat(alone.failedCodes()).isEqualTo(3);
        assertThat(alone.nonces()).isEqualTo(NONCES);
        if (alone.panel() == null) {
            assertThat(alone.panelLost()).startsWith("what was kept can't be understood");
        }
        int lost = (alone.panel() == null ? 1 : 0)
                + (alone.escalation() == null ? 1 : 0)
                + (alone.leftOpen().isEmpty() ? 1 : 0)
                + (alone.troubles().isEmpty() ? 1 : 0);
        assertThat(lost).as("parts lost").isEqualTo(1);
    }

    private static GatewaySnapshot withoutLoss() {
        return new GatewaySnapshot(
                WHOLE.panel(), "", WHOLE.escalation(), WHOLE.leftOpen(), WHOLE.troubles(), 3, NONCES);
    }

    @Test
    void noncesThatCanNotBeReadAreUnknownAndComeFromNoCopy() throws Exception {
        String copy = SnapshotJson.write(WHOLE);
        assertThat(SnapshotJson.read("", copy).nonces())
                .as("the copy may be older")
                .isNull();
        assertThat(SnapshotJson.read("nonsense", copy).nonces()).isNull();
        assertThat(SnapshotJson.read(replaced(copy, "used_nonces", 5), copy).nonces())
                .isNull();
        assertThat(SnapshotJson.read("{\"version\":1}", copy).nonces())
                .as("none were used")
                .isEmpty();
    }

    @Test
    void textOfALaterVersionIsALostPanelAndSoIsNoText() {
        for (String shape : Spoilt.JSON_SHAPES) {
            GatewaySnapshot read = SnapshotJson.read(shape, "");
            if (!shape.isEmpty()) {
                assertThat(read.panelLost()).as("%.20s", shape).isNotEmpty();
                assertThat(read.nonces()).as("%.20s", shape).isNull();
            }
        }
        String later = PANEL.replace("\"version\":1", "\"version\":2");
        assertThat(SnapshotJson.read(later, "").panelLost()).endsWith("or is of a later version");
        assertThat(SnapshotJson.read(later, PANEL).panel()).isEqualTo(panel(PANEL));
        assertThat(SnapshotJson.read("{\"version\":1}", "").panelLost())
                .as("there never was one")
                .isEmpty();
    }

    @Test
    void spoiltSnapshotIsReadAndWhatIsReadIsWritten() {
        Spoilt.each(List.of(SnapshotJson.write(WHOLE)), text -> {
            GatewaySnapshot read = SnapshotJson.read(text, "");
            assertThat(SnapshotJson.read(SnapshotJson.write(read), "")).isEqualTo(read);
        });
    }

    @Test
    void formerTextsAreReadAsTheSnapshotThatTheyWere() throws Exception {
        Map<String, Object> plan = new LinkedHashMap<>();
        plan.put("version", 1);
        plan.putAll(new NoticeDocument(plan(), 0, AT, true).fields());
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("panel", PANEL);
        texts.put("panel_lost", "the disk is new");
        texts.put("notice_plan", Json.write(plan));
        texts.put("left_open", "1 door/2/2026-11-22T21:14:00Z lid/1/-");
        texts.put("troubles", "1 door/chattering");
        texts.put("failed_codes", "3");
        texts.put("used_nonces", NONCES);
        assertThat(Snapshots.of(Json.write(Json.fields("version", 1L, SnapshotJson.FORMER, texts))))
                .isEqualTo(WHOLE);

        assertThat(Snapshots.former("panel", "damaged").panelLost()).isNotEmpty();
        assertThat(Snapshots.former("panel_lost", "damaged").panelLost())
                .as("may have been a loss")
                .isNotEmpty();
        assertThat(Snapshots.former("notice_plan", "damaged").escalation()).isNull();
        assertThat(Snapshots.former("used_nonces", "damaged").nonces())
                .as("is no list of nonces, so signed commands wait")
                .isEqualTo("damaged");
        String damaged = "{\"version\":1,\"former_texts\":{\"panel\":\"damaged\",\"failed_codes\":\"4\"}}";
        assertThat(SnapshotJson.read(damaged, PANEL).panel()).isEqualTo(panel(PANEL));
        assertThat(SnapshotJson.read(damaged, PANEL).failedCodes()).isEqualTo(4);
    }

    @Test
    void gatewayThatStartedWithoutStoreAndCopyKeepsThePanelThatItNeverKnew() {
        GatewaySnapshot fresh = new GatewaySnapshot(
                null,
                "the store can't be used",
                null,
                Map.of("lid", new LeftOpenReport(9, null)),
                Map.of("window", Trouble.STUCK),
                2,
                null);
        assertThat(Snapshots.of(SnapshotJson.merged(SnapshotJson.write(WHOLE), SnapshotJson.write(fresh))))
                .isEqualTo(new GatewaySnapshot(
                        WHOLE.panel(),
                        "the store can't be used",
                        WHOLE.escalation(),
                        fresh.leftOpen(),
                        fresh.troubles(),
                        3,
                        null));
    }

    @Test
    void storeInOrderWithoutAPanelShowsThatNoneWasLost() {
        String found = SnapshotJson.write(GatewaySnapshot.NOTHING);
        String fresh = SnapshotJson.write(
                GatewaySnapshot.NOTHING.withPanelLost("the store can't be used").withUnknownNonces());
        assertThat(Snapshots.of(SnapshotJson.merged(found, fresh)).panelLost()).isEmpty();
    }

    @Test
    void whatTheGatewayKnowsIsStoredAsItIsOnceItHasAPanel() {
        GatewaySnapshot fresh = new GatewaySnapshot(WHOLE.panel(), "", null, Map.of(), Map.of(), 0, "0");
        String text = SnapshotJson.write(fresh);
        assertThat(SnapshotJson.merged(SnapshotJson.write(WHOLE), text)).isEqualTo(text);
    }

    @Test
    void formerTextsWithoutAPanelGiveWayToTheCopy() {
        assertThat(SnapshotJson.read("{\"version\":1,\"former_texts\":{\"failed_codes\":\"4\"}}", PANEL)
                        .panel())
                .isEqualTo(panel(PANEL));
    }

    private static String replaced(String text, String path, Object value) throws IOException {
        Map<String, @Nullable Object> all = JsonObject.read(text);
        Map<String, @Nullable Object> at = all;
        String[] names = path.split("\\.", -1);
        for (int i = 0; i < names.length - 1; i++) {
            @SuppressWarnings("unchecked") // what JsonObject reads
            Map<String, @Nullable Object> next = (Map<String, @Nullable Object>) at.get(names[i]);
            at = Objects.requireNonNull(next);
        }
        assertThat(at).containsKey(names[names.length - 1]);
        at.put(names[names.length - 1], value);
        return Json.write(all);
    }
}
