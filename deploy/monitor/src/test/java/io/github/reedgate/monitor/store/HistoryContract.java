package io.github.reedgate.monitor.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.reedgate.monitor.history.GatewayReport;
import io.github.reedgate.monitor.history.HistoryQuery;
import io.github.reedgate.monitor.history.HistoryRow;
import io.github.reedgate.monitor.record.Batch;
import io.github.reedgate.monitor.record.Coverage;
import io.github.reedgate.monitor.record.GoneNumbers;
import io.github.reedgate.monitor.record.History;
import io.github.reedgate.monitor.record.HistoryException;
import io.github.reedgate.monitor.record.MessageReader;
import io.github.reedgate.monitor.record.NumberRange;
import io.github.reedgate.monitor.record.Outcome;
import io.github.reedgate.monitor.record.OwnEvent;
import io.github.reedgate.monitor.record.PresentValue;
import io.github.reedgate.monitor.record.Pruned;
import io.github.reedgate.monitor.record.RecordedEvent;
import io.github.reedgate.monitor.record.RejectedMessage;
import io.github.reedgate.monitor.record.Samples;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds of the history whatever database it is in. */
abstract class HistoryContract {

    private static final HistoryQuery ALL =
            new HistoryQuery(Optional.empty(), Optional.empty(), Set.of(), Set.of(), Set.of(), "");
    private static final Bounds WIDE = new Bounds(Duration.ofDays(3650), 1L << 40);

    private @SuppressWarnings("NullAway.Init") StoredHistory history;

    /** A history in the database of this test, opened anew. */
    abstract StoredHistory open(Bounds bounds) throws Exception;

    /** A reader of it. */
    abstract HistoryReader reader() throws Exception;

    @BeforeEach
    void open() throws Exception {
        history = open(WIDE);
    }

    @AfterEach
    void close() {
        history.close();
    }

    private Outcome write(RecordedEvent... events) throws HistoryException {
        return history.write(new Batch(List.of(events), List.of(), List.of(), List.of(), List.of()), done -> List.of());
    }

    private void watermark(String gateway, long number) throws HistoryException {
        PresentValue value = (PresentValue) new MessageReader("reedgate")
                .read(Samples.message("reedgate/" + gateway + "/diagnostics/watermark", Long.toString(number)));
        history.write(new Batch(List.of(), List.of(value), List.of(), List.of(), List.of()), done -> List.of());
    }

    private List<HistoryRow> rows(HistoryQuery query) throws Exception {
        List<HistoryRow> rows = new ArrayList<>();
        try (HistoryReader reader = reader()) {
            reader.newest(query, 100, rows::add);
        }
        return rows;
    }

    private GatewayReport report(String gateway) throws Exception {
        try (HistoryReader reader = reader()) {
            return reader.verify().stream()
                    .filter(report -> report.gateway().equals(gateway))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void whatIsWrittenIsReadAsItWas() throws Exception {
        RecordedEvent event = Samples.recorded(
                "home", Samples.json("home", 7, "a-7", 3, "pending", ",\"mode\":\"away\",\"odd\":[1,{\"ü\":2.5}]"));

        Outcome outcome = write(event);

        assertThat(outcome.inserted()).containsExactly(event);
        assertThat(rows(ALL)).extracting(HistoryRow::event).containsExactly(event);
        assertThat(event.more()).isEqualTo("{\"mode\":\"away\",\"odd\":[1,{\"ü\":2.5}]}");
    }

    @Test
    void sameEventAgainChangesNothing() throws Exception {
        write(Samples.recorded("home", 1, "a-1"));

        Outcome again = write(Samples.recorded("home", 1, "a-1"), Samples.recorded("home", 1, "a-1"));

        assertThat(again.duplicates()).isEqualTo(2);
        assertThat(again.inserted()).isEmpty();
        assertThat(again.conflicts()).isEmpty();
        assertThat(rows(ALL)).hasSize(1);
    }

    @Test
    void twoEventsWithOneNumberAreAConflictThatKeepsBoth() throws Exception {
        write(Samples.recorded("home", 5, "a-5"));

        Outcome outcome = write(Samples.recorded("home", Samples.json("home", 5, "b-5", 2, "closed", "")));

        assertThat(outcome.conflicts()).hasSize(1);
        assertThat(outcome.conflicts().get(0).first().id()).isEqualTo("a-5");
        assertThat(outcome.conflicts().get(0).signs()).contains("start 1 and start 2");
        assertThat(write(Samples.recorded("home", Samples.json("home", 5, "b-5", 2, "closed", "")))
                        .conflicts())
                .isEmpty();
        assertThat(report("home").conflicts()).isEqualTo(1);
        assertThat(rows(ALL)).extracting(row -> row.event().id()).containsExactly("a-5");
    }

    @Test
    void eventThatGotAnotherNumberIsOneEventAndBothNumbersAreAccountedFor() throws Exception {
        write(Samples.recorded("home", 1, "a-1"), Samples.recorded("home", 2, "a-2"));

        Outcome outcome = write(Samples.recorded("home", 3, "a-2"), Samples.recorded("home", 4, "a-4"));

        assertThat(outcome.renumbered()).hasSize(1);
        assertThat(rows(ALL)).hasSize(3);
        assertThat(report("home").missing()).isEmpty();
        assertThat(report("home").skipped()).isEqualTo(1);
    }

    private void gone(long from, long to) throws HistoryException {
        GoneNumbers numbers = new GoneNumbers("home", List.of(new NumberRange(from, to)));
        history.write(
                new Batch(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(numbers)), done -> List.of());
    }

    @Test
    void numbersThatAGatewayNoLongerHasAreGoneAndNeighboursAreOneRow() throws Exception {
        write(Samples.recorded("home", 1, "a-1"), Samples.recorded("home", 3_001, "a-3001"));
        gone(2, 1_000);
        gone(2_001, 2_999);
        assertThat(report("home").missing())
                .containsExactly(new NumberRange(1_001, 2_000), new NumberRange(3_000, 3_000));

        gone(1_001, 2_000);
        gone(1_001, 2_000);
        gone(3_000, 3_000);
        history.close();
        history = open(WIDE);

        assertThat(report("home").missing()).isEmpty();
        assertThat(report("home").gone()).isEqualTo(2_999);
        assertThat(report("home").present()).isEqualTo(2);
        assertThat(history.coverage().get("home")).extracting(Coverage::missing).isEqualTo(List.of());
        try (HistoryReader reader = reader()) {
            assertThat(reader.number("SELECT COUNT(*) FROM unused")).isEqualTo(1);
        }
    }

    @Test
    void goneNumberThatComesAfterAllIsPresent() throws Exception {
        write(Samples.recorded("home", 1, "a-1"), Samples.recorded("home", 4, "a-4"));
        gone(2, 3);

        write(Samples.recorded("home", 2, "a-2"));

        assertThat(report("home").present()).isEqualTo(3);
        assertThat(report("home").gone()).isEqualTo(1);
    }

    @Test
    void sameIdAtTwoGatewaysIsTwoEvents() throws Exception {
        Outcome outcome = write(Samples.recorded("home", 1, "a-1"), Samples.recorded("shed", 1, "a-1"));

        assertThat(outcome.inserted()).hasSize(2);
    }

    @Test
    void gapsAreThoseNumbersThatNobodyAccountsFor() throws Exception {
        write(
                Samples.recorded("home", 10, "a-10"),
                Samples.recorded("home", 13, "a-13"),
                Samples.recorded(
                        "home",
                        Samples.json("home", 20, "a-20", 2, "started", ",\"skipped\":{\"from\":14,\"to\":18}")));

        GatewayReport report = report("home");

        assertThat(report.expected()).isEqualTo(new NumberRange(10, 20));
        assertThat(report.missing()).containsExactly(new NumberRange(11, 12), new NumberRange(19, 19));
        assertThat(report.present()).isEqualTo(3);
        assertThat(report.skipped()).isEqualTo(5);
        assertThat(report.missingCount()).isEqualTo(3);
    }

    @Test
    void watermarkShowsWhatIsMissingAtTheEnd() throws Exception {
        write(Samples.recorded("home", 1, "a-1"));
        watermark("home", 4);

        assertThat(report("home").missing()).containsExactly(new NumberRange(2, 4));
    }

    @Test
    void recordingOfANewGatewayBeginsBehindItsWatermark() throws Exception {
        watermark("home", 100);
        assertThat(report("home").missing()).isEmpty();

        write(Samples.recorded("home", 102, "a-102"));

        assertThat(report("home").missing()).containsExactly(new NumberRange(101, 101));
    }

    @Test
    void coverageAfterReopeningIsThatOfVerify() throws Exception {
        write(
                Samples.recorded("home", 1, "a-1"),
                Samples.recorded("home", 3, "a-3"),
                Samples.recorded("shed", 9, "b-9"));
        history.close();
        history = open(WIDE);

        Map<String, Coverage> coverage = history.coverage();

        assertThat(coverage).containsOnlyKeys("home", "shed");
        assertThat(coverage.getOrDefault("home", new Coverage()).missing()).containsExactly(new NumberRange(2, 2));
        assertThat(coverage.getOrDefault("shed", new Coverage()).missing()).isEmpty();
    }

    @Test
    void filtersNarrowTheChoiceTogether() throws Exception {
        write(
                Samples.recorded("home", 1, "a-1"),
                Samples.recorded("home", Samples.json("home", 2, "a-2", 1, "closed", "")),
                Samples.recorded("shed", 1, "b-1"));
        Instant time = Instant.parse("2026-11-22T21:14:03.120Z");

        assertThat(rows(new HistoryQuery(
                        Optional.of(time),
                        Optional.empty(),
                        Set.of("home"),
                        Set.of("front_door"),
                        Set.of("closed"),
                        "DOOR")))
                .extracting(row -> row.event().id())
                .containsExactly("a-2");
        assertThat(rows(new HistoryQuery(Optional.empty(), Optional.of(time), Set.of(), Set.of(), Set.of(), "")))
                .isEmpty();
        assertThat(rows(new HistoryQuery(Optional.empty(), Optional.empty(), Set.of(), Set.of(), Set.of(), "%")))
                .as("a percent sign is no wildcard")
                .isEmpty();
    }

    private List<Long> found(String text) throws Exception {
        return rows(new HistoryQuery(Optional.empty(), Optional.empty(), Set.of(), Set.of(), Set.of(), text)).stream()
                .map(row -> row.event().seq())
                .toList();
    }

    @Test
    void textIsFoundWhateverTheCaseOfItsLettersAlsoBeyondAscii() throws Exception {
        List<String> messages = List.of(
                "Öffnung der Tür gemeldet",
                "öffnung DER TÜR",
                "Открыта Дверь",
                "ΟΔΟΣ οδος οδοσ",
                "100% [a] *b* ?c {d} (e) ^f$ g|h i.j k+l m_n !o -p]q",
                "İstanbul ıssız Kelvin",
                "𐐀𐐨 Deseret, 门");
        for (int i = 0; i < messages.size(); i++) {
            String json = Samples.json("home", i + 1L, "a-" + (i + 1));
            write(Samples.recorded("home", json.replace("Front door opened", messages.get(i))));
        }

        for (String text : List.of("Öffnung", "öffnung", "ÖFFNUNG", "TÜr", "tür")) {
            assertThat(found(text)).as(text).containsExactly(1L, 2L);
        }
        assertThat(found("ОТКРЫТА ДВЕРЬ")).containsExactly(3L);
        assertThat(found("οδοσ Οδος")).as("two forms of sigma").containsExactly(4L);
        assertThat(found("ΟΔΟΣ")).containsExactly(4L);
        assertThat(found("\u212aELVIN")).as("the sign for kelvin").containsExactly(6L);
        assertThat(found("𐐨𐐀 DESERET, 门")).containsExactly(7L);
        String signs = "100% [A] *B* ?C {D} (E) ^F$ G|H I.J K+L M_N !O -P]Q";
        assertThat(found(signs)).containsExactly(5L);
        for (String each :
                List.of("%", "[", "]", "*", "?", "{", "}", "(", ")", "^", "$", "|", "i.j", "+", "_", "!", "-")) {
            assertThat(found(each)).as(each).containsExactly(5L);
        }
        for (String none : List.of("\\", "tur", "[a-z]", ".*", "i_j", "oeffnung", "Ö%g", "ÄÖ", "gemeldet.")) {
            assertThat(found(none)).as(none).isEmpty();
        }
        assertThat(found("Ö".repeat(5_000))).isEmpty();
        assertThat(found("ö".repeat(4_096))).isEmpty();
        assertThat(found("σ".repeat(4_096))).isEmpty();
    }

    @Test
    void whatArrivesIsFoundByItsPlace() throws Exception {
        write(Samples.recorded("home", 1, "a-1"));
        try (HistoryReader reader = reader()) {
            long place = reader.lastPlace();
            assertThat(reader.arrived(ALL, 0, 10)).hasSize(1);
            assertThat(reader.arrived(ALL, place, 10)).isEmpty();
        }
    }

    @Test
    void ownEventsAreNumberedAndWaitUntilTheyAreAcknowledged() throws Exception {
        OwnEvent own = new OwnEvent(OwnEvent.Type.STARTED, null, "Monitor started", Map.of("x", 1L), Samples.NOW);
        OwnEvent report = new OwnEvent(OwnEvent.Type.REJECTED, "home", "of the batch", Map.of(), Samples.NOW);
        history.write(new Batch(List.of(), List.of(), List.of(), List.of(own), List.of()), done -> List.of(report));

        List<History.NumberedEvent> waiting = history.unpublished(10);
        assertThat(waiting).extracting(History.NumberedEvent::seq).containsExactly(1L, 2L);
        assertThat(waiting).extracting(History.NumberedEvent::event).containsExactly(own, report);

        history.write(new Batch(List.of(), List.of(), List.of(), List.of(), List.of(1L)), done -> List.of());
        assertThat(history.unpublished(10))
                .extracting(History.NumberedEvent::seq)
                .containsExactly(2L);
    }

    @Test
    void failureOfAReportStoresNothingOfTheBatch() throws Exception {
        Batch batch =
                new Batch(List.of(Samples.recorded("home", 1, "a-1")), List.of(), List.of(), List.of(), List.of());
        try {
            history.write(batch, done -> {
                throw new IllegalStateException("planted");
            });
        } catch (IllegalStateException e) {
            assertThat(e).hasMessage("planted");
        }

        assertThat(rows(ALL)).isEmpty();
        assertThat(history.write(batch, done -> List.of()).inserted()).hasSize(1);
    }

    @Test
    @SuppressWarnings("NullAway") // no message can make it: a column that has to be there is null
    void failureOfTheDataIsToldFromOthers() {
        RejectedMessage unfit = new RejectedMessage("topic", null, 0, "", Samples.NOW);
        Batch batch = new Batch(List.of(), List.of(), List.of(unfit), List.of(), List.of());

        assertThatThrownBy(() -> history.write(batch, done -> List.of()))
                .isInstanceOfSatisfying(
                        HistoryException.class,
                        failure -> assertThat(failure.isOfData()).isTrue());
    }

    @Test
    void valuesAreThoseOfNow() throws Exception {
        MessageReader reader = new MessageReader("reedgate");
        String topic = "reedgate/home/panel/state";
        for (String payload : List.of("armed_away", "disarmed", "")) {
            PresentValue value = (PresentValue) reader.read(Samples.message(topic, payload));
            history.write(new Batch(List.of(), List.of(value), List.of(), List.of(), List.of()), done -> List.of());
            try (HistoryReader now = reader()) {
                assertThat(now.number("SELECT COUNT(*) FROM present WHERE payload = '" + payload + "'"))
                        .isEqualTo(payload.isEmpty() ? 0 : 1);
                assertThat(now.number("SELECT COUNT(*) FROM present")).isEqualTo(payload.isEmpty() ? 0 : 1);
            }
        }
    }

    private Outcome value(String topic, String payload) throws HistoryException {
        PresentValue value =
                (PresentValue) new MessageReader("reedgate").read(Samples.message("reedgate/" + topic, payload));
        return history.write(new Batch(List.of(), List.of(value), List.of(), List.of(), List.of()), done -> List.of());
    }

    @Test
    void valueOfOneTopicTooManyIsKeptAsRejectedAndTheOthersGoOn() throws Exception {
        history.close();
        history = open(new Bounds(Duration.ofDays(3650), 1L << 40, 2));
        value("a/panel/state", "disarmed");
        value("b/panel/state", "disarmed");

        assertThat(value("a/panel/state", "triggered").refused()).isEmpty();
        assertThat(value("c/panel/state", "disarmed").refused())
                .singleElement()
                .extracting(RejectedMessage::reason)
                .isEqualTo("the history has values of 2 topics, this is one more");
        try (HistoryReader reader = reader()) {
            assertThat(reader.number("SELECT COUNT(*) FROM present WHERE payload = 'triggered'"))
                    .isEqualTo(1);
            assertThat(reader.number("SELECT COUNT(*) FROM present")).isEqualTo(2);
            assertThat(reader.number("SELECT COUNT(*) FROM rejected WHERE topic = 'reedgate/c/panel/state'"))
                    .isEqualTo(1);
        }

        value("b/panel/state", "");
        assertThat(value("c/panel/state", "disarmed").refused()).isEmpty();
    }

    @Test
    void noEventGoesBecauseOtherTablesAreLarge() throws Exception {
        history.close();
        history = open(new Bounds(Duration.ofDays(3650), 400_000));
        write(Samples.recorded("home", 1, "a-1"));
        RejectedMessage message = (RejectedMessage)
                new MessageReader("reedgate").read(Samples.message("reedgate/home/event", "\u0001".repeat(60_000)));
        List<RejectedMessage> many =
                IntStream.range(0, 200).mapToObj(i -> message).toList();
        history.write(new Batch(List.of(), List.of(), many, List.of(), List.of()), done -> List.of());
        for (int i = 0; i < 20; i++) {
            value("home" + i + "/panel/detail", "x".repeat(16_000));
        }

        assertThat(history.prune(Samples.NOW)).isEqualTo(Pruned.NOTHING);
    }

    private static RejectedMessage unreadable(String payload) {
        return (RejectedMessage) new MessageReader("reedgate").read(Samples.message("reedgate/home/event", payload));
    }

    private void reject(RejectedMessage message, int count) throws HistoryException {
        List<RejectedMessage> all =
                IntStream.range(0, count).mapToObj(i -> message).toList();
        history.write(new Batch(List.of(), List.of(), all, List.of(), List.of()), done -> List.of());
    }

    private long number(String sql) throws Exception {
        try (HistoryReader reader = reader()) {
            return reader.number(sql);
        }
    }

    @Test
    void rejectedMessagesAreBoundedToTheNewestAndThoseRemovedAreCounted() throws Exception {
        reject(unreadable("old"), 500);
        reject(unreadable("garbage"), Bounds.MOST_ROWS);

        assertThat(history.prune(Samples.NOW).rejected()).isEqualTo(500);

        assertThat(number("SELECT COUNT(*) FROM rejected")).isEqualTo(Bounds.MOST_ROWS);
        assertThat(number("SELECT COUNT(*) FROM rejected WHERE payload = 'old'"))
                .isZero();
        assertThat(history.prune(Samples.NOW)).isEqualTo(Pruned.NOTHING);
    }

    @Test
    void payloadsOfRejectedMessagesAreBoundedAlsoBetweenTwoPrunings() throws Exception {
        RejectedMessage message = unreadable("\u0001".repeat(2_000));
        assertThat(message.payload()).hasSize(4_096);
        String characters = "SELECT SUM(LENGTH(topic) + LENGTH(reason) + LENGTH(payload)) FROM rejected";
        for (int i = 0; i < 12; i++) {
            reject(message, 400);
            assertThat(number(characters)).isLessThan(Bounds.MOST_REJECTED_CHARACTERS * 12 / 10);
        }
        long before = number("SELECT COUNT(*) FROM rejected");

        Pruned pruned = history.prune(Samples.NOW);

        assertThat(number(characters))
                .isBetween(Bounds.MOST_REJECTED_CHARACTERS * 99 / 100, Bounds.MOST_REJECTED_CHARACTERS);
        assertThat(before).isLessThan(12 * 400);
        assertThat(pruned.rejected()).isEqualTo(12 * 400 - number("SELECT COUNT(*) FROM rejected"));
    }

    @Test
    void conflictsAreBoundedInSizeToTheNewest() throws Exception {
        write(Samples.recorded("home", 1, "a-1"));
        String more = ",\"odd\":\"" + "x".repeat(60_000) + "\"";
        for (int i = 0; i < 12; i++) {
            int round = i;
            write(IntStream.range(0, 60)
                    .mapToObj(each -> Samples.recorded(
                            "home", Samples.json("home", 1, "b-" + round + "-" + each, 1, "opened", more)))
                    .toArray(RecordedEvent[]::new));
        }

        Pruned pruned = history.prune(Samples.NOW);

        long left = number("SELECT COUNT(*) FROM conflict");
        assertThat(number("SELECT SUM(LENGTH(more)) FROM conflict"))
                .isBetween(Bounds.MOST_CONFLICT_CHARACTERS * 99 / 100, Bounds.MOST_CONFLICT_CHARACTERS);
        assertThat(pruned.conflicts()).isEqualTo(720 - left);
        assertThat(number("SELECT COUNT(*) FROM conflict WHERE id = 'b-11-59'")).isEqualTo(1);
    }

    @Test
    void numbersOfWhichAllIsPrunedTakeNoRowAnyMore() throws Exception {
        write(
                Samples.recorded("home", 1, "a-1"),
                Samples.recorded(
                        "home", Samples.json("home", 9, "a-9", 2, "started", ",\"skipped\":{\"from\":2,\"to\":8}")));
        history.close();
        history = open(new Bounds(Duration.ofDays(1), 1L << 40));

        history.prune(Samples.NOW + Duration.ofHours(25).toMillis());

        write(Samples.recorded("home", 10, "a-10"));
        assertThat(number("SELECT COUNT(*) FROM unused")).isZero();
        assertThat(report("home").missing()).isEmpty();
        assertThat(report("home").gone()).isEqualTo(9);
    }

    @Test
    void oldEventsGoAndAreNotMissing() throws Exception {
        write(Samples.recorded("home", 1, "a-1"), Samples.recorded("home", 2, "a-2"));
        history.close();
        history = open(new Bounds(Duration.ofDays(1), 1L << 40));

        assertThat(history.prune(Samples.NOW + Duration.ofHours(23).toMillis())).isEqualTo(Pruned.NOTHING);
        assertThat(history.prune(Samples.NOW + Duration.ofHours(25).toMillis()))
                .isEqualTo(new Pruned(2, Map.of("home", new NumberRange(1, 2)), 0, 0));

        write(Samples.recorded("home", 3, "a-3"));
        GatewayReport report = report("home");
        assertThat(report.missing()).isEmpty();
        assertThat(report.gone()).isEqualTo(2);
    }

    @Test
    void textOfManyScriptsAndSignsIsKept() throws Exception {
        String message = "Tür ist offen \uD83D\uDEAA \u202E' \\\" % \t 门";
        String json = Samples.json("home", 1, "a-1")
                .replace(
                        "Front door opened",
                        message.replace("\\", "\\\\").replace("\"", "\\\"").replace("\t", "\\t"));
        write(Samples.recorded("home", json));

        assertThat(rows(ALL)).extracting(row -> row.event().message()).containsExactly(message);
    }

    @Test
    void everyQueryOfTheDocumentRuns() throws Exception {
        write(Samples.recorded("home", 1, "a-1"), Samples.recorded("home", 3, "a-3"));
        List<String> queries = Pattern.compile("(?s)```sql\\n(.*?);\\s*```")
                .matcher(Files.readString(Path.of("../../docs/history.md")))
                .results()
                .map(found -> found.group(1))
                .toList();

        assertThat(queries).hasSize(10);
        try (HistoryReader reader = reader()) {
            for (String query : queries) {
                assertThat(reader.number("SELECT COUNT(*) FROM (" + query + ") AS answer"))
                        .as(query)
                        .isNotNegative();
            }
            assertThat(reader.number("SELECT COUNT(*) FROM (" + queries.get(1) + ") AS answer"))
                    .as("one gap")
                    .isEqualTo(1);
        }
    }
}
